// Numbers as text, shortest form. The digits of a double come from the standard library (they are the shortest that
// read back to the same value); their layout is ECMAScript's `Number::toString`, which JSON's readers are used to.

extension JSONWriter {
    /// Writes an integer in decimal.
    @inlinable
    public mutating func writeInt(_ value: Int) {
        if value < 0 { writeByte(UInt8(ascii: "-")) }
        writeUInt(value.magnitude)
    }

    /// Writes an unsigned integer in decimal.
    @inlinable
    public mutating func writeUInt(_ value: UInt) {
        reserve(20)
        if value < 10 {
            base[used] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value)
            used &+= 1
            return
        }
        var length = 1
        var limit: UInt = 10
        while value >= limit {
            length &+= 1
            // The next power of ten would not fit.
            if length == 20 { break }
            limit &*= 10
        }
        var rest = value
        var position = used &+ length
        used = position
        while rest > 0 {
            position &-= 1
            let quotient = rest / 10
            base[position] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest &- quotient &* 10)
            rest = quotient
        }
    }

    /// Writes a finite double in the shortest form that reads back to the same value.
    ///
    /// The form is JavaScript's: `1`, `0.1`, `1e+21`, `1e-7`; only `-0` keeps its sign. JSON has no infinities and no
    /// NaN: giving one is a mistake of the caller and traps.
    public mutating func writeDouble(_ value: Double) {
        precondition(value.isFinite, "JSONWriter.writeDouble: JSON cannot express infinities and NaN")
        if value.sign == .minus { writeByte(UInt8(ascii: "-")) }
        let magnitude = value.magnitude
        if magnitude < 9_007_199_254_740_992 {
            let whole = UInt(magnitude)
            if Double(whole) == magnitude { return writeUInt(whole) }
            if writeFixed(magnitude) { return }
        }
        // Here the standard library's form is ours: no exponent, and no `.0` behind an integer.
        if magnitude >= 0.0001 && magnitude < 9_007_199_254_740_992 {
            var text = magnitude.description
            text.withUTF8 { writeRaw($0) }
        } else {
            writeExponential(magnitude)
        }
    }

    /// Writes a number that has at most six decimals and fifteen digits; false for any other.
    ///
    /// No two decimal numbers of so few digits have the same nearest double, and division rounds correctly: so a
    /// quotient equal to the value proves the digits. Most coordinates, shares and prices end here, in a tenth of the
    /// time that the general algorithm takes.
    private mutating func writeFixed(_ magnitude: Double) -> Bool {
        guard magnitude < 1_000_000_000 else { return false }
        let millionths = UInt(magnitude * 1_000_000 + 0.5)
        guard Double(millionths) / 1_000_000 == magnitude else { return false }
        var decimals = millionths % 1_000_000
        writeUInt(millionths / 1_000_000)
        guard decimals > 0 else { return true }
        var length = 6
        while decimals % 10 == 0 {
            decimals /= 10
            length -= 1
        }
        reserve(7)
        base[used] = UInt8(ascii: ".")
        for position in stride(from: used + length, to: used, by: -1) {
            base[position] = UInt8(ascii: "0") + UInt8(decimals % 10)
            decimals /= 10
        }
        used += length + 1
        return true
    }

    /// Writes what is very large or very small.
    private mutating func writeExponential(_ magnitude: Double) {
        let decimal = DecimalDigits(of: magnitude)
        let count = decimal.digits.count
        let point = decimal.point
        if count <= point && point <= 21 {
            writeDigits(decimal.digits[...])
            writeZeros(point - count)
        } else if point > -6 && point <= 0 {
            writeRaw("0.")
            writeZeros(-point)
            writeDigits(decimal.digits[...])
        } else {
            writeDigits(decimal.digits[..<1])
            if count > 1 {
                writeByte(UInt8(ascii: "."))
                writeDigits(decimal.digits[1...])
            }
            writeByte(UInt8(ascii: "e"))
            writeByte(UInt8(ascii: point > 0 ? "+" : "-"))
            writeUInt((point - 1).magnitude)
        }
    }

    private mutating func writeDigits(_ digits: ArraySlice<UInt8>) {
        for digit in digits { writeByte(digit) }
    }

    private mutating func writeZeros(_ count: Int) {
        for _ in 0..<count { writeByte(UInt8(ascii: "0")) }
    }
}

/// The shortest decimal digits of a positive finite double, and where the decimal point lies among them.
private struct DecimalDigits {
    /// ASCII digits, without leading or trailing zeros.
    private(set) var digits: [UInt8] = []
    /// The value is `0.digits × 10^point`.
    private(set) var point = 0

    init(of value: Double) {
        digits.reserveCapacity(17)
        var sawPoint = false
        var integerDigits = 0
        var exponent = 0
        var exponentSign = 1
        var inExponent = false
        for byte in value.description.utf8 {
            switch byte {
            case UInt8(ascii: "."): sawPoint = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"): inExponent = true
            case UInt8(ascii: "-"): exponentSign = -1
            case UInt8(ascii: "+"): break
            default:
                if inExponent {
                    exponent = exponent * 10 + Int(byte - UInt8(ascii: "0"))
                } else {
                    digits.append(byte)
                    if !sawPoint { integerDigits += 1 }
                }
            }
        }
        point = integerDigits + exponentSign * exponent
        let zeros = digits.prefix { $0 == UInt8(ascii: "0") }.count
        digits.removeFirst(zeros)
        point -= zeros
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    }
}
