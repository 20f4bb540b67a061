/// What a collector's answer means for a batch (OTLP §Failures).
enum ExportOutcome: Hashable {
    /// It has it; `rejected` spans it did not like, which are not sent again.
    case accepted(rejected: Int)
    /// It will never take it.
    case dropped
    /// Later, at the earliest after this long; nil: when the sender sees fit.
    case retry(after: Duration?)

    /// Judges an answer.
    init(status: Int, retryAfter: String?, rejected: Int) {
        switch status {
        case 200..<300: self = .accepted(rejected: rejected)
        case 429, 502, 503, 504: self = .retry(after: retryAfter.flatMap(Int.init).map { .seconds(max(0, $0)) })
        default: self = .dropped
        }
    }

    /// How long to wait before attempt `attempt` (counted from 1 for the first repetition).
    static func delay(beforeRetry attempt: Int, asked: Duration?, random: Double) -> Duration {
        if let asked { return min(asked, .seconds(60)) }
        let full = Duration.milliseconds(min(30_000, 500 << min(attempt, 10)))
        return full * (0.5 + 0.5 * min(1, max(0, random)))
    }
}
