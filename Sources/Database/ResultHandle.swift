import CLibPQ

/// The sole owner of a `PGresult`; the only place that calls `PQclear`.
///
/// libpq does not change a result once it has been handed out, so that it may be read from any thread.
struct ResultHandle: ~Copyable {
    /// What a result means to the pipeline.
    enum Kind: Equatable {
        /// Rows, or a command's end without rows.
        case success
        /// The server's error.
        case failure
        /// Not run because of an earlier failure in the same segment.
        case aborted
        /// The end of a segment.
        case sync
        /// The server waits for the data of a COPY.
        case copyIn
        /// Nothing that this module asks for (COPY to the client, single rows).
        case unexpected
    }

    private let pointer: OpaquePointer

    init(takingOwnership pointer: OpaquePointer) { self.pointer = pointer }

    deinit { PQclear(pointer) }

    var kind: Kind {
        switch PQresultStatus(pointer) {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: .success
        case PGRES_FATAL_ERROR, PGRES_BAD_RESPONSE: .failure
        case PGRES_PIPELINE_ABORTED: .aborted
        case PGRES_PIPELINE_SYNC: .sync
        case PGRES_COPY_IN: .copyIn
        default: .unexpected
        }
    }

    var rowCount: Int { Int(PQntuples(pointer)) }
    var columnCount: Int { Int(PQnfields(pointer)) }

    func columnName(_ column: Int) -> String {
        guard let name = PQfname(pointer, Int32(truncatingIfNeeded: column)) else { return "?" }
        return String(cString: name)
    }

    /// Compares without making a `String` per column.
    func columnIndex(of name: String) -> Int? {
        name.withCString { wanted in
            for column in 0..<PQnfields(pointer) {
                if let candidate = PQfname(pointer, column), strcmpEqual(candidate, wanted) { return Int(column) }
            }
            return nil
        }
    }

    func type(_ column: Int32) -> PostgresType { PostgresType(rawValue: PQftype(pointer, column)) }

    /// The value's bytes, valid as long as the result; nil for null.
    ///
    /// Row and column must exist.
    func bytes(row: Int32, column: Int32) -> UnsafeRawBufferPointer? {
        let length = PQgetlength(pointer, row, column)
        if length == 0 && PQgetisnull(pointer, row, column) == 1 { return nil }
        return UnsafeRawBufferPointer(start: PQgetvalue(pointer, row, column), count: Int(length))
    }

    /// "INSERT 0 3", "COMMIT", ….
    var commandTag: String { PQcmdStatus(pointer).map { String(cString: $0) } ?? "" }

    /// Rows that the command touched; 0 for commands that touch none.
    var affectedRows: Int { PQcmdTuples(pointer).flatMap { Int(String(cString: $0)) } ?? 0 }

    /// The server's error with all its fields.
    func error(statement: String?) -> DatabaseError {
        let state = field(clibpq_diag_sqlstate()).map(SQLState.init(rawValue:))
        // libpq makes results of its own when the connection breaks; those have no SQLSTATE.
        let isLost = state?.endsConnection ?? true
        let text = PQresultErrorMessage(pointer).map { String(cString: $0) } ?? ""
        var error = DatabaseError(
            isLost ? .connectionLost : .server, field(clibpq_diag_message()) ?? text, statement: statement)
        error.sqlState = state
        error.constraint = field(clibpq_diag_constraint())
        error.table = field(clibpq_diag_table())
        error.column = field(clibpq_diag_column())
        error.detail = field(clibpq_diag_detail())
        error.hint = field(clibpq_diag_hint())
        return error
    }

    private func field(_ code: Int32) -> String? {
        PQresultErrorField(pointer, code).map { String(cString: $0) }
    }
}

private func strcmpEqual(_ left: UnsafePointer<CChar>, _ right: UnsafePointer<CChar>) -> Bool {
    var index = 0
    while left[index] == right[index] {
        if left[index] == 0 { return true }
        index += 1
    }
    return false
}
