/// For how long a worker may hold a job without a sign of life, and how often it gives one.
///
/// All times are counted by the database's clock; the clocks of the workers do not matter.
public struct Lease: Sendable, Hashable {
    /// After this time without a heartbeat another worker takes the job.
    ///
    /// A restart after `kill -9` waits this long.
    public var duration: Duration
    /// How often the worker extends its leases.
    public var heartbeat: Duration

    /// Makes a lease; the heartbeat has to fit several times, so that one lost packet costs no job.
    public init(duration: Duration = .seconds(15), heartbeat: Duration = .seconds(4)) {
        precondition(heartbeat * 2 < duration, "a lease must outlive two heartbeats")
        self.duration = duration
        self.heartbeat = heartbeat
    }
}
