import Database
import EventLoop
import Foundation
import TestSupport

/// Runs a test with a pool over a fresh database that has the tables of the migrations.
func withTestDatabase<T: Sendable>(
    _ body: @escaping @Sendable (ConnectionPool) async throws -> T
) async throws -> T {
    try await withPool(try await workflowDatabase(), body)
}

/// The place of a fresh database that has the tables of the migrations.
func workflowDatabase() async throws -> ConnectionConfiguration {
    try await TestDatabase.create(template: "workflows") { configuration in
        try await withLoop { loop in
            try await Connection.with(loop: loop, configuration: configuration) { connection in
                for script in try migrationScripts() { try await connection.runScript(script) }
            }
        }
    }
}

/// The texts of `Sources/Migrations/*.sql` in order.
private func migrationScripts() throws -> [String] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources/Migrations")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path()).filter { $0.hasSuffix(".sql") }
    return try names.sorted().map { try String(contentsOf: folder.appending(path: $0), encoding: .utf8) }
}
