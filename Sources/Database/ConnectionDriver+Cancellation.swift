import EventLoop

/// Stopping statements whose task was cancelled.
///
/// A cancel request names a connection, not a statement: it hits whatever the server runs when it arrives. So on a
/// leased connection nothing else is sent until the request has been taken, and on a shared one the neighbours that may
/// have been hit are sent again: a cancelled statement of its own transaction has left no trace.
extension ConnectionDriver {
    /// How long a cancelled statement of a shared connection may go on before the server is asked to stop it: most end
    /// by themselves sooner than a cancel request, which costs a connection, would arrive.
    ///
    /// A leased connection asks at once, and again after each such time.
    static let cancelDelay: Duration = .milliseconds(50)
    /// How long a leased connection waits for the server to stop a statement before it is given up.
    ///
    /// Shorter than the five seconds that a stopping loop gives its tasks.
    static let cancelDeadline: Duration = .seconds(4)

    /// The task that waits for a statement was cancelled.
    func cancel(_ request: StatementRequest) {
        loop.preconditionOnLoop("ConnectionDriver.cancel")
        guard request.isWaiting, !request.isCancelled else { return }
        if let index = held.firstIndex(where: { $0 === request }) {
            held.remove(at: index)
            request.fail(CancellationError())
            return noteSettled()
        }
        request.isCancelled = true
        if isExclusive {
            if pipeline.first === request && pendingCancels == 0 { sendCancel() }
            // A request that overtakes its statement finds an idle server, which ignores it: it is repeated.
            scheduleCancelCheck()
            loop.schedule(after: Self.cancelDeadline) { [weak self] in
                if request.isWaiting { self?.fail("the server did not stop a cancelled statement") }
            }
        } else {
            request.fail(CancellationError())
            scheduleCancelCheck()
        }
    }

    /// Asks the server to stop what it runs for this connection.
    func sendCancel() {
        guard let cancelHandle = handle?.makeCancelHandle() else { return }
        pendingCancels += 1
        pipeline.forEach { $0.mayBeHitByCancel = true }
        loop.spawn {
            // A request that does not get through changes nothing: the statement ends by itself or by its timeout.
            _ = try? await BlockingPool.shared.run("PQcancel") { cancelHandle.cancel() }
            self.cancelEnded()
        }
    }

    private func cancelEnded() {
        pendingCancels -= 1
        if pendingCancels == 0 {
            let requests = held
            held = []
            for request in requests { submit(request) }
        }
        noteSettled()
    }

    private func scheduleCancelCheck() {
        guard cancelTimer == nil else { return }
        cancelTimer = loop.schedule(after: Self.cancelDelay) { [weak self] in
            guard let self else { return }
            cancelTimer = nil
            guard machine.canSend else { return }
            if pendingCancels == 0, let first = pipeline.first, first.isCancelled { sendCancel() }
            var isAnyLeft = false
            pipeline.forEach { isAnyLeft = isAnyLeft || $0.isCancelled }
            if isAnyLeft { scheduleCancelCheck() }
        }
    }
}
