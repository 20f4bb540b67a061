import CLibPQ

/// The sole owner of a `PGcancel`: everything needed to ask the server to stop what a connection is doing.
final class CancelHandle: @unchecked Sendable {  // Reason: immutable; libpq allows PQcancel from any thread.
    private let pointer: OpaquePointer

    init(takingOwnership pointer: OpaquePointer) { self.pointer = pointer }

    deinit { PQfreeCancel(pointer) }

    /// Opens a connection of its own and waits until the server has taken the request: for blocking threads only.
    ///
    /// A failure is no error here: the statement then ends by itself or by its timeout.
    func cancel() -> Bool {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { message in
            PQcancel(pointer, message.baseAddress, 256) == 1
        }
    }
}
