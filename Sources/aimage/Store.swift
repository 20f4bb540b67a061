import Clients
import Database
import EventLoop
import Foundation
import Logging
import Migrations

/// The data of an installation, opened: the database, migrated, and the files.
struct Store {
    /// How loops connect.
    let database: ConnectionConfiguration
    /// The database that this process started; nil with `DATABASE_URL`.
    let embedded: EmbeddedPostgres?
    /// Whether this process started the database and shares the data with nobody.
    let isOwner: Bool
    let objects: DirectoryObjectStore
    /// A folder for files on their way.
    let temporary: String
    /// What reads videos and recordings; nil where ffmpeg is not installed.
    let media = MediaReader.installed(searchPath: Environment.value("PATH") ?? "")
    /// What reads drawings; nil where no program for them is installed.
    let drawings = DrawingReader.installed(searchPath: Environment.value("PATH") ?? "")
    /// What reads files of Office until 2007; nil where LibreOffice is not installed.
    let office = OldOfficeReader.installed(searchPath: Environment.value("PATH") ?? "")

    /// Opens everything below the data folder, and the database wherever it is.
    static func open(_ data: DataOptions, loop: Loop, logger: Logger) async throws -> Store {
        let folder = data.folder
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let temporary = "\(folder)/temporary"
        try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
        let (database, embedded, isOwner) = try await openDatabase(data, folder, loop, logger)
        do {
            try await migrate(database, loop, logger)
            return Store(
                database: database, embedded: embedded, isOwner: isOwner,
                objects: try DirectoryObjectStore(root: "\(folder)/objects"), temporary: temporary)
        } catch {
            try await embedded?.stop()
            throw error
        }
    }

    /// Stops what `open` has started.
    func close() async throws {
        try await embedded?.stop()
    }

    private static func openDatabase(
        _ data: DataOptions, _ folder: String, _ loop: Loop, _ logger: Logger
    ) async throws -> (ConnectionConfiguration, EmbeddedPostgres?, isOwner: Bool) {
        if let url = data.databaseURL {
            var configuration = try ConnectionConfiguration(url: url)
            configuration.applicationName = "aimage"
            return (configuration, nil, false)
        }
        let embedded = EmbeddedPostgres(configuration: .init(directory: "\(folder)/postgres"))
        let start = try await embedded.start()
        logger.info("embedded database", metadata: ["start": "\(start.rawValue)"])
        do {
            // Whoever owns the database is alone with the data: what is on its way belongs to runs that were killed.
            if start != .joined { try clear("\(folder)/temporary") }
            try await embedded.ensureDatabase("aimage", loop: loop)
            var configuration = try embedded.connectionConfiguration(database: "aimage")
            configuration.applicationName = "aimage"
            return (configuration, embedded, start != .joined)
        } catch {
            try await embedded.stop()
            throw error
        }
    }

    /// Removes everything in a folder.
    private static func clear(_ folder: String) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
        }
    }

    private static func migrate(_ database: ConnectionConfiguration, _ loop: Loop, _ logger: Logger) async throws {
        let migrator = try SchemaMigrations.migrator()
        let report = try await loop.run {
            try await migrator.migrate(loop: loop, configuration: database)
        }
        if !report.applied.isEmpty {
            logger.info("migrated", metadata: ["version": "\(report.version)", "applied": "\(report.applied)"])
        }
    }
}
