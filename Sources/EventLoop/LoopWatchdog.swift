import Synchronization

/// One occasion on which something kept a loop from serving anybody else.
public struct LoopHold: Sendable {
    /// The loop's name.
    public let loop: String
    /// What was running: a job, a timer, a readiness handler, a library's callback.
    public let what: StaticString
    /// The last `Loop.note` of what was running, if it left one.
    public let note: StaticString?
    /// How long it ran.
    public let duration: Duration
}

/// Notices whoever holds a loop for too long, counts it and reports it.
///
/// One watchdog may serve several loops. The report runs on the loop that was held, right after the fact.
public final class LoopWatchdog: Sendable {
    /// From this time on, running is holding.
    public let threshold: Duration
    private let thresholdNanoseconds: UInt64
    private let report: @Sendable (LoopHold) -> Void
    private let counter = Atomic<Int>(0)

    /// A watchdog with its limit (50 ms unless told) and what to do with what it catches (log a warning).
    public init(threshold: Duration = .milliseconds(50), report: @escaping @Sendable (LoopHold) -> Void = { _ in }) {
        self.threshold = threshold
        self.thresholdNanoseconds = threshold.wholeNanoseconds
        self.report = report
    }

    /// How often a loop was held since the start; for the metrics, from any thread.
    public var holds: Int { counter.load(ordering: .relaxed) }

    /// Judges one stretch of running, given the loop's clock before and after it.
    func ran(from start: UInt64, to end: UInt64, loop: String, what: StaticString, note: StaticString?) {
        guard end &- start >= thresholdNanoseconds else { return }
        counter.add(1, ordering: .relaxed)
        report(LoopHold(loop: loop, what: what, note: note, duration: .nanoseconds(Int64(clamping: end &- start))))
    }
}
