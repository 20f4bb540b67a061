import CoreMetrics
import Synchronization

// What swift-metrics' handles write into: atomics only, so that an event costs no lock on any thread.

/// A counter's number.
///
/// Counters of whole events and of fractions (CPU seconds) share it.
final class CounterCell: CounterHandler, FloatingPointCounterHandler {
    private let bits = Atomic<UInt64>(Double(0).bitPattern)

    var value: Double { Double(bitPattern: bits.load(ordering: .relaxed)) }

    func increment(by amount: Int64) { bits.add(Double(amount)) }
    func increment(by amount: Double) { bits.add(amount) }
    func reset() { bits.store(Double(0).bitPattern, ordering: .relaxed) }

    /// Takes over the value of a counter that somebody else keeps, the kernel for instance.
    func follow(_ value: Double) { bits.store(value.bitPattern, ordering: .relaxed) }
}

/// A gauge's number.
final class GaugeCell: MeterHandler, RecorderHandler {
    private let bits = Atomic<UInt64>(Double(0).bitPattern)

    var value: Double { Double(bitPattern: bits.load(ordering: .relaxed)) }

    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { bits.store(value.bitPattern, ordering: .relaxed) }
    func increment(by amount: Double) { bits.add(amount) }
    func decrement(by amount: Double) { bits.add(-amount) }
    func record(_ value: Int64) { set(Double(value)) }
    func record(_ value: Double) { set(value) }
}

/// A histogram's buckets and sum.
final class HistogramCell: RecorderHandler, TimerHandler {
    /// A look at a histogram.
    struct Snapshot {
        /// How many observations fell into each bucket and those below it; the last is all.
        var cumulative: [Int]
        var sum: Double
    }

    private let bounds: [Double]
    /// One more than there are bounds. Allocated by hand because an `Atomic` cannot be an array's element.
    // Sendable for what is in it: atomics, whose place does not change until deinit.
    nonisolated(unsafe) private let counts: UnsafeMutableBufferPointer<Atomic<Int>>
    private let sumBits = Atomic<UInt64>(Double(0).bitPattern)

    init(bounds: [Double]) {
        self.bounds = bounds
        counts = .allocate(capacity: bounds.count + 1)
        for index in counts.indices { counts.initializeElement(at: index, to: Atomic(0)) }
    }

    deinit {
        counts.deinitialize()
        counts.deallocate()
    }

    func record(_ value: Int64) { record(Double(value)) }
    func recordNanoseconds(_ duration: Int64) { record(Double(duration) * 1e-9) }

    func record(_ value: Double) {
        // At most fourteen comparisons, and most observations are small: a search by halves gains nothing.
        let index = bounds.firstIndex { value <= $0 } ?? bounds.count
        counts[index].wrappingAdd(1, ordering: .relaxed)
        sumBits.add(value)
    }

    var snapshot: Snapshot {
        var total = 0
        let cumulative = counts.indices.map { index in
            total += counts[index].load(ordering: .relaxed)
            return total
        }
        return Snapshot(cumulative: cumulative, sum: Double(bitPattern: sumBits.load(ordering: .relaxed)))
    }
}

extension Atomic where Value == UInt64 {
    /// Adds to the Double whose bits are stored here.
    fileprivate borrowing func add(_ amount: Double) {
        var old = load(ordering: .relaxed)
        while true {
            let new = (Double(bitPattern: old) + amount).bitPattern
            let (exchanged, original) = weakCompareExchange(expected: old, desired: new, ordering: .relaxed)
            if exchanged { return }
            old = original
        }
    }
}
