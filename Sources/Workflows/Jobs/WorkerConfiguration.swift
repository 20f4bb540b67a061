public import Database

/// What a worker may take on.
public struct WorkerConfiguration: Sendable {
    /// Names the machine or data directory; a process of its own is told apart by a random part.
    public var node: String
    /// How many jobs run at once.
    public var maximumJobs: Int
    /// How long jobs are held without a sign of life.
    public var lease: Lease
    /// How long failed jobs wait.
    public var backoff: Backoff
    /// How often the worker looks for jobs and cancellations when no notification comes.
    ///
    /// A cancellation is seen within this time even if the notification is lost.
    public var pollInterval: Duration
    /// Whether to take over at once what an earlier process of the same node held.
    ///
    /// Only where two processes never have the same node name at once: the owner of a data directory.
    public var ownsNode: Bool

    /// Makes a configuration.
    public init(
        node: String, maximumJobs: Int = 2, lease: Lease = Lease(),
        backoff: Backoff = Backoff(initial: .seconds(1), maximum: .seconds(300)),
        pollInterval: Duration = .seconds(1), ownsNode: Bool = false
    ) {
        precondition(maximumJobs > 0, "a worker without room for a job does nothing")
        self.node = node
        self.maximumJobs = maximumJobs
        self.lease = lease
        self.backoff = backoff
        self.pollInterval = pollInterval
        self.ownsNode = ownsNode
    }
}
