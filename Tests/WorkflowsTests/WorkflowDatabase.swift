import Database
import Migrations
import TestSupport

@testable import Workflows

/// Runs a test with a pool over a fresh database that has the tables of the migrations.
func withTestDatabase<T: Sendable>(
    _ body: @escaping @Sendable (ConnectionPool) async throws -> T
) async throws -> T {
    try await withPool(try await workflowDatabase(), body)
}

/// Runs a test with a pool and a started listener over a fresh database.
func withListener<T: Sendable>(
    _ body: @escaping @Sendable (ConnectionPool, EventListener) async throws -> T
) async throws -> T {
    let configuration = try await workflowDatabase()
    return try await withPool(configuration) { pool in
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

/// The place of a fresh database that has the tables of the migrations.
func workflowDatabase() async throws -> ConnectionConfiguration {
    try await TestDatabase.create(template: "workflows") { configuration in
        try await withLoop { loop in
            _ = try await SchemaMigrations.migrator().migrate(loop: loop, configuration: configuration)
        }
    }
}
