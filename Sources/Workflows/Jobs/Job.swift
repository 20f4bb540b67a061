public import FoundationEssentials
public import JSON

/// A job that this worker has claimed and holds the lease of.
public struct Job: Sendable, Hashable {
    /// The row's id.
    public let id: UUID
    /// What to do.
    public let kind: JobKind
    /// What it is about; with the kind unique over all jobs.
    public let key: String
    /// What the kind needs to know beyond the key.
    public let payload: JSONValue
    /// 1 for the first attempt.
    public let attempt: Int
    /// After how many attempts the job is buried.
    public let maximumAttempts: Int
    /// Names this claim.
    ///
    /// A write of the job is made only while the row still has it.
    public let leaseToken: UUID
    /// Whether somebody has asked to end the job, be it before this claim.
    public let isCancelRequested: Bool

    /// Makes a claimed job.
    public init(
        id: UUID, kind: JobKind, key: String, payload: JSONValue, attempt: Int, maximumAttempts: Int, leaseToken: UUID,
        isCancelRequested: Bool
    ) {
        self.id = id
        self.kind = kind
        self.key = key
        self.payload = payload
        self.attempt = attempt
        self.maximumAttempts = maximumAttempts
        self.leaseToken = leaseToken
        self.isCancelRequested = isCancelRequested
    }
}
