import CLibUV

extension Loop {
    /// libuv is about to poll: run what is ready first, and let it wait only if nothing is left.
    func didPrepare() {
        runTurn(budget: Loop.turnBudget)
        if head < ready.count || inbox.hasWork || !idleCallbacks.isEmpty {
            uv_idle_start(busy) { _ in }
        } else {
            uv_idle_stop(busy)
        }
    }

    /// Runs ready work, and the idle callbacks whenever there is none, until both are empty or the budget is used.
    func runTurn(budget: Int) {
        var budget = budget
        clock = LoopThread.nanoseconds
        while budget > 0 {
            inbox.drain(into: &ready)
            while head < ready.count, budget > 0 {
                let work = ready[head]
                head += 1
                budget -= 1
                run(work)
            }
            compactReady()
            if head < ready.count || inbox.hasWork { continue }
            guard !idleCallbacks.isEmpty else { return }
            let callbacks = idleCallbacks
            idleCallbacks = []
            budget -= callbacks.count
            for callback in callbacks {
                callback()
                didRun("idle callback")
            }
        }
    }

    private func run(_ work: LoopWork) {
        switch work {
        case .job(let job):
            job.runSynchronously(
                isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
            didRun("job")
        case .closure(let body):
            body()
            didRun("closure")
        }
    }

    private func didRun(_ what: StaticString) {
        let now = LoopThread.nanoseconds
        watchdog.ran(from: clock, to: now, loop: name, what: what, note: currentNote)
        clock = now
        currentNote = nil
    }

    private func compactReady() {
        if head == ready.count {
            ready.removeAll(keepingCapacity: ready.capacity <= 4 * Loop.turnBudget)
        } else {
            ready.removeFirst(head)
        }
        head = 0
    }
}
