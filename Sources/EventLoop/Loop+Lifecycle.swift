import CLibUV
import Glibc
import Synchronization

extension Loop {
    /// Starts the thread and returns when the loop runs; once in a loop's life.
    public func start() throws {
        try lifecycle.withLock { life in
            guard life.phase == .created else {
                throw EventLoopError(.loopNotStartable, "\(name) is \(life.phase)")
            }
            // The thread keeps the loop alive until its end.
            life.thread = try LoopThread.start(name: name) { self.threadMain() }
            life.phase = .running
        }
        // The first turn of the loop is proof that it runs.
        let running = StartSignal()
        execute { running.send() }
        running.wait()
    }

    /// Stops the loop and joins its thread; from outside the loop only, idempotent.
    ///
    /// Sleepers and spawned tasks are cancelled, and tasks get `grace` to end; then timers and watchers are closed.
    /// Libraries with handles of their own on the loop must have been shut down before.
    public func stop(grace: Duration) async {
        precondition(!isCurrent, "Loop.stop waits for the loop and would wait for itself on its thread")
        let begins = lifecycle.withLock { life -> Bool in
            switch life.phase {
            case .running:
                life.phase = .stopping
                return true
            case .created:
                life.phase = .stopped
                life.closeStatus = closeHandles()
                _ = inbox.closeIfEmpty {}
                return false
            case .stopping, .stopped:
                return false
            }
        }
        if begins { execute { self.beginStopping(grace: grace) } }
        await waitUntilStopped()
        let thread = lifecycle.withLock { life -> pthread_t? in
            defer { life.thread = nil }
            return life.thread
        }
        if let thread { pthread_join(thread, nil) }
    }

    /// Stops the loop, with five seconds for its tasks to end.
    public func stop() async { await stop(grace: .seconds(5)) }

    /// Did the loop stop with every handle closed? Nil before it has stopped.
    public var stoppedCleanly: Bool? { lifecycle.withLock { $0.closeStatus.map { $0 == 0 } } }

    private func waitUntilStopped() async {
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            let isStopped = lifecycle.withLock { life -> Bool in
                if life.phase == .stopped { return true }
                life.waiters.append(continuation)
                return false
            }
            if isStopped { continuation.resume() }
        }
    }

    private func threadMain() {
        owner.store(LoopThread.identity, ordering: .relaxed)
        LoopThread.setCurrentLoop(self)
        uv_run(uv, UV_RUN_DEFAULT)
        let status = endLife()
        LoopThread.setCurrentLoop(nil)
        let waiters = lifecycle.withLock { life in
            life.phase = .stopped
            life.closeStatus = status
            defer { life.waiters = [] }
            return life.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    private func beginStopping(grace: Duration) {
        isStopping = true
        for sleeper in Array(sleepers.values) { sleeper.cancel() }
        tasks.cancelAll()
        if tasks.isEmpty {
            stopPolling()
        } else {
            schedule(after: grace) { self.stopPolling() }
        }
    }

    func stopPolling() { uv_stop(uv) }

    /// Closes what is open, runs what is ready, and leaves the inbox to `runLateWork`.
    private func endLife() -> Int32 {
        acceptsResources = false
        for sleeper in Array(sleepers.values) { sleeper.cancel() }
        let status = closeHandles()
        repeat {
            while head < ready.count || inbox.hasWork || !idleCallbacks.isEmpty { runTurn(budget: .max) }
        } while !inbox.closeIfEmpty({ owner.store(0, ordering: .relaxed) })
        return status
    }

    /// Closes every handle of ours and the libuv loop; what libuv said of the latter.
    @discardableResult
    func closeHandles() -> Int32 {
        acceptsResources = false
        inbox.stopWaking()
        for resource in Array(resources.values) { resource.closeHandle() }
        for handle in [
            UnsafeMutableRawPointer(wakeUp), UnsafeMutableRawPointer(prepare), UnsafeMutableRawPointer(busy),
        ] {
            uv_close(handle.assumingMemoryBound(to: uv_handle_t.self), nil)
        }
        // Close callbacks run in the loop. A foreign handle left open must not keep us here for ever.
        for _ in 0..<16 {
            if uv_run(uv, UV_RUN_NOWAIT) == 0 { break }
        }
        return uv_loop_close(uv)
    }

    /// Runs what arrived after the loop's end on a thread that stands in for the loop's.
    func runLateWork() {
        do {
            let thread = try LoopThread.start(name: name) {
                self.owner.store(LoopThread.identity, ordering: .relaxed)
                LoopThread.setCurrentLoop(self)
                while let works = self.inbox.takeLate({ self.owner.store(0, ordering: .relaxed) }) {
                    self.ready.append(contentsOf: works)
                    while self.head < self.ready.count || !self.idleCallbacks.isEmpty { self.runTurn(budget: .max) }
                }
            }
            pthread_detach(thread)
        } catch {
            fatalError("A job arrived after its loop stopped, and the system starts no thread for it: \(error)")
        }
    }
}
