/// Percent-decoding of paths and of query items (RFC 3986 §2.1; `+` as in HTML forms).
enum PercentDecoding {
    /// Decodes; nil when a `%` is not followed by two hex digits or when the result is not UTF-8 or holds a NUL.
    static func decode(_ bytes: some Collection<UInt8>, plusIsSpace: Bool) -> String? {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index != bytes.endIndex {
            var byte = bytes[index]
            bytes.formIndex(after: &index)
            if byte == UInt8(ascii: "%") {
                guard let high = nextHex(bytes, &index), let low = nextHex(bytes, &index) else { return nil }
                byte = high << 4 | low
            } else if byte == UInt8(ascii: "+"), plusIsSpace {
                byte = UInt8(ascii: " ")
            }
            if byte == 0 { return nil }
            decoded.append(byte)
        }
        return String(validating: decoded, as: UTF8.self)
    }

    private static func nextHex<Bytes: Collection<UInt8>>(_ bytes: Bytes, _ index: inout Bytes.Index) -> UInt8? {
        guard index != bytes.endIndex else { return nil }
        defer { bytes.formIndex(after: &index) }
        return HTTPCharacter.hexValue(bytes[index])
    }
}
