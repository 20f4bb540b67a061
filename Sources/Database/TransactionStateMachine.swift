/// Which words of transaction control a transaction needs, without any I/O.
struct TransactionStateMachine {
    enum State: Equatable {
        /// Nothing was sent. Next: beginning, ended.
        case unbegun
        /// `begin` is on the way with the first statement. Next: open, ended.
        case beginning
        /// The server has answered a statement. Next: ended.
        case open
        /// Commit or rollback was asked for; nothing more may be sent.
        case ended
    }

    enum StatementAction: Equatable { case sendWithBegin, sendWithPlainBegin, send, refuse }

    private(set) var state = State.unbegun
    /// The first failure of a statement: what makes a later commit a rollback.
    private(set) var firstFailure: (any Error)?

    mutating func statementArrived() -> StatementAction {
        switch state {
        case .unbegun:
            state = .beginning
            return .sendWithBegin
        case .beginning: return .sendWithPlainBegin
        case .open: return .send
        case .ended: return .refuse
        }
    }

    mutating func statementSucceeded() {
        if state == .beginning { state = .open }
    }

    mutating func statementFailed(_ error: any Error) {
        if firstFailure == nil { firstFailure = error }
    }

    /// Commit or rollback: true if the server must be told, false if there is nothing to end.
    mutating func endRequested() -> Bool {
        defer { state = .ended }
        return state == .beginning || state == .open
    }
}
