extension Loop {
    /// Runs `body` on the loop soon, after what is ready already; from any thread.
    public func execute(_ body: @escaping @Sendable () -> Void) {
        enqueue(.closure(body))
    }

    /// Runs `body` once when nothing is ready to run, before the loop polls; on the loop only.
    ///
    /// What it makes ready runs before the poll too. This is when data loaders flush.
    public func whenIdle(_ body: @escaping () -> Void) {
        preconditionOnLoop("Loop.whenIdle")
        idleCallbacks.append(body)
    }

    /// Runs `body` after a while, and then regularly if `repeating` is given; on the loop only.
    ///
    /// The loop keeps the timer until it has fired for the last time or is cancelled. Precision is a millisecond.
    @discardableResult
    public func schedule(
        after: Duration, repeating: Duration? = nil, _ body: @escaping () -> Void
    ) -> LoopTimer {
        preconditionOnLoop("Loop.schedule")
        return LoopTimer(loop: self, after: after, repeating: repeating, body)
    }

    /// Starts a task that prefers this loop; from any thread.
    ///
    /// The caller owns it and cancels it when its purpose is gone; `stop` cancels whatever is left.
    @discardableResult
    public func spawn(_ body: @escaping @Sendable () async -> Void) -> Swift.Task<Void, Never> {
        tasks.register(onLoop: isCurrent) { id in
            Swift.Task(executorPreference: self) {
                await body()
                self.taskEnded(id)
            }
        }
    }

    /// Runs `body` on the loop and comes back to the caller's executor with its result; cancelled with its caller.
    ///
    /// On the loop already it is a plain call. Elsewhere it is a task of its own: `withTaskExecutorPreference` does not
    /// move a body that inherits its caller's isolation (Swift 6.3).
    public func run<T: Sendable>(_ body: @escaping @Sendable () async throws -> T) async throws -> T {
        if isCurrent { return try await body() }
        let task = Swift.Task(executorPreference: self) { try await body() }
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }

    /// Suspends for a while; throws `CancellationError` when the task is cancelled or the loop stops.
    public func sleep(for duration: Duration) async throws {
        let sleeper = LoopSleeper(loop: self)
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                if isCurrent {
                    sleeper.start(for: duration, continuation)
                } else {
                    execute { sleeper.start(for: duration, continuation) }
                }
            }
        } onCancel: {
            execute { sleeper.cancel() }
        }
    }

    private func taskEnded(_ id: LoopTaskRegistry.ID) {
        tasks.ended(id)
        if isStopping && tasks.isEmpty { stopPolling() }
    }
}
