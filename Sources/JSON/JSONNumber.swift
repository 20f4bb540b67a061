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
        var length = 0
        var rest = value
        while rest > 0 {
            length &+= 1
            rest /= 10
        }
        rest = value
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
        if value == 0 {
            if value.sign == .minus { writeByte(UInt8(ascii: "-")) }
            writeByte(UInt8(ascii: "0"))
            return
        }
        if value.magnitude < 9_007_199_254_740_992, value.rounded(.towardZero) == value {
            writeInt(Int(value))
            return
        }
        if value < 0 { writeByte(UInt8(ascii: "-")) }
        let decimal = DecimalDigits(of: value.magnitude)
        let count = decimal.digits.count
        let point = decimal.point
        if count <= point && point <= 21 {
            writeDigits(decimal.digits[...])
            writeZeros(point - count)
        } else if point > 0 && point <= 21 {
            writeDigits(decimal.digits[..<point])
            writeByte(UInt8(ascii: "."))
            writeDigits(decimal.digits[point...])
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
