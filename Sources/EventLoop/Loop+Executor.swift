extension Loop {
    /// Makes a job of the Swift runtime ready: from the loop's thread without a lock, from elsewhere with a wake-up.
    public func enqueue(_ job: consuming ExecutorJob) {
        enqueue(.job(UnownedJob(job)))
    }

    func enqueue(_ work: LoopWork) {
        if isCurrent {
            ready.append(work)
        } else if inbox.append(work) {
            runLateWork()
        }
    }

    /// The loop as the executor of actors that choose it.
    public func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

    /// The loop as the executor that tasks prefer.
    public func asUnownedTaskExecutor() -> UnownedTaskExecutor { UnownedTaskExecutor(ordinary: self) }

    /// A loop excludes itself only.
    public func isSameExclusiveExecutionContext(other: Loop) -> Bool { self === other }

    /// Traps when the caller does not run on this loop (`assumeIsolated`).
    public func checkIsolated() { preconditionOnLoop("assumeIsolated") }

    /// Whether the caller runs on this loop.
    public func isIsolatingCurrentContext() -> Bool? { isCurrent }
}
