import Synchronization

/// Several loops, one thread each, started and stopped together.
public final class LoopGroup: Sendable {
    /// The loops, in the order of their start.
    public let loops: [Loop]
    private let turn = Atomic<Int>(0)

    /// Makes `count` (at least 1) loops named `loop-0`, `loop-1`, …; none runs before `start`.
    public init(count: Int, watchdog: LoopWatchdog = LoopWatchdog()) throws {
        precondition(count > 0, "A LoopGroup needs at least one loop")
        loops = try (0..<count).map { try Loop(name: "loop-\($0)", watchdog: watchdog) }
    }

    /// The loops in turn, for spreading what does not care where it runs.
    public func next() -> Loop {
        loops[turn.wrappingAdd(1, ordering: .relaxed).oldValue % loops.count]
    }

    /// Starts every loop.
    public func start() throws {
        for loop in loops { try loop.start() }
    }

    /// Stops every loop, the last started first.
    public func stop() async {
        for loop in loops.reversed() { await loop.stop() }
    }
}
