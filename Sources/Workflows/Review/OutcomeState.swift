/// How far the check of one review point is.
///
/// The raw values are stored, and are those of the API.
public enum OutcomeState: String, Sendable, Hashable, CaseIterable {
    /// Not begun.
    case pending = "PENDING"
    /// A worker has it, or had it when it died.
    case running = "RUNNING"
    /// Checked. The only state that says anything about the picture.
    case ok = "OK"
    /// What is to be checked does not occur in the picture.
    case skippedIrrelevant = "SKIPPED_IRRELEVANT"
    /// The check could not be made.
    case error = "ERROR"
    /// The check took too long.
    case timeout = "TIMEOUT"
    /// The review ended before.
    case cancelled = "CANCELLED"
    /// No run was asked to check it; people have found something.
    case manual = "MANUAL"

    /// Whether nothing can come after it.
    public var isEnd: Bool { self != .pending && self != .running }
}
