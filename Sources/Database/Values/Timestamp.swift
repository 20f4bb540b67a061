import Glibc

/// A moment in UTC, as Postgres's `timestamptz` holds it: microseconds since 2000-01-01T00:00:00Z.
///
/// The greatest and the least value are Postgres's `infinity` and `-infinity`.
public struct Timestamp: Sendable, Hashable, Comparable, PostgresArrayElement {
    /// Microseconds since 2000-01-01T00:00:00Z.
    public var microseconds: Int64

    /// Postgres's `infinity`, later than every other.
    public static let infinity = Timestamp(microseconds: .max)
    /// Postgres's `-infinity`, earlier than every other.
    public static let negativeInfinity = Timestamp(microseconds: .min)

    /// Seconds from the Unix epoch to Postgres's.
    static let unixOffset: Int64 = 946_684_800

    /// Takes microseconds since 2000-01-01T00:00:00Z.
    public init(microseconds: Int64) { self.microseconds = microseconds }

    /// Takes microseconds since 1970-01-01T00:00:00Z.
    public init(unixMicroseconds: Int64) { self.microseconds = unixMicroseconds - Self.unixOffset * 1_000_000 }

    /// Takes seconds since 1970-01-01T00:00:00Z.
    public init(unixSeconds: Int64) { self.init(unixMicroseconds: unixSeconds * 1_000_000) }

    /// Microseconds since 1970-01-01T00:00:00Z.
    public var unixMicroseconds: Int64 { microseconds &+ Self.unixOffset * 1_000_000 }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    public var unixSeconds: Int64 {
        let value = unixMicroseconds
        return value / 1_000_000 - (value % 1_000_000 < 0 ? 1 : 0)
    }

    /// The system's clock now.
    public static func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(unixMicroseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }

    /// Whether it is neither of the infinities.
    public var isFinite: Bool { self != .infinity && self != .negativeInfinity }

    /// The earlier comes first.
    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.microseconds < right.microseconds }

    /// A later moment (or an earlier one, for a negative duration); whole microseconds.
    public static func + (left: Timestamp, right: Duration) -> Timestamp {
        let (seconds, attoseconds) = right.components
        return Timestamp(microseconds: left.microseconds + seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
    }

    /// An earlier moment.
    public static func - (left: Timestamp, right: Duration) -> Timestamp { left + (.zero - right) }

    /// The time between two moments.
    public static func - (left: Timestamp, right: Timestamp) -> Duration {
        .microseconds(left.microseconds - right.microseconds)
    }

    /// The type a parameter of this is declared with.
    public static var postgresType: PostgresType { .timestamptz }
    /// The type of an array of these.
    public static var postgresArrayType: PostgresType { .timestamptzArray }
    /// Appends the binary format.
    public func encode(into buffer: inout ParameterBuffer) { buffer.append(integer: microseconds) }
}
