// The scalar DateTime: a moment as Postgres and the clocks have it, written without a formatter.

public import GraphQL
public import JSON

/// A value of the scalar `DateTime`: a moment in microseconds.
///
/// Leap seconds don't exist here, as they don't in Postgres and in POSIX time.
public struct DateTimeScalar: Hashable, Sendable, BitwiseCopyable {
    /// Microseconds since 1970-01-01T00:00:00Z; negative before.
    public let microseconds: Int64

    /// The first moment that RFC 3339 can write: the beginning of the year 0000.
    public static let earliest = DateTimeScalar(microseconds: -62_167_219_200_000_000)
    /// The last moment that RFC 3339 can write: the end of the year 9999.
    public static let latest = DateTimeScalar(microseconds: 253_402_300_799_999_999)

    /// Makes a moment from microseconds since 1970-01-01T00:00:00Z.
    @inlinable
    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }
}

extension DateTimeScalar: Comparable {
    /// Orders by time.
    @inlinable
    public static func < (left: DateTimeScalar, right: DateTimeScalar) -> Bool {
        left.microseconds < right.microseconds
    }
}

extension DateTimeScalar {
    /// How many bytes ``writeText(to:)`` writes: `2026-11-23T14:54:00.123456Z`.
    @usableFromInline static var textLength: Int { 27 }

    /// Puts the text in UTC with six decimals into `buffer`, which must have room for it.
    ///
    /// The moment must lie between ``earliest`` and ``latest``.
    @usableFromInline
    func writeText(to buffer: UnsafeMutableBufferPointer<UInt8>) {
        let (day, time) = microseconds.floorDivided(by: 86_400_000_000)
        let date = CivilDate(daysSince1970: day)
        var place = 0
        func put(_ value: Int64, width: Int, then separator: Unicode.Scalar) {
            var rest = value
            for digit in stride(from: place + width - 1, through: place, by: -1) {
                buffer[digit] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
            }
            buffer[place + width] = UInt8(ascii: separator)
            place += width + 1
        }
        put(date.year, width: 4, then: "-")
        put(date.month, width: 2, then: "-")
        put(date.day, width: 2, then: "T")
        put(time / 3_600_000_000, width: 2, then: ":")
        put(time / 60_000_000 % 60, width: 2, then: ":")
        put(time / 1_000_000 % 60, width: 2, then: ".")
        put(time % 1_000_000, width: 6, then: "Z")
    }
}

extension DateTimeScalar: LeafValue {
    /// Writes RFC 3339 in UTC with six decimals; throws for moments outside the years 0000 to 9999.
    @inlinable
    public func write(to out: inout ResponseWriter) throws(FieldError) {
        guard self >= .earliest && self <= .latest else {
            throw FieldError(
                "DateTime cannot represent a moment outside the years 0000 to 9999", code: .internalServerError)
        }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.textLength + 2) { buffer in
            buffer[0] = UInt8(ascii: "\"")
            writeText(to: UnsafeMutableBufferPointer(rebasing: buffer[1...Self.textLength]))
            buffer[Self.textLength + 1] = UInt8(ascii: "\"")
            out.json.writeRaw(UnsafeBufferPointer(buffer))
        }
    }
}

extension DateTimeScalar: CustomStringConvertible {
    /// RFC 3339 in UTC with six decimals, or for moments that it can't write the number of microseconds.
    public var description: String {
        guard self >= .earliest && self <= .latest else { return "\(microseconds) µs since 1970" }
        return String(unsafeUninitializedCapacity: Self.textLength) { buffer in
            writeText(to: buffer)
            return Self.textLength
        }
    }
}

extension DateTimeScalar: InputDecodable {
    /// Takes RFC 3339 with an offset.
    public init(input: InputValue) throws {
        guard case .string(let text) = input, let value = DateTimeScalar(text) else {
            throw InputDecodingError("expected a DateTime such as \"2026-11-23T14:54:00Z\"")
        }
        self = value
    }
}
