import CLibPQ

/// The sole owner of a `PGconn`; the only file that calls `PQfinish`.
///
/// libpq allows one thread at a time: the handle is made on a loop or on a blocking thread, then stays on its loop.
final class ConnectionHandle: @unchecked Sendable {  // Reason: handed over whole, then confined to one loop.
    private let pointer: OpaquePointer

    /// Starts to connect (`PQconnectStartParams`).
    ///
    /// May wait for a name server: see `mayResolveNames`.
    init(startingWith parameters: [(String, String)]) throws {
        let keywords = parameters.map(\.0) + [nil]
        let values = parameters.map(\.1) + [nil]
        let started = withCStrings(keywords) { keywords in
            withCStrings(values) { values in PQconnectStartParams(keywords, values, 1) }
        }
        guard let started else { throw DatabaseError(.connectFailed, "libpq has no memory for a connection") }
        pointer = started
        // Notices ("table exists, skipping") would go to standard error.
        PQsetNoticeProcessor(pointer, { _, _ in }, nil)
    }

    deinit { PQfinish(pointer) }

    var socket: Int32 { PQsocket(pointer) }
    var isBad: Bool { PQstatus(pointer) == CONNECTION_BAD }
    /// libpq's last message, on one line.
    var message: String { PQerrorMessage(pointer).map { String(cString: $0).trimmedLine } ?? "" }
    /// Whether the server is between transactions; only meaningful when nothing is under way.
    var isIdle: Bool { PQtransactionStatus(pointer) == PQTRANS_IDLE }
    var isInTransaction: Bool { PQtransactionStatus(pointer) == PQTRANS_INTRANS }
    var backendID: Int32 { PQbackendPID(pointer) }

    func pollConnect() -> ConnectionStateMachine.Polling {
        switch PQconnectPoll(pointer) {
        case PGRES_POLLING_OK: .done
        case PGRES_POLLING_READING: .reading
        case PGRES_POLLING_WRITING: .writing
        default: .failed
        }
    }

    /// Non-blocking sends; false when libpq refuses.
    func setNonBlocking() -> Bool { PQsetnonblocking(pointer, 1) == 0 }
    func enterPipeline() -> Bool { PQenterPipelineMode(pointer) == 1 }
    /// Only when nothing is under way.
    func exitPipeline() -> Bool { PQexitPipelineMode(pointer) == 1 }

    /// The end of a segment.
    ///
    /// libpq 15 writes to the socket here (`PQsendPipelineSync` comes with 17).
    func sendSync() -> Bool { PQpipelineSync(pointer) == 1 }

    /// Several statements in one text, outside pipeline mode.
    func sendScript(_ text: String) -> Bool { PQsendQuery(pointer, text) == 1 }

    /// How far libpq took data of a COPY.
    enum CopyProgress { case taken, full, failed }

    /// Hands data of a COPY to libpq; when it is full, `flush` and try again.
    func putCopyData(_ bytes: [UInt8]) -> CopyProgress {
        let answer = bytes.withUnsafeBytes { bytes in
            PQputCopyData(
                pointer, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(truncatingIfNeeded: bytes.count))
        }
        return answer == 1 ? .taken : answer == 0 ? .full : .failed
    }

    /// Ends a COPY; with a reason, the server undoes it.
    func putCopyEnd(failing reason: String?) -> CopyProgress {
        let answer = PQputCopyEnd(pointer, reason)
        return answer == 1 ? .taken : answer == 0 ? .full : .failed
    }

    func sendPrepare(_ statement: StatementCache.Statement) -> Bool {
        statement.name.withUnsafeBufferPointer { name in
            withUnsafeTemporaryAllocation(of: Oid.self, capacity: max(1, statement.types.count)) { types in
                for (index, type) in statement.types.enumerated() { types[index] = type.rawValue }
                return PQsendPrepare(
                    pointer, name.baseAddress, statement.text, Int32(statement.types.count), types.baseAddress) == 1
            }
        }
    }

    /// Runs a prepared statement; binary parameters, binary rows.
    func sendExecute(_ statement: StatementCache.Statement, _ sql: SQL) -> Bool {
        withParameters(of: sql) { values, lengths, formats in
            statement.name.withUnsafeBufferPointer { name in
                PQsendQueryPrepared(
                    pointer, name.baseAddress, Int32(sql.parameterCount), values, lengths, formats, 1) == 1
            }
        }
    }

    /// Runs a statement without a name.
    func sendUnnamed(_ sql: SQL) -> Bool {
        withParameters(of: sql) { values, lengths, formats in
            withUnsafeTemporaryAllocation(of: Oid.self, capacity: max(1, sql.parameterCount)) { types in
                for (index, parameter) in sql.parameters.enumerated() { types[index] = parameter.type.rawValue }
                return PQsendQueryParams(
                    pointer, sql.text, Int32(sql.parameterCount), types.baseAddress, values, lengths, formats, 1) == 1
            }
        }
    }

    /// Whether bytes are left to be written, or nil when writing failed.
    func flush() -> Bool? {
        switch PQflush(pointer) {
        case 0: false
        case 1: true
        default: nil
        }
    }

    /// Reads what came; false when the connection is lost.
    func consumeInput() -> Bool { PQconsumeInput(pointer) == 1 }

    /// Whether asking for a result would wait.
    var isBusy: Bool { PQisBusy(pointer) == 1 }

    /// The next result, or nil at the end of a step.
    ///
    /// Ask `isBusy` first.
    func nextResult() -> ResultHandle? {
        guard let result = PQgetResult(pointer) else { return nil }
        return ResultHandle(takingOwnership: result)
    }

    func nextNotification() -> Notification? {
        guard let notify = PQnotifies(pointer) else { return nil }
        defer { PQfreemem(notify) }
        return Notification(
            channel: String(cString: notify.pointee.relname), payload: String(cString: notify.pointee.extra),
            processID: notify.pointee.be_pid)
    }

    func makeCancelHandle() -> CancelHandle? { PQgetCancel(pointer).map(CancelHandle.init(takingOwnership:)) }

    private func withParameters<R>(
        of sql: SQL,
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> R
    ) -> R {
        let count = sql.parameterCount
        guard count > 0 else { return body(nil, nil, nil) }
        return sql.buffer.bytes.withUnsafeBytes { bytes in
            withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: count) { values in
                withUnsafeTemporaryAllocation(of: Int32.self, capacity: count * 2) { numbers in
                    // A null is a nil pointer, an empty value is not: it needs any address.
                    let base = bytes.baseAddress ?? UnsafeRawPointer(numbers.baseAddress)
                    for (index, parameter) in sql.parameters.enumerated() {
                        values[index] =
                            parameter.length < 0
                            ? nil : base?.advanced(by: Int(parameter.offset)).assumingMemoryBound(to: CChar.self)
                        numbers[index] = max(0, parameter.length)
                        numbers[count + index] = 1
                    }
                    return body(values.baseAddress, numbers.baseAddress, numbers.baseAddress?.advanced(by: count))
                }
            }
        }
    }
}

/// Lends an array of C strings; nil stays nil.
private func withCStrings<R>(_ strings: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> R) -> R {
    let copies = strings.map { $0.map { ContiguousArray($0.utf8CString) } }
    let total = copies.reduce(0) { $0 + ($1?.count ?? 0) }
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: max(1, total)) { storage in
        withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: strings.count) { pointers in
            var offset = 0
            for (index, copy) in copies.enumerated() {
                guard let copy else {
                    pointers[index] = nil
                    continue
                }
                for (place, character) in copy.enumerated() { storage[offset + place] = character }
                pointers[index] = UnsafePointer(storage.baseAddress?.advanced(by: offset))
                offset += copy.count
            }
            return body(pointers.baseAddress)
        }
    }
}
