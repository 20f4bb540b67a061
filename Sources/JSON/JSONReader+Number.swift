// Numbers: RFC 8259 §6.

extension JSONReader {
    mutating func readNumber() throws(JSONError) -> JSONValue {
        let start = position
        let isInteger = try passNumber()
        let text = bytes[start..<position]
        if isInteger {
            if let value = Self.integer(text) { return .int(value) }
            let string = String(decoding: text, as: UTF8.self)
            return string == "-0" ? .double(-0.0) : .numberText(string)
        }
        let string = String(decoding: text, as: UTF8.self)
        if let value = Double(string), value.isFinite { return .double(value) }
        return .numberText(string)
    }

    /// Passes a number and checks its form; returns whether it has neither fraction nor exponent.
    mutating func passNumber() throws(JSONError) -> Bool {
        let start = position
        var isInteger = true
        if current == UInt8(ascii: "-") { position += 1 }
        guard let first = current, isDigit(first) else {
            if position == start { throw unexpected("a value") }
            throw invalidNumber("a digit must follow the sign")
        }
        position += 1
        if first == UInt8(ascii: "0") {
            if let next = current, isDigit(next) { throw invalidNumber("a leading zero is not allowed") }
        } else {
            passDigits()
        }
        if current == UInt8(ascii: ".") {
            isInteger = false
            position += 1
            guard let next = current, isDigit(next) else { throw invalidNumber("a digit must follow the point") }
            passDigits()
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            isInteger = false
            position += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
            guard let next = current, isDigit(next) else { throw invalidNumber("the exponent needs a digit") }
            passDigits()
        }
        return isInteger
    }

    private mutating func passDigits() {
        while let byte = current, isDigit(byte) { position += 1 }
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    private func invalidNumber(_ reason: String) -> JSONError {
        JSONError(.invalidNumber, "Not a number: \(reason).", at: position, in: bytes)
    }

    /// The value of checked digits, nil if it does not fit or is `-0`.
    private static func integer(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Int64? {
        let isNegative = text.first == UInt8(ascii: "-")
        var value: Int64 = 0
        for byte in isNegative ? text.dropFirst() : text {
            let (scaled, overflow) = value.multipliedReportingOverflow(by: 10)
            let digit = Int64(byte - UInt8(ascii: "0"))
            let (sum, carry) =
                isNegative ? scaled.subtractingReportingOverflow(digit) : scaled.addingReportingOverflow(digit)
            if overflow || carry { return nil }
            value = sum
        }
        return isNegative && value == 0 ? nil : value
    }
}
