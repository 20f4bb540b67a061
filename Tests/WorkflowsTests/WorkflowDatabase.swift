import Database
import Migrations
import TestSupport

@testable import Workflows

/// Runs a test with a pool over a fresh database that has the tables of the migrations.
func withTestDatabase<T: Sendable>(
    _ body: @escaping @Sendable (ConnectionPool) async throws -> T
) async throws -> T {
    try await withWorkflowDatabase { try await withPool($0, body) }
}

/// Runs a test with a pool and a started listener over a fresh database.
func withListener<T: Sendable>(
    _ body: @escaping @Sendable (ConnectionPool, EventListener) async throws -> T
) async throws -> T {
    try await withWorkflowDatabase { configuration in
        try await withPool(configuration) { pool in
            let listener = EventListener(loop: pool.loop, configuration: configuration)
            try await listener.start()
            do {
                let value = try await body(pool, listener)
                await listener.stop()
                return value
            } catch {
                await listener.stop()
                throw error
            }
        }
    }
}

/// Runs a test with a fresh database that has the tables of the migrations.
func withWorkflowDatabase<T: Sendable>(_ body: (ConnectionConfiguration) async throws -> T) async throws -> T {
    try await TestDatabase.with(template: "workflows", prepare: migrate, body)
}

/// The place of a fresh database that has the tables of the migrations, for tests that share it; else `withWorkflowDatabase`.
func workflowDatabase() async throws -> ConnectionConfiguration {
    try await TestDatabase.create(template: "workflows", prepare: migrate)
}

@Sendable private func migrate(_ configuration: ConnectionConfiguration) async throws {
    try await withLoop { loop in
        _ = try await SchemaMigrations.migrator().migrate(loop: loop, configuration: configuration)
    }
}
