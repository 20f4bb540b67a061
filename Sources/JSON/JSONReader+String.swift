// Strings: RFC 8259 §7. A string without escapes is one validation and one copy.

extension JSONReader {
    /// Reads the string whose opening quote lies under the cursor.
    mutating func readString() throws(JSONError) -> String {
        let start = position + 1
        let hasEscapes = try passString()
        let content = UnsafeBufferPointer(rebasing: bytes[start..<position - 1])
        if !hasEscapes { return String(decoding: content, as: UTF8.self) }
        return String(decoding: Self.unescape(content), as: UTF8.self)
    }

    /// Passes a string and checks it wholly: control characters, escapes, surrogate pairs, UTF-8.
    ///
    /// Returns whether it holds escapes.
    mutating func passString() throws(JSONError) -> Bool {
        position += 1
        var hasEscapes = false
        while true {
            passPlainASCII()
            guard let byte = current else { throw unexpected("the closing quote") }
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return hasEscapes
            case UInt8(ascii: "\\"):
                hasEscapes = true
                try passEscape()
            case 0..<0x20:
                throw JSONError(.controlCharacter, "A string holds a bare control character.", at: position, in: bytes)
            case 0x80...:
                try passMultibyte()
            default:
                position += 1
            }
        }
    }

    private mutating func passPlainASCII() {
        guard let start = bytes.baseAddress else { return }
        while bytes.count - position >= 8 {
            let word = UInt64(littleEndian: UnsafeRawPointer(start + position).loadUnaligned(as: UInt64.self))
            let stop = JSONSpecialBytes.mask(in: word) | (word & 0x8080_8080_8080_8080)
            if stop != 0 {
                position += stop.trailingZeroBitCount >> 3
                return
            }
            position += 8
        }
    }

    /// Passes one scalar above ASCII; the ranges are table 3-7 of the Unicode standard.
    private mutating func passMultibyte() throws(JSONError) {
        let lead = bytes[position]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: length = 4
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: throw JSONError(.invalidUTF8, "A string is not UTF-8.", at: position, in: bytes)
        }
        for index in 1..<length {
            let allowed = index == 1 ? second : 0x80...0xBF
            guard position + index < bytes.count, allowed.contains(bytes[position + index]) else {
                throw JSONError(.invalidUTF8, "A string is not UTF-8.", at: position, in: bytes)
            }
        }
        position += length
    }

    private mutating func passEscape() throws(JSONError) {
        let start = position
        position += 1
        guard let byte = current else { throw unexpected("the rest of an escape") }
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 1
        case UInt8(ascii: "u"):
            let unit = try passUnit(from: start)
            if 0xDC00...0xDFFF ~= unit { throw loneSurrogate(start) }
            guard 0xD800...0xDBFF ~= unit else { return }
            guard current == UInt8(ascii: "\\"), position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "u")
            else { throw loneSurrogate(start) }
            position += 1
            guard 0xDC00...0xDFFF ~= (try passUnit(from: position - 1)) else { throw loneSurrogate(start) }
        default:
            throw JSONError(.invalidEscape, "A backslash is followed by no known escape.", at: start, in: bytes)
        }
    }

    /// Passes `uXXXX` under the cursor and returns its value.
    private mutating func passUnit(from start: Int) throws(JSONError) -> UInt32 {
        var unit: UInt32 = 0
        for index in 1...4 {
            guard position + index < bytes.count else {
                position = bytes.count
                throw unexpected("four hexadecimal digits")
            }
            guard let digit = Self.hexadecimal(bytes[position + index]) else {
                throw JSONError(.invalidEscape, "`\\u` needs four hexadecimal digits.", at: start, in: bytes)
            }
            unit = unit << 4 | digit
        }
        position += 5
        return unit
    }

    private func loneSurrogate(_ offset: Int) -> JSONError {
        JSONError(.loneSurrogate, "A `\\u` escape names half of a surrogate pair.", at: offset, in: bytes)
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }

    /// The bytes that a checked string content stands for.
    private static func unescape(_ content: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(content.count)
        var position = 0
        while position < content.count {
            let byte = content[position]
            guard byte == UInt8(ascii: "\\") else {
                result.append(byte)
                position += 1
                continue
            }
            let kind = content[position + 1]
            position += 2
            switch kind {
            case UInt8(ascii: "b"): result.append(0x08)
            case UInt8(ascii: "f"): result.append(0x0C)
            case UInt8(ascii: "n"): result.append(0x0A)
            case UInt8(ascii: "r"): result.append(0x0D)
            case UInt8(ascii: "t"): result.append(0x09)
            case UInt8(ascii: "u"):
                var scalar = unit(content, position)
                position += 4
                if 0xD800...0xDBFF ~= scalar {
                    scalar = 0x10000 + (scalar - 0xD800) << 10 + (unit(content, position + 2) - 0xDC00)
                    position += 6
                }
                // The check before has refused every lone surrogate, so the fallback is never taken.
                result.append(contentsOf: String(Unicode.Scalar(scalar) ?? "\u{FFFD}").utf8)
            default: result.append(kind)
            }
        }
        return result
    }

    private static func unit(_ content: UnsafeBufferPointer<UInt8>, _ start: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 << 4 | (hexadecimal(content[start + $1]) ?? 0) }
    }
}
