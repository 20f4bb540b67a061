import EventLoop

/// Who is told about a connection's life; on its loop.
protocol ConnectionOwner: AnyObject {
    /// Whether the time of each statement is wanted, which costs two readings of the clock.
    var measuresStatements: Bool { get }
    /// A task runs a statement on this connection; what it gives back is told how that ended.
    func willRun(_ text: String) -> ConnectionPool.StatementEnd?
    /// A statement was answered; the connection has one less under way.
    func connectionDidFinish(_ request: StatementRequest, on connection: ConnectionDriver)
    /// An established connection ended; its statements have failed already. Nil when the owner closed it.
    func connectionDidClose(_ connection: ConnectionDriver, error: DatabaseError?)
    /// A NOTIFY came in.
    func connectionDidReceive(_ notification: Notification, on connection: ConnectionDriver)
}

/// One connection on its loop: performs what the state machine and the pipeline say, with libpq and a watcher.
final class ConnectionDriver: @unchecked Sendable {  // Reason: confined to its loop; every entry checks that.
    let id: Int
    let loop: Loop
    let configuration: ConnectionConfiguration
    weak var owner: (any ConnectionOwner)?
    /// Leased to one user: its statements may belong to a transaction, so a cancelled one is waited for.
    var isExclusive = false
    /// Exclusive, and in nobody's hands.
    var isParked = false

    var machine = ConnectionStateMachine()
    var pipeline = Pipeline<StatementRequest>()
    var cache: StatementCache
    var handle: ConnectionHandle?
    private var watcher: ReadinessWatcher?
    private var connectTimer: LoopTimer?
    private var connectContinuation: UnsafeContinuation<Void, any Error>?

    /// Whether it was ever usable.
    private var wasEstablished = false

    var script: ScriptRun?
    /// Cancel requests on their way to the server.
    var pendingCancels = 0
    /// Statements of a leased connection that wait until no cancel request can hit them.
    var held: [StatementRequest] = []
    /// Statements the cache has let go, which the server still has.
    var pendingDeallocations: [StatementCache.Statement] = []
    var cancelTimer: LoopTimer?
    private var settleWaiters: [UnsafeContinuation<Void, Never>] = []
    private(set) var closeError: DatabaseError?

    init(id: Int, loop: Loop, configuration: ConnectionConfiguration) {
        self.id = id
        self.loop = loop
        self.configuration = configuration
        cache = StatementCache(capacity: configuration.statementCacheSize)
    }

    var isUsable: Bool { machine.canSend }
    /// Nothing is under way in either direction, and no cancel request either.
    var isSettled: Bool { machine.isClosed || (pipeline.isEmpty && held.isEmpty && pendingCancels == 0) }
    /// Outside any transaction, as the server itself has said.
    var isIdle: Bool { isUsable && pipeline.isEmpty && handle?.isIdle == true }

    /// Connects within the configured time; once in a driver's life.
    func connect() async throws {
        loop.preconditionOnLoop("ConnectionDriver.connect")
        let parameters = configuration.connectParameters
        connectTimer = loop.schedule(after: configuration.connectTimeout) { [weak self] in
            guard let self else { return }
            perform(machine.connectDeadlinePassed())
        }
        do {
            let handle =
                configuration.mayResolveNames
                ? try await BlockingPool.shared.run("PQconnectStart") { try ConnectionHandle(startingWith: parameters) }
                : try ConnectionHandle(startingWith: parameters)
            try await withTaskCancellationHandler {
                try await withUnsafeThrowingContinuation { (continuation: UnsafeContinuation<Void, any Error>) in
                    // Closed while the name was resolved, or by a cancellation.
                    guard !machine.isClosed else {
                        return continuation.resume(throwing: closeError ?? connectError("closed while connecting"))
                    }
                    connectContinuation = continuation
                    self.handle = handle
                    perform(machine.connectStarted(failed: handle.isBad))
                }
            } onCancel: {
                loop.execute { self.close() }
            }
        } catch {
            close()
            throw error
        }
    }

    /// Closes the connection; statements under way fail.
    ///
    /// Idempotent.
    func close() {
        loop.preconditionOnLoop("ConnectionDriver.close")
        perform(machine.closeRequested())
    }

    /// Closes the connection because it cannot be trusted any more.
    func fail(_ reason: String) {
        let error = DatabaseError(.connectionLost, "\(configuration.displayTarget): \(reason)")
        perform(machine.connectionFailed(), error: error)
    }

    /// Returns when nothing is under way any more, or the connection has closed.
    func settled() async {
        // Looked at inside: even a call that does not suspend may let other jobs of the loop run before its body.
        await withUnsafeContinuation { continuation in
            if isSettled { return continuation.resume() }
            settleWaiters.append(continuation)
        }
    }

    func noteSettled() {
        guard !settleWaiters.isEmpty, isSettled else { return }
        let waiters = settleWaiters
        settleWaiters = []
        for waiter in waiters { waiter.resume() }
    }

    func perform(_ action: ConnectionStateMachine.Action, error: DatabaseError? = nil) {
        switch action {
        case .none:
            break
        case .watch(let interest, let socketMayHaveChanged):
            watch(interest, anew: socketMayHaveChanged)
        case .becomeReady:
            becomeReady()
        case .readInput(let flush):
            readInput(flush: flush)
        case .readRest:
            readRest()
        case .close(let cause):
            tearDown(cause, error: error)
        }
    }

    private func watch(_ interest: ConnectionStateMachine.Interest, anew: Bool) {
        do {
            if anew || watcher == nil {
                guard let socket = handle?.socket, socket >= 0 else { return fail("libpq has no socket") }
                watcher?.close()
                watcher = try ReadinessWatcher(loop: loop, fileDescriptor: socket)
            }
            // The handler keeps this object until `close`: libpq must not close the socket while it is watched, even
            // when whoever made the connection forgets it.
            watcher?.update(readable: interest.readable, writable: interest.writable) { [self] in
                didBecomeReady(readable: $0, writable: $1, failed: $2)
            }
        } catch {
            fail("the socket cannot be watched: \(error)")
        }
    }

    private func didBecomeReady(readable: Bool, writable: Bool, failed: Bool) {
        if machine.state == .connecting {
            // libpq may close the socket and open another one: the watcher must be gone before.
            watcher?.close()
            watcher = nil
            guard let handle else { return }
            perform(machine.connectPolled(handle.pollConnect()))
        } else {
            perform(machine.socketBecameReady(readable: readable, writable: writable, failed: failed))
        }
    }

    private func becomeReady() {
        connectTimer?.cancel()
        connectTimer = nil
        guard let handle, handle.setNonBlocking(), handle.enterPipeline() else {
            return fail("libpq refuses pipeline mode")
        }
        watch(ConnectionStateMachine.Interest(readable: true, writable: false), anew: true)
        guard machine.canSend else { return }
        wasEstablished = true
        connectContinuation?.resume()
        connectContinuation = nil
    }

    private func tearDown(_ cause: ConnectionStateMachine.Cause, error: DatabaseError?) {
        let reason = handle?.message ?? ""
        let error =
            switch cause {
            case .connectFailed: error ?? connectError(reason.isEmpty ? "no reason given" : reason)
            case .connectTimedOut: connectError("no answer within \(configuration.connectTimeout)")
            case .lost: error ?? DatabaseError(.connectionLost, "\(configuration.displayTarget): \(reason)")
            case .requested: DatabaseError(.connectionLost, "\(configuration.displayTarget): closed by this side")
            }
        closeError = error
        connectTimer?.cancel()
        cancelTimer?.cancel()
        watcher?.close()
        watcher = nil
        handle = nil
        failEverything(error)
        noteSettled()
        if let continuation = connectContinuation {
            connectContinuation = nil
            continuation.resume(throwing: error)
        } else if wasEstablished {
            owner?.connectionDidClose(self, error: cause == .requested ? nil : error)
        }
    }

    private func failEverything(_ error: DatabaseError) {
        for request in pipeline.connectionLost() {
            // The server's last words ("terminating connection due to …") say more than the loss itself.
            var reason = request.failure ?? error
            if reason.statement == nil { reason.statement = request.sql.text }
            request.fail(request.isCancelled ? CancellationError() : reason)
            owner?.connectionDidFinish(request, on: self)
        }
        for request in held { request.fail(error) }
        held = []
        script?.finish(error)
        script = nil
    }

    private func connectError(_ reason: String) -> DatabaseError {
        DatabaseError(.connectFailed, "no connection to \(configuration.displayTarget): \(reason)")
    }
}
