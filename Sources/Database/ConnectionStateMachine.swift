/// The life of a connection, without socket, clock or libpq: events in, what to do out.
///
/// The statements under way are `Pipeline`'s; this machine says what the socket is watched for, when the connection may
/// be used, and how it ends.
struct ConnectionStateMachine {
    /// What libpq waits for while it connects.
    enum Polling: Equatable { case reading, writing, done, failed }

    /// What is watched on the socket.
    struct Interest: Equatable {
        var readable: Bool
        var writable: Bool
    }

    enum State: Equatable {
        /// Nothing has happened. Next: connecting, closed.
        case initialized
        /// libpq shakes hands. Next: ready, closed.
        case connecting
        /// In pipeline mode, statements may be sent. `isFlushing` while libpq holds bytes back.
        /// Next: script, closed.
        case ready(isFlushing: Bool)
        /// Outside pipeline mode, one text with several statements runs. Next: ready, closed.
        case script(isFlushing: Bool)
        /// The end; the reason is with whoever closed.
        case closed
    }

    enum Action: Equatable {
        case none
        /// Watch the socket, which may be another than before.
        case watch(Interest, socketMayHaveChanged: Bool)
        /// The connection can be used: switch modes, watch for reading, tell the owner.
        case becomeReady
        /// Read what came; then write what libpq holds back, if `flush`.
        case readInput(flush: Bool)
        /// The socket has an error and is watched no more: read what is left, among it the server's last words, and
        /// take the connection for lost.
        case readRest
        /// Free everything and tell the owner and all who wait; the first close only.
        case close(Cause)
    }

    /// Why a connection ended.
    enum Cause: Equatable {
        case connectFailed
        case connectTimedOut
        case lost
        case requested
    }

    private(set) var state: State = .initialized

    var canSend: Bool {
        if case .ready = state { return true }
        return false
    }

    var isClosed: Bool { state == .closed }

    mutating func connectStarted(failed: Bool) -> Action {
        guard state == .initialized else { return .none }
        guard !failed else { return close(.connectFailed) }
        state = .connecting
        // libpq's rule: behave as if the poll had last asked for writing.
        return .watch(Interest(readable: false, writable: true), socketMayHaveChanged: true)
    }

    mutating func connectPolled(_ polling: Polling) -> Action {
        guard state == .connecting else { return .none }
        switch polling {
        case .reading:
            return .watch(Interest(readable: true, writable: false), socketMayHaveChanged: true)
        case .writing:
            return .watch(Interest(readable: false, writable: true), socketMayHaveChanged: true)
        case .failed:
            return close(.connectFailed)
        case .done:
            state = .ready(isFlushing: false)
            return .becomeReady
        }
    }

    mutating func connectDeadlinePassed() -> Action {
        guard state == .connecting || state == .initialized else { return .none }
        return close(.connectTimedOut)
    }

    /// The socket can be read or written.
    ///
    /// A server that ends while statements are unread in its socket leaves an error on ours, beside its last words.
    func socketBecameReady(readable: Bool, writable: Bool, failed: Bool) -> Action {
        switch state {
        case .ready(let isFlushing), .script(let isFlushing):
            if failed { return .readRest }
            return readable || writable ? .readInput(flush: isFlushing) : .none
        case .initialized, .connecting, .closed:
            return .none
        }
    }

    /// libpq has written, and holds bytes back or not.
    mutating func flushed(isPending: Bool) -> Action {
        switch state {
        case .ready(let wasPending):
            state = .ready(isFlushing: isPending)
            return interest(isPending, wasPending)
        case .script(let wasPending):
            state = .script(isFlushing: isPending)
            return interest(isPending, wasPending)
        case .initialized, .connecting, .closed:
            return .none
        }
    }

    mutating func scriptStarted() -> Bool {
        guard state == .ready(isFlushing: false) else { return false }
        state = .script(isFlushing: false)
        return true
    }

    mutating func scriptEnded() {
        if case .script = state { state = .ready(isFlushing: false) }
    }

    /// Reading, writing or the protocol failed.
    mutating func connectionFailed() -> Action {
        close(state == .connecting || state == .initialized ? .connectFailed : .lost)
    }

    mutating func closeRequested() -> Action { close(.requested) }

    private func interest(_ isPending: Bool, _ wasPending: Bool) -> Action {
        guard isPending != wasPending else { return .none }
        return .watch(Interest(readable: true, writable: isPending), socketMayHaveChanged: false)
    }

    private mutating func close(_ cause: Cause) -> Action {
        guard state != .closed else { return .none }
        state = .closed
        return .close(cause)
    }
}
