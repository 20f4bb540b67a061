// Escaping of strings on UTF-8 bytes: the hottest loop of the program, since most of a response is text.

extension JSONWriter {
    /// Writes the inside of a string, escaped, without the quotes around it.
    ///
    /// Eight bytes are looked at and copied at once; only a quote, a backslash or a control character (below U+0020)
    /// leaves that path. Text above ASCII, U+007F and U+2028 need no escape (RFC 8259 §7).
    @inlinable
    public mutating func writeEscaped(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress else { return }
        let end = bytes.count
        var position = 0
        // Room for the rest plus the eight bytes that the last wide store may write past what it keeps.
        reserve(end &+ 16)
        while true {
            while end &- position >= 8 {
                let word = UnsafeRawPointer(source + position).loadUnaligned(as: UInt64.self)
                let special = JSONSpecialBytes.mask(in: word)
                UnsafeMutableRawPointer(base + used).storeBytes(of: word, as: UInt64.self)
                if special != 0 {
                    let plain = UInt64(littleEndian: special).trailingZeroBitCount >> 3
                    position &+= plain
                    used &+= plain
                    break
                }
                position &+= 8
                used &+= 8
                if end &- position < 8, end > position {
                    // The rest, together with bytes before it that were just found plain: one more look instead of
                    // one for each byte.
                    let rest = end &- position
                    let last = UnsafeRawPointer(source + end - 8).loadUnaligned(as: UInt64.self)
                    if JSONSpecialBytes.mask(in: last) == 0 {
                        UnsafeMutableRawPointer(base + used + rest - 8).storeBytes(of: last, as: UInt64.self)
                        position = end
                        used &+= rest
                    }
                }
            }
            while position < end {
                let byte = source[position]
                if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
                base[used] = byte
                used &+= 1
                position &+= 1
            }
            if position == end { return }
            writeEscape(of: source[position])
            position &+= 1
            reserve(end &- position &+ 16)
        }
    }

    @usableFromInline
    mutating func writeEscape(of byte: UInt8) {
        writeByte(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): writeByte(byte)
        case 0x08: writeByte(UInt8(ascii: "b"))
        case 0x09: writeByte(UInt8(ascii: "t"))
        case 0x0A: writeByte(UInt8(ascii: "n"))
        case 0x0C: writeByte(UInt8(ascii: "f"))
        case 0x0D: writeByte(UInt8(ascii: "r"))
        default:
            writeRaw("u00")
            writeByte(UInt8(ascii: "0") &+ (byte >> 4))
            let low = byte & 0x0F
            writeByte(low < 10 ? UInt8(ascii: "0") &+ low : UInt8(ascii: "a") &+ low &- 10)
        }
    }
}

/// Finds the bytes that a JSON string may not hold bare, eight at a time.
@usableFromInline
enum JSONSpecialBytes {
    /// A word whose lowest set bit lies in the first byte of `word` that is a quote, a backslash or below 0x20.
    ///
    /// Zero if there is none. Bits above the lowest may be false, because the subtractions borrow upwards.
    @inlinable
    @inline(__always)
    static func mask(in word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops: UInt64 = 0x8080_8080_8080_8080
        let quote = word ^ (ones &* 0x22)
        let backslash = word ^ (ones &* 0x5C)
        let control = (word &- (ones &* 0x20)) & ~word
        return (control | ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash)) & tops
    }
}
