import Database
import EventLoop
import Foundation
import Migrations
import TestSupport
import Testing

@Suite("Migrations")
struct MigrationsTests {
    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().appending(path: "../../Sources/Migrations/SQL").standardizedFileURL

    @Test("Every SQL file of the folder is embedded, byte for byte")
    func everyFileIsEmbedded() throws {
        let names = FileManager.default.enumerator(atPath: Self.folder.path)?.compactMap { $0 as? String } ?? []
        let files = names.filter { $0.hasSuffix(".sql") }
        let embedded = try SchemaMigrations.all()
        #expect(!files.isEmpty)
        #expect(embedded.count == files.count)
        for path in files {
            let text = try String(contentsOf: Self.folder.appending(path: path), encoding: .utf8)
            let migration = try Migration(fileName: path.split(separator: "/").last.map(String.init) ?? path, sql: text)
            #expect(embedded.contains(migration), "\(path) is missing in CMigrations.c or was changed since the build")
        }
    }

    @Test("All migrations apply to an empty database, and a second run has nothing to do")
    func allApply() async throws {
        let database = try await TestDatabase.create()
        let migrator = try SchemaMigrations.migrator()
        let (first, second) = try await withLoop { loop in
            let first = try await migrator.migrate(loop: loop, configuration: database)
            return (first, try await migrator.migrate(loop: loop, configuration: database))
        }
        #expect(first.applied == migrator.migrations.map(\.version))
        #expect(second.applied.isEmpty)
    }
}
