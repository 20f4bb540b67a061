/// The text form of RFC 3339 §5.6, always in UTC with "Z".
extension Timestamp: CustomStringConvertible {
    /// The longest text `withRFC3339` hands out.
    public static let maximumTextLength = 32

    /// The text, for example `2026-08-20T10:00:00.123456Z`; the fraction is left out when it is zero.
    public var description: String { withRFC3339 { String(decoding: $0, as: UTF8.self) } }

    /// Lends the text as ASCII bytes, without making a `String`.
    ///
    /// The fraction has three digits if that is exact, else six. The infinities are Postgres's words.
    public func withRFC3339<R>(_ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows -> R {
        try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.maximumTextLength) { buffer in
            let count = write(into: buffer)
            return try body(UnsafeBufferPointer(rebasing: UnsafeBufferPointer(buffer)[..<count]))
        }
    }

    private func write(into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
        guard isFinite else {
            let word = self == .infinity ? "infinity" : "-infinity"
            return buffer.update(fromContentsOf: word.utf8)
        }
        var writer = DigitWriter(buffer: buffer)
        let (days, inDay) = floorDivide(microseconds, 86_400_000_000)
        let (year, month, day) = Self.civil(fromDays: days + 10_957)
        if year > 9999 || year < 0 {
            // Outside RFC 3339; kept readable and unambiguous as in ISO 8601 with an expanded year.
            writer.put(year < 0 ? "-" : "+")
            writer.put(abs(year), digits: 6)
        } else {
            writer.put(year, digits: 4)
        }
        writer.put("-")
        writer.put(month, digits: 2)
        writer.put("-")
        writer.put(day, digits: 2)
        writer.put("T")
        let seconds = inDay / 1_000_000
        writer.put(seconds / 3600, digits: 2)
        writer.put(":")
        writer.put(seconds / 60 % 60, digits: 2)
        writer.put(":")
        writer.put(seconds % 60, digits: 2)
        let fraction = inDay % 1_000_000
        if fraction != 0 {
            writer.put(".")
            if fraction % 1000 == 0 {
                writer.put(fraction / 1000, digits: 3)
            } else {
                writer.put(fraction, digits: 6)
            }
        }
        writer.put("Z")
        return writer.count
    }

    /// Reads RFC 3339 §5.6 `date-time`, with any offset; nil when the text is none or the day does not exist.
    ///
    /// More than six digits of fraction are cut off. A leap second counts as the first second of the next minute.
    public init?(_ text: some StringProtocol) {
        var copy = String(text)
        guard let value = copy.withUTF8({ Timestamp(rfc3339: $0) }) else { return nil }
        self = value
    }

    /// Reads RFC 3339 §5.6 from ASCII bytes; nil when they are none.
    public init?(rfc3339 bytes: UnsafeBufferPointer<UInt8>) {
        var reader = DigitReader(bytes: bytes)
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"),
            let day = reader.number(2), reader.take("T", or: "t"), let hour = reader.number(2), reader.take(":"),
            let minute = reader.number(2), reader.take(":"), let second = reader.number(2),
            1...12 ~= month, 1...Self.daysInMonth(month, of: year) ~= day, hour < 24, minute < 60, second <= 60
        else { return nil }
        var fraction: Int64 = 0
        if reader.take(".") {
            guard let value = reader.fraction() else { return nil }
            fraction = value
        }
        var offset: Int64 = 0
        if !reader.take("Z", or: "z") {
            let isNegative = reader.take("-")
            guard isNegative || reader.take("+"), let hours = reader.number(2), reader.take(":"),
                let minutes = reader.number(2), hours < 24, minutes < 60
            else { return nil }
            offset = (hours * 60 + minutes) * (isNegative ? -60 : 60)
        }
        guard reader.isAtEnd else { return nil }
        let days = Self.days(year: year, month: month, day: day) - 10_957
        let seconds = days * 86_400 + hour * 3600 + minute * 60 + second - offset
        self.init(microseconds: seconds * 1_000_000 + fraction)
    }

    private static func daysInMonth(_ month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970-01-01 in the proleptic Gregorian calendar.
    ///
    /// The year is counted from March, so that the leap day is its last.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = floorDivide(shifted, 400)
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func civil(fromDays days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = floorDivide(days + 719_468, 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }
}

private func floorDivide(_ value: Int64, _ divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
}

private struct DigitWriter {
    let buffer: UnsafeMutableBufferPointer<UInt8>
    var count = 0

    mutating func put(_ scalar: Unicode.Scalar) {
        buffer[count] = UInt8(truncatingIfNeeded: scalar.value)
        count += 1
    }

    mutating func put(_ value: Int64, digits: Int) {
        var rest = value
        for index in stride(from: count + digits - 1, through: count, by: -1) {
            buffer[index] = UInt8(truncatingIfNeeded: 48 + rest % 10)
            rest /= 10
        }
        count += digits
    }
}

private struct DigitReader {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0

    var isAtEnd: Bool { position == bytes.count }

    mutating func take(_ scalar: Unicode.Scalar, or other: Unicode.Scalar? = nil) -> Bool {
        guard position < bytes.count else { return false }
        let byte = UInt32(bytes[position])
        guard byte == scalar.value || byte == other?.value else { return false }
        position += 1
        return true
    }

    mutating func digit() -> Int64? {
        guard position < bytes.count, 48...57 ~= bytes[position] else { return nil }
        defer { position += 1 }
        return Int64(bytes[position]) - 48
    }

    mutating func number(_ digits: Int) -> Int64? {
        var value: Int64 = 0
        for _ in 0..<digits {
            guard let next = digit() else { return nil }
            value = value * 10 + next
        }
        return value
    }

    /// Microseconds of a fraction of any length, at least one digit.
    mutating func fraction() -> Int64? {
        guard var value = digit() else { return nil }
        var digits = 1
        while let next = digit() {
            if digits < 6 {
                value = value * 10 + next
                digits += 1
            }
        }
        while digits < 6 {
            value *= 10
            digits += 1
        }
        return value
    }
}
