/// Everything that can go wrong between this program and Postgres.
///
/// `description` is a fixed sentence with a code and an SQLSTATE, so that a careless log line or answer leaks no data;
/// `String(reflecting:)` shows all fields and belongs into logs only.
public struct DatabaseError: Error, Sendable {
    /// What kind of failure it is.
    ///
    /// The set is open.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Name: String {
            case invalidConfiguration, connectFailed, connectionLost, server, poolTimeout, notRunning, leaseEnded
            case transactionAborted, tooManyParameters, protocolViolation
            case migrationListInvalid, migrationChanged, migrationUnknown, migrationFailed
            case embeddedServerUnavailable, embeddedServerFailed
        }
        private let name: Name
        private init(_ name: Name) { self.name = name }

        /// The name of the code.
        public var description: String { name.rawValue }

        /// The connection string or a setting cannot be used.
        public static let invalidConfiguration = Code(.invalidConfiguration)
        /// No connection could be made; the message has host, port and reason.
        public static let connectFailed = Code(.connectFailed)
        /// The connection ended while the statement was under way: its outcome is unknown.
        public static let connectionLost = Code(.connectionLost)
        /// Postgres answered with an error; see `sqlState`.
        public static let server = Code(.server)
        /// No connection became free before the deadline.
        public static let poolTimeout = Code(.poolTimeout)
        /// The pool or listener was not started, or has been stopped.
        public static let notRunning = Code(.notRunning)
        /// A connection or transaction was used after its closure had returned.
        public static let leaseEnded = Code(.leaseEnded)
        /// A statement inside the transaction had failed, so that the commit rolled back.
        public static let transactionAborted = Code(.transactionAborted)
        /// More than 65,535 parameters in one statement: use an array.
        public static let tooManyParameters = Code(.tooManyParameters)
        /// libpq gave a result where none or another was due.
        public static let protocolViolation = Code(.protocolViolation)
        /// The list of migrations has a gap, a duplicate or a bad name.
        public static let migrationListInvalid = Code(.migrationListInvalid)
        /// A migration that was applied before has another text now.
        public static let migrationChanged = Code(.migrationChanged)
        /// The database has a migration that this program does not know: it is too old for the database.
        public static let migrationUnknown = Code(.migrationUnknown)
        /// The SQL of a migration failed; nothing of it was kept.
        public static let migrationFailed = Code(.migrationFailed)
        /// There is no Postgres program to start, or it may not be started here.
        public static let embeddedServerUnavailable = Code(.embeddedServerUnavailable)
        /// The embedded Postgres did not start or stop.
        public static let embeddedServerFailed = Code(.embeddedServerFailed)
    }

    /// What kind of failure it is.
    public let code: Code
    /// The server's or our own text.
    ///
    /// For logs only.
    public var message: String
    /// The server's code, if the server answered.
    public var sqlState: SQLState?
    /// The constraint that was violated.
    public var constraint: String?
    /// The table the error is about.
    public var table: String?
    /// The column the error is about.
    public var column: String?
    /// The server's second line; may contain data.
    public var detail: String?
    /// The server's advice.
    public var hint: String?
    /// The text of the statement, without its parameters.
    public var statement: String?
    /// Whether the failure came in the middle of a commit: the transaction may have taken place all the same.
    public var isCommitUnknown = false

    /// Makes an error of this side, without an SQLSTATE.
    public init(_ code: Code, _ message: String, statement: String? = nil) {
        self.code = code
        self.message = message
        self.statement = statement
    }

    /// Whether a unique constraint was violated, and if `name` is given, that one.
    public func isUniqueViolation(of name: String? = nil) -> Bool {
        sqlState == .uniqueViolation && (name == nil || constraint == name)
    }

    /// Whether the whole transaction may be run again: a serialization failure or a deadlock.
    public var isTransactionConflict: Bool { sqlState?.isTransactionConflict ?? false }
}

extension DatabaseError: CustomStringConvertible, CustomDebugStringConvertible {
    /// Code and SQLSTATE only.
    public var description: String {
        guard let sqlState else { return "The database operation failed (\(code))." }
        return "The database operation failed (\(code), SQLSTATE \(sqlState))."
    }

    /// All fields, for logs.
    public var debugDescription: String {
        var parts = ["DatabaseError \(code)"]
        func add(_ name: String, _ value: String?) {
            if let value { parts.append("\(name): \(value)") }
        }
        add("sqlState", sqlState?.rawValue)
        add("message", message)
        add("detail", detail)
        add("hint", hint)
        add("table", table)
        add("column", column)
        add("constraint", constraint)
        add("statement", statement)
        return parts.joined(separator: "; ")
    }
}
