public import EventLoop

/// The connections of one loop: statements share a few of them, transactions get one of their own.
///
/// Made anywhere, used on its loop only. Call `start()` before the first statement and `stop()` at the end.
public final class ConnectionPool: Queryable, @unchecked Sendable {  // Reason: confined to its loop, checked at entry.
    /// The loop that everything runs on.
    public let loop: Loop
    /// As given.
    public let configuration: PoolConfiguration
    /// Told about every statement that was answered, with the time from the call to the answer; set it on the loop.
    public var onStatement: ((_ text: String, _ duration: Duration) -> Void)?
    /// Called in the task that runs a statement, with its text, before it is sent; what it gives back is called with
    /// how the statement ended.
    ///
    /// For spans; set it on the loop.
    public var willRun: ((_ text: String) -> StatementEnd?)?
    /// How a statement ended: nil, or why it failed.
    public typealias StatementEnd = (_ error: (any Error)?) -> Void
    /// Told about every statement and transaction that had to wait for a connection and got it; set it on the loop.
    public var onWait: ((Duration) -> Void)?

    var machine: PoolStateMachine
    var drivers: [Int: ConnectionDriver] = [:]
    var held = Fifo<HeldStatement>()
    var waiters: [Int: LeaseWaiter] = [:]
    private var lastWaiter = 0
    private var sweeper: LoopTimer?
    /// Why connecting failed last, for those whose wait ends without a connection.
    var lastConnectError: DatabaseError?

    /// Makes a pool that does nothing before `start`.
    public init(loop: Loop, configuration: PoolConfiguration) {
        self.loop = loop
        self.configuration = configuration
        machine = PoolStateMachine(
            sharedLimit: configuration.sharedConnections, exclusiveLimit: configuration.exclusiveConnections)
    }

    /// Makes the first connection; fails with host, port and reason when that is not possible.
    public func start() async throws {
        loop.preconditionOnLoop("ConnectionPool.start")
        guard let id = machine.started() else {
            throw DatabaseError(.notRunning, "the pool was started before")
        }
        let driver = makeDriver(id)
        do {
            try await driver.connect()
        } catch {
            _ = machine.stopped()
            drivers[id] = nil
            throw error
        }
        didConnect(driver)
        sweeper = loop.schedule(after: configuration.idleLifetime, repeating: configuration.idleLifetime) {
            [weak self] in self?.sweep()
        }
    }

    /// Refuses further work, lets what is under way end within `grace`, and closes all connections.
    ///
    /// Idempotent.
    public func stop(grace: Duration = .seconds(5)) async {
        loop.preconditionOnLoop("ConnectionPool.stop")
        sweeper?.cancel()
        let error = DatabaseError(.notRunning, "the pool was stopped")
        for waiter in machine.stopped() { waiters.removeValue(forKey: waiter)?.fail(error) }
        for statement in held.removeAll() { statement.fail(error) }
        let deadline = loop.schedule(after: grace) { [self] in
            for driver in Array(drivers.values) { driver.close() }
        }
        for driver in Array(drivers.values) {
            if !driver.isExclusive { await driver.settled() }
            if !driver.isExclusive || driver.isParked || !driver.isUsable { driver.close() }
        }
        await allClosed()
        deadline.cancel()
    }

    /// Runs a statement as a transaction of its own, on a connection shared with other tasks' statements.
    ///
    /// `begin`, `set` and the like do not belong here: use `withTransaction`, `withConnection` or ``LocalSetting``.
    @discardableResult
    public func query(_ sql: SQL) async throws -> RowSet {
        loop.preconditionOnLoop("ConnectionPool.query")
        let request = StatementRequest(sql, preludes: LocalSetting.preludes, isAutocommit: true)
        try request.checkSize()
        if onStatement != nil { request.startedAt = .now }
        if let willRun { request.didEnd = willRun(sql.text) }
        return try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { continuation in
                if request.wait(continuation) { submit(request) }
            }
        } onCancel: {
            loop.execute { self.cancel(request) }
        }
    }

    /// Lends a connection; it comes back when the closure ends, without any open transaction.
    @discardableResult
    public func withConnection<T>(_ body: (Connection) async throws -> T) async throws -> T {
        let driver = try await acquire()
        let connection = Connection(driver)
        do {
            let value = try await body(connection)
            connection.end()
            await release(driver)
            return value
        } catch {
            connection.end()
            await release(driver)
            throw error
        }
    }

    /// What the pool has and who waits, for metrics.
    public var statistics: PoolStatistics {
        loop.preconditionOnLoop("ConnectionPool.statistics")
        return PoolStatistics(
            openConnections: machine.slots.count { $0.phase == .ready || $0.phase == .leased },
            leasedConnections: machine.slots.count { $0.phase == .leased },
            statementsUnderWay: machine.slots.reduce(0) { $0 + $1.load }, waiting: machine.waitingCount)
    }

    func nextWaiterID() -> Int {
        lastWaiter += 1
        return lastWaiter
    }

    private var closeWaiters: [UnsafeContinuation<Void, Never>] = []

    private func allClosed() async {
        await withUnsafeContinuation { continuation in
            if drivers.isEmpty { return continuation.resume() }
            closeWaiters.append(continuation)
        }
    }

    func didRemoveDriver() {
        guard drivers.isEmpty else { return }
        let waiting = closeWaiters
        closeWaiters = []
        for waiter in waiting { waiter.resume() }
    }
}

/// A look at a pool.
public struct PoolStatistics: Sendable, Equatable {
    /// Connections that are up.
    public var openConnections: Int
    /// Connections in the hands of a transaction or a `withConnection`.
    public var leasedConnections: Int
    /// Statements on shared connections whose answer has not come.
    public var statementsUnderWay: Int
    /// Statements and transactions that wait for a connection.
    public var waiting: Int
}
