// RFC 3339 section 5.6, read strictly: whatever comes from a client is one moment or nothing.

extension DateTimeScalar {
    /// Reads an RFC 3339 date-time such as `2026-11-23T14:54:00.5+09:00`; nil if it is anything else.
    ///
    /// `T` and `Z` are capitals. Decimals behind the sixth are cut off. Refused are the offset `-00:00`, which says that
    /// the offset is unknown, and the second 60, which has no place in POSIX time.
    public init?(_ text: some StringProtocol) {
        var reader = DateTimeReader(Array(text.utf8.prefix(DateTimeReader.maximumBytes + 1)))
        guard let value = reader.dateTime() else { return nil }
        self = value
    }
}

/// A cursor over the bytes of a date-time.
private struct DateTimeReader {
    /// Longer texts are refused unread.
    static let maximumBytes = 64

    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func dateTime() -> DateTimeScalar? {
        guard bytes.count <= Self.maximumBytes,
            let year = number(digits: 4), take("-"), let month = number(digits: 2), take("-"),
            let day = number(digits: 2), take("T"),
            let hour = number(digits: 2), hour < 24, take(":"), let minute = number(digits: 2), minute < 60, take(":"),
            let second = number(digits: 2), second < 60,
            let fraction = fraction(), let offset = offset(), position == bytes.count,
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        let seconds = date.daysSince1970 * 86_400 + hour * 3_600 + minute * 60 + second - offset
        let moment = DateTimeScalar(microseconds: seconds * 1_000_000 + fraction)
        // An offset can move the first and the last hours of the calendar out of it.
        return moment >= .earliest && moment <= .latest ? moment : nil
    }

    /// `.` and digits, or nothing; in microseconds.
    private mutating func fraction() -> Int64? {
        guard take(".") else { return 0 }
        var value: Int64 = 0
        var count = 0
        while position < bytes.count, let digit = digit(bytes[position]) {
            if count < 6 { value = value * 10 + digit }
            count += 1
            position += 1
        }
        guard count > 0 else { return nil }
        for _ in min(count, 6)..<6 { value *= 10 }
        return value
    }

    /// `Z`, or sign, hours and minutes; in seconds.
    private mutating func offset() -> Int64? {
        if take("Z") { return 0 }
        let isNegative = take("-")
        guard isNegative || take("+"), let hours = number(digits: 2), hours < 24, take(":"),
            let minutes = number(digits: 2), minutes < 60
        else { return nil }
        let seconds = hours * 3_600 + minutes * 60
        if isNegative { return seconds == 0 ? nil : -seconds }
        return seconds
    }

    private mutating func number(digits count: Int) -> Int64? {
        guard position + count <= bytes.count else { return nil }
        var value: Int64 = 0
        for byte in bytes[position..<position + count] {
            guard let digit = digit(byte) else { return nil }
            value = value * 10 + digit
        }
        position += count
        return value
    }

    private func digit(_ byte: UInt8) -> Int64? {
        byte &- UInt8(ascii: "0") < 10 ? Int64(byte - UInt8(ascii: "0")) : nil
    }

    private mutating func take(_ expected: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: expected) else { return false }
        position += 1
        return true
    }
}
