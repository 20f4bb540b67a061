/// A setting that every transaction of a task has, until a closure ends: those of `withTransaction` and single statements.
///
/// It travels with the first statement, costs no round trip, and ends with the transaction (`set_config` with `is_local`),
/// so that a connection that is shared takes it to nobody else.
public enum LocalSetting {
    @TaskLocal static var preludes: [SQL] = []

    /// Runs a closure whose transactions have the setting; a name with a dot is one that Postgres leaves to programs.
    public static func with<T>(
        _ name: String, _ value: String, isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> T
    ) async rethrows -> T {
        let setting: SQL = "select set_config(\(name), \(value), true)"
        return try await $preludes.withValue(preludes + [setting], operation: body, isolation: isolation)
    }
}
