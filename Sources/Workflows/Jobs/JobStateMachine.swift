import Database

/// What becomes of one claimed job: pure, without clock, database or task.
///
/// The worker performs the actions.
struct JobStateMachine {
    /// Where the claimed job stands.
    enum State: Equatable {
        /// Claimed, the handler has not been called. Can transition to: `running`, `ended`.
        case claimed
        /// The handler runs. Can transition to: `stopping`, `ended`.
        case running
        /// The handler has been told to stop and still runs. Can transition to: `ended`.
        case stopping(StopReason)
        /// The row has been written or is no longer ours. Can transition to: nothing.
        case ended
    }

    /// Why a handler is told to stop.
    enum StopReason: Equatable {
        /// Somebody cancelled the job.
        case cancelRequested
        /// The row has another lease token, or none: another worker has the job.
        case leaseLost
        /// The worker ends.
        case workerStopped
    }

    /// How a handler came back.
    enum HandlerEnd: Equatable {
        case returned
        case failed(reason: String)
        case failedForGood(reason: String)
    }

    /// What the worker has to do.
    enum Action: Equatable {
        /// Call the handler.
        case run
        /// Cancel the handler's task.
        case stopHandler
        /// Mark the row as completed.
        case complete
        /// Put the row back, to be claimed after a while.
        case retry(after: Duration, reason: String)
        /// Tell the domain, then mark the row as dead.
        case bury(reason: String)
        /// Mark the row as cancelled.
        case markCancelled
        /// Put the row back at once and do not count the attempt.
        case release
        /// Nothing.
        case none
    }

    private(set) var state = State.claimed
    private let attempt: Int
    private let maximumAttempts: Int
    private let isCancelRequested: Bool
    private let backoff: Backoff

    init(attempt: Int, maximumAttempts: Int, isCancelRequested: Bool, backoff: Backoff) {
        self.attempt = attempt
        self.maximumAttempts = maximumAttempts
        self.isCancelRequested = isCancelRequested
        self.backoff = backoff
    }

    /// The job has been claimed; says whether it is to be run at all.
    mutating func begin() -> Action {
        precondition(state == .claimed, "begin() in state \(state)")
        if isCancelRequested {
            state = .ended
            return .markCancelled
        }
        // A worker that died in the last attempt could not bury the job: a poisonous job must not kill them all.
        if attempt > maximumAttempts {
            state = .ended
            return .bury(reason: "The workers of \(maximumAttempts) attempts died or lost their leases.")
        }
        state = .running
        return .run
    }

    /// The job must stop.
    mutating func stopRequested(_ reason: StopReason) -> Action {
        switch state {
        case .running:
            state = .stopping(reason)
            return .stopHandler
        case .stopping(let earlier):
            // A lost lease outranks the rest: nothing may be written any more.
            if reason == .leaseLost && earlier != .leaseLost { state = .stopping(.leaseLost) }
            return .none
        case .claimed, .ended:
            return .none
        }
    }

    /// The handler has come back.
    ///
    /// `random` is a number from 0 to 1.
    mutating func handlerEnded(_ end: HandlerEnd, random: Double) -> Action {
        defer { state = .ended }
        switch (state, end) {
        case (.stopping(.leaseLost), _):
            return .none
        case (.running, .returned), (.stopping, .returned):
            return .complete
        case (.stopping(.cancelRequested), _):
            return .markCancelled
        case (.stopping(.workerStopped), .failed):
            return .release
        case (.running, .failedForGood(let reason)), (.stopping, .failedForGood(let reason)):
            return .bury(reason: reason)
        case (.running, .failed(let reason)):
            if attempt >= maximumAttempts { return .bury(reason: reason) }
            return .retry(after: backoff.delay(afterAttempt: attempt, random: random), reason: reason)
        case (.claimed, _), (.ended, _):
            preconditionFailure("handlerEnded(\(end)) in state \(state)")
        }
    }
}
