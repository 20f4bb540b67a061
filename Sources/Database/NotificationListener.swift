public import EventLoop

/// Listens on channels with a connection of its own, which it makes anew whenever it is lost.
///
/// Notifications sent while there was no connection are lost: on `.connected(isReconnection: true)` the receiver must
/// look into its table for what it missed. Does not work through a pooler in transaction mode.
public final class NotificationListener: @unchecked Sendable {  // Reason: confined to its loop, checked at entry.
    /// What the receiver is told, in order, on the loop.
    public enum Event: Sendable {
        /// All channels are listened to. After a reconnection, something may have been missed before this.
        case connected(isReconnection: Bool)
        /// A `NOTIFY`.
        case notification(Notification)
        /// The connection is lost; the next one is being made.
        case disconnected(DatabaseError)
    }

    private let loop: Loop
    private let configuration: ConnectionConfiguration
    private let channels: [String]
    private let backoff: Backoff
    private let handler: (Event) -> Void
    private var driver: ConnectionDriver?
    private var reconnection: Task<Void, Never>?
    private var isRunning = false
    private var connections = 0

    /// Makes a listener that does nothing before `start`.
    ///
    /// The handler runs on the loop.
    public init(
        loop: Loop, configuration: ConnectionConfiguration, channels: [String], backoff: Backoff = Backoff(),
        handler: @escaping (Event) -> Void
    ) {
        self.loop = loop
        self.configuration = configuration
        self.channels = channels
        self.backoff = backoff
        self.handler = handler
    }

    /// Connects and listens; fails with host, port and reason when that is not possible.
    public func start() async throws {
        loop.preconditionOnLoop("NotificationListener.start")
        guard !isRunning else { throw DatabaseError(.notRunning, "the listener was started before") }
        isRunning = true
        do {
            try await connect()
        } catch {
            isRunning = false
            throw error
        }
    }

    /// Ends the connection and any attempt to make one.
    ///
    /// Idempotent.
    public func stop() async {
        loop.preconditionOnLoop("NotificationListener.stop")
        isRunning = false
        let reconnection = reconnection
        self.reconnection = nil
        reconnection?.cancel()
        driver?.close()
        driver = nil
        await reconnection?.value
    }

    private func connect() async throws {
        let driver = ConnectionDriver(id: connections, loop: loop, configuration: configuration)
        driver.owner = self
        try await driver.connect()
        do {
            for channel in channels {
                let listen = SQL(unsafeText: "listen \(SQL.quotedIdentifier(channel))")
                _ = try await driver.run(
                    StatementRequest(listen, isAutocommit: false, isInternal: true), isCancellable: false)
            }
            guard isRunning else { throw DatabaseError(.notRunning, "the listener was stopped") }
        } catch {
            driver.owner = nil
            driver.close()
            throw error
        }
        self.driver = driver
        connections += 1
        handler(.connected(isReconnection: connections > 1))
    }

    private func reconnect() async {
        var attempt = 0
        while isRunning {
            attempt += 1
            do {
                try await loop.sleep(for: backoff.delay(afterAttempt: attempt, random: .random(in: 0...1)))
                return try await connect()
            } catch is CancellationError {
                return
            } catch {
                // The next attempt comes after a longer delay; the receiver knows that there is no connection.
                continue
            }
        }
    }
}

extension NotificationListener: ConnectionOwner {
    var measuresStatements: Bool { false }

    func willRun(_ text: String) -> ConnectionPool.StatementEnd? { nil }

    func connectionDidFinish(_ request: StatementRequest, on connection: ConnectionDriver) {}

    func connectionDidReceive(_ notification: Notification, on connection: ConnectionDriver) {
        if isRunning { handler(.notification(notification)) }
    }

    func connectionDidClose(_ connection: ConnectionDriver, error: DatabaseError?) {
        guard isRunning, connection === driver, let error else { return }
        driver = nil
        handler(.disconnected(error))
        reconnection = loop.spawn { await self.reconnect() }
    }
}
