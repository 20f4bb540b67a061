import CMigrations
public import Database

/// The numbered SQL files of this folder, embedded in the program.
///
/// Their list is in `CMigrations.c`.
public enum SchemaMigrations {
    /// All of them, by version.
    public static func all() throws -> [Migration] {
        try (0..<cmigrations_count()).map { index in
            let file = cmigrations_file(index)
            let bytes = UnsafeBufferPointer(start: file.bytes, count: file.length)
            return try Migration(
                fileName: String(cString: file.name), sql: String(decoding: bytes, as: UTF8.self))
        }
    }

    /// The migrator for the program's schema.
    public static func migrator() throws -> Migrator { try Migrator(all()) }
}
