import EventLoop

/// A statement that waits for a connection.
struct HeldStatement {
    let request: StatementRequest
    let timer: LoopTimer
    let since = ContinuousClock.now

    func fail(_ error: any Error) {
        timer.cancel()
        request.fail(error)
    }
}

/// A transaction that waits for a connection.
struct LeaseWaiter {
    let continuation: UnsafeContinuation<ConnectionDriver, any Error>
    let timer: LoopTimer
    let since = ContinuousClock.now

    func grant(_ driver: ConnectionDriver) {
        timer.cancel()
        continuation.resume(returning: driver)
    }

    func fail(_ error: any Error) {
        timer.cancel()
        continuation.resume(throwing: error)
    }
}

/// Performing what the pool's machine says: opening, handing out, taking back.
extension ConnectionPool: ConnectionOwner {
    func submit(_ request: StatementRequest) {
        switch machine.statementArrived() {
        case .send(let id, let opening):
            guard let driver = drivers[id] else { fatalError("ConnectionPool: connection \(id) has no driver") }
            driver.submit(request)
            if let opening { open(opening) }
        case .hold(let opening):
            let timer = loop.schedule(after: configuration.waitTimeout) { [weak self] in
                self?.removeHeld(request, error: self?.timeoutError())
            }
            held.append(HeldStatement(request: request, timer: timer))
            if let opening { open(opening) }
        case .refuse:
            request.fail(notRunningError())
        }
    }

    func cancel(_ request: StatementRequest) {
        if let connection = request.connection {
            connection.cancel(request)
        } else {
            removeHeld(request, error: CancellationError())
        }
    }

    private func removeHeld(_ request: StatementRequest, error: (any Error)?) {
        guard let error, let statement = held.removeFirst(where: { $0.request === request }) else { return }
        machine.heldStatementGone()
        statement.fail(error)
    }

    /// A connection of one's own, at the latest after the configured wait.
    func acquire() async throws -> ConnectionDriver {
        loop.preconditionOnLoop("ConnectionPool.acquire")
        let waiter = nextWaiterID()
        return try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { requestLease($0, as: waiter) }
        } onCancel: {
            loop.execute { self.removeWaiter(waiter, error: CancellationError()) }
        }
    }

    private func requestLease(_ continuation: UnsafeContinuation<ConnectionDriver, any Error>, as waiter: Int) {
        // As in `StatementRequest.wait`: a cancellation may have passed already.
        if Task.isCancelled { return continuation.resume(throwing: CancellationError()) }
        switch machine.leaseRequested(by: waiter) {
        case .grant(let id):
            guard let driver = drivers[id] else { fatalError("ConnectionPool: connection \(id) has no driver") }
            continuation.resume(returning: lease(driver))
        case .refuse:
            continuation.resume(throwing: notRunningError())
        case .wait(let opening):
            let timer = loop.schedule(after: configuration.waitTimeout) { [weak self] in
                self?.removeWaiter(waiter, error: self?.timeoutError())
            }
            waiters[waiter] = LeaseWaiter(continuation: continuation, timer: timer)
            if let opening { open(opening) }
        }
    }

    private func removeWaiter(_ waiter: Int, error: (any Error)?) {
        guard let error, machine.waiterGone(waiter) else { return }
        waiters.removeValue(forKey: waiter)?.fail(error)
    }

    private func lease(_ driver: ConnectionDriver) -> ConnectionDriver {
        driver.isParked = false
        return driver
    }

    private func grant(_ id: Int, to waiter: Int) {
        guard let driver = drivers[id], let waiter = waiters.removeValue(forKey: waiter) else {
            fatalError("ConnectionPool: connection \(id) was granted to a waiter that is gone")
        }
        onWait?(.now - waiter.since)
        waiter.grant(lease(driver))
    }

    /// Takes a connection back; only one that the server calls idle is used again.
    func release(_ driver: ConnectionDriver) async {
        await driver.settled()
        if driver.isUsable && !driver.isIdle { await driver.rollBack() }
        let isReusable = driver.isIdle
        if isReusable { driver.deallocateEvicted() }
        switch machine.leaseReturned(driver.id, isReusable: isReusable) {
        case .grant(let id, let waiter):
            grant(id, to: waiter)
        case .park:
            driver.isParked = true
        case .close(_, let opening):
            driver.close()
            if let opening { open(opening) }
        case .none:
            driver.close()
        }
    }

    func makeDriver(_ id: Int) -> ConnectionDriver {
        let driver = ConnectionDriver(id: id, loop: loop, configuration: configuration.connection)
        driver.isExclusive = machine.slots.contains { $0.id == id && $0.role == .exclusive }
        driver.owner = self
        drivers[id] = driver
        return driver
    }

    /// Connects in the background; `stop` waits until the attempt has ended, because the driver is registered.
    private func open(_ id: Int) {
        let driver = makeDriver(id)
        loop.spawn { [self] in
            do {
                try await driver.connect()
                didConnect(driver)
            } catch {
                didFailToConnect(driver, error)
            }
        }
    }

    func didConnect(_ driver: ConnectionDriver) {
        switch machine.connected(driver.id) {
        case .sendHeld(let id):
            for statement in held.removeAll() {
                statement.timer.cancel()
                onWait?(.now - statement.since)
                machine.heldStatementSent(on: id)
                driver.submit(statement.request)
            }
        case .grant(let id, let waiter):
            grant(id, to: waiter)
        case .park:
            driver.isParked = true
        case .close:
            driver.close()
        }
    }

    private func didFailToConnect(_ driver: ConnectionDriver, _ error: any Error) {
        drivers[driver.id] = nil
        lastConnectError = error as? DatabaseError
        if case .retry(let id, let attempt) = machine.connectFailed(driver.id) {
            let delay = configuration.backoff.delay(afterAttempt: attempt, random: .random(in: 0...1))
            loop.schedule(after: delay) { [weak self] in
                guard let self, machine.backoffPassed(id) else { return }
                open(id)
            }
        }
        didRemoveDriver()
    }

    func sweep() {
        for id in machine.swept() { drivers[id]?.close() }
    }

    func connectionDidFinish(_ request: StatementRequest, on connection: ConnectionDriver) {
        if !connection.isExclusive && !request.isInternal { machine.statementFinished(on: connection.id) }
        if let onStatement, let startedAt = request.startedAt {
            onStatement(request.sql.text, startedAt.duration(to: .now))
        }
    }

    func connectionDidClose(_ connection: ConnectionDriver, error: DatabaseError?) {
        drivers[connection.id] = nil
        if let opening = machine.connectionLost(connection.id) { open(opening) }
        didRemoveDriver()
    }

    var measuresStatements: Bool { onStatement != nil }

    func willRun(_ text: String) -> StatementEnd? { willRun?(text) }

    func connectionDidReceive(_ notification: Notification, on connection: ConnectionDriver) {}

    private func timeoutError() -> DatabaseError {
        let waited = "no connection to \(configuration.connection.displayTarget) within \(configuration.waitTimeout)"
        let reason = lastConnectError.map { "; the last attempt: \($0.message)" } ?? "; all are in use"
        return DatabaseError(.poolTimeout, waited + reason)
    }

    private func notRunningError() -> DatabaseError {
        DatabaseError(
            .notRunning, machine.phase == .created ? "call start() on the pool first" : "the pool was stopped")
    }
}
