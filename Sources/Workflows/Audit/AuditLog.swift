import Database
public import FoundationEssentials

/// The record of who changed what: triggers write it, on every table that people change (migration 0024).
///
/// This says who acts. What nobody does, such as the work of most jobs, is not written down.
public enum AuditLog {
    /// The setting by which the triggers know whose change it is.
    private static let setting = "aimage.actor"

    /// Runs a closure whose changes are this person's.
    public static func record<T>(
        as person: UUID, isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> T
    ) async rethrows -> T {
        try await LocalSetting.with(setting, person.text, isolation: isolation, body)
    }

    /// From here on, what the transaction changes is the doing of a person who has become known in it.
    static func begin(as person: UUID, in transaction: Transaction) async throws {
        _ = try await transaction.query("select set_config(\(setting), \(person.text), true)")
    }

    /// From here on, what the transaction changes is nobody's doing.
    static func end(in transaction: Transaction) async throws {
        _ = try await transaction.query("select set_config(\(setting), '', true)")
    }
}
