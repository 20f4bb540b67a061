/// A five-character SQLSTATE, as Postgres sends it with every error.
///
/// Names are those of the PostgreSQL manual, appendix A. The set is open: any code the server sends can be held.
public struct SQLState: RawRepresentable, Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The five characters.
    public let rawValue: String

    /// Holds a code as it came.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Holds a code written in the source.
    public init(stringLiteral value: String) { self.rawValue = value }

    /// The five characters.
    public var description: String { rawValue }

    /// The first two characters: the class of the condition ("23" for integrity violations).
    public var conditionClass: Substring { rawValue.prefix(2) }

    /// 0A000, among others "cached plan must not change result type".
    public static let featureNotSupported: SQLState = "0A000"
    /// 08006.
    public static let connectionFailure: SQLState = "08006"
    /// 22P02: a text that is no value of the type.
    public static let invalidTextRepresentation: SQLState = "22P02"
    /// 23502.
    public static let notNullViolation: SQLState = "23502"
    /// 23503.
    public static let foreignKeyViolation: SQLState = "23503"
    /// 23505.
    public static let uniqueViolation: SQLState = "23505"
    /// 23514.
    public static let checkViolation: SQLState = "23514"
    /// 23P01.
    public static let exclusionViolation: SQLState = "23P01"
    /// 25006: a write in a read-only transaction, or a server that has become a standby.
    public static let readOnlySQLTransaction: SQLState = "25006"
    /// 25P02: a statement in a transaction that has failed already.
    public static let inFailedSQLTransaction: SQLState = "25P02"
    /// 26000: the prepared statement does not exist.
    public static let invalidSQLStatementName: SQLState = "26000"
    /// 28P01.
    public static let invalidPassword: SQLState = "28P01"
    /// 3D000: the database does not exist.
    public static let invalidCatalogName: SQLState = "3D000"
    /// 40001.
    public static let serializationFailure: SQLState = "40001"
    /// 40P01.
    public static let deadlockDetected: SQLState = "40P01"
    /// 42601.
    public static let syntaxError: SQLState = "42601"
    /// 42703.
    public static let undefinedColumn: SQLState = "42703"
    /// 42P01.
    public static let undefinedTable: SQLState = "42P01"
    /// 42P04.
    public static let duplicateDatabase: SQLState = "42P04"
    /// 53300.
    public static let tooManyConnections: SQLState = "53300"
    /// 55P03.
    public static let lockNotAvailable: SQLState = "55P03"
    /// 57014: cancelled by request or by `statement_timeout`.
    public static let queryCanceled: SQLState = "57014"
    /// 57P01: the server is being stopped, or `pg_terminate_backend` was called.
    public static let adminShutdown: SQLState = "57P01"
    /// 57P02.
    public static let crashShutdown: SQLState = "57P02"
    /// 57P03: the server is starting up or stopping.
    public static let cannotConnectNow: SQLState = "57P03"

    /// Whether the whole transaction may simply be run again.
    public var isTransactionConflict: Bool { self == .serializationFailure || self == .deadlockDetected }

    /// Whether the connection is lost with this error.
    var endsConnection: Bool {
        conditionClass == "08" || self == .adminShutdown || self == .crashShutdown || self == .cannotConnectNow
    }
}
