/// How many connections a pool keeps, and how long anyone waits for one.
public struct PoolConfiguration: Sendable {
    /// Where to connect to.
    public var connection: ConnectionConfiguration
    /// Connections that statements outside transactions share, at most; at least 1.
    public var sharedConnections = 4
    /// Connections for transactions and `withConnection`, at most; at least 1.
    public var exclusiveConnections = 8
    /// How long a statement or transaction waits for a connection.
    public var waitTimeout: Duration = .seconds(5)
    /// A connection that was not used for this long (up to twice of it) is closed; one shared connection stays.
    public var idleLifetime: Duration = .seconds(300)
    /// Delays between attempts to connect again.
    public var backoff = Backoff()

    /// Takes defaults for all but the place.
    public init(connection: ConnectionConfiguration) { self.connection = connection }

    /// Takes defaults for all but the place, given as in `DATABASE_URL`.
    public init(url: String) throws { self.init(connection: try ConnectionConfiguration(url: url)) }
}

/// Growing delays with jitter, so that many clients do not come back at the same moment.
public struct Backoff: Sendable {
    /// The delay before the second attempt.
    public var initial: Duration = .milliseconds(100)
    /// No delay is longer.
    public var maximum: Duration = .seconds(10)

    /// Starts with a tenth of a second and ends at ten seconds.
    public init() {}

    /// Other delays.
    public init(initial: Duration, maximum: Duration) {
        self.initial = initial
        self.maximum = maximum
    }

    /// The delay after an attempt (counted from 1); `random` is from 0 to 1 and takes off up to half of it.
    public func delay(afterAttempt attempt: Int, random: Double) -> Duration {
        let full = min(maximum, initial * (1 << min(max(0, attempt - 1), 20)))
        return full * (1 - 0.5 * min(1, max(0, random)))
    }
}
