public import EventLoop

/// Measures how late a loop runs what is due: the time that anything else on it has to wait.
///
/// Confined to its loop.
public final class LoopLag: @unchecked Sendable {  // Reason: confined to its loop, which `start` and `stop` check.
    private static let interval = Duration.milliseconds(100)
    private let loop: Loop
    private let cell: HistogramCell
    private var timer: LoopTimer?
    private var last = ContinuousClock.now

    /// A probe that does not run yet.
    public init(loop: Loop, registry: MetricsRegistry) {
        self.loop = loop
        cell = registry.histogram("event_loop_lag_seconds", [("loop", loop.name)])
    }

    /// Begins to measure, ten times a second.
    public func start() {
        loop.preconditionOnLoop("LoopLag.start")
        last = .now
        timer = loop.schedule(after: Self.interval, repeating: Self.interval) { [weak self] in self?.tick() }
    }

    /// Ends.
    public func stop() { timer?.cancel() }

    private func tick() {
        let now = ContinuousClock.now
        cell.record(max(0, (now - last - Self.interval).inSeconds))
        last = now
    }
}
