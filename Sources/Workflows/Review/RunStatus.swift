/// How far a run (a review or an export) is.
///
/// The raw values are stored, and are those of the API.
public enum RunStatus: String, Sendable, Hashable, CaseIterable {
    /// Waits for a worker. Can transition to: `processing`, `failed`, `cancelled`.
    case pending = "PENDING"
    /// A worker has it. Can transition to: `completed`, `failed`, `cancelled`.
    case processing = "PROCESSING"
    /// Done. Can transition to: nothing.
    case completed = "COMPLETED"
    /// Given up. Can transition to: nothing.
    case failed = "FAILED"
    /// Ended by a person. Can transition to: nothing.
    case cancelled = "CANCELLED"

    /// Whether nothing can come after it.
    public var isEnd: Bool {
        switch self {
        case .pending, .processing: false
        case .completed, .failed, .cancelled: true
        }
    }
}
