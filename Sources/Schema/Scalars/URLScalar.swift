// The scalar URL: text that is certain to be an absolute URL when it came from outside.

public import GraphQL

/// A value of the scalar `URL`.
public struct URLScalar: Hashable, Sendable {
    /// The longest URL that is accepted, in bytes: what common servers accept in a request line.
    public static let maximumBytes = 8192

    /// The URL as it was given.
    public let text: String

    /// Wraps a URL of our own making, unchecked.
    @inlinable
    public init(unchecked text: String) {
        self.text = text
    }

    /// Checks and wraps a text: a scheme, a colon and something behind it, without spaces and control characters.
    ///
    /// Nil if it is anything else: relative, empty, or longer than ``maximumBytes``.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count <= Self.maximumBytes, let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
            Self.isScheme(bytes[..<colon]), colon + 1 < bytes.count,
            bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F && !Self.refused.contains($0) })
        else { return nil }
        self.text = text
    }

    /// What RFC 3986 excludes from URLs and browsers escape: a text with one of these was never a URL.
    private static let refused: Set<UInt8> = Set("\"<>\\^`{|}".utf8)

    /// A letter, then letters, digits, `+`, `-` and `.` (RFC 3986 section 3.1).
    private static func isScheme(_ bytes: ArraySlice<UInt8>) -> Bool {
        func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }
        guard let first = bytes.first, isLetter(first) else { return false }
        return bytes.allSatisfy { isLetter($0) || $0 &- UInt8(ascii: "0") < 10 || "+-.".utf8.contains($0) }
    }
}

extension URLScalar: LeafValue {
    /// Writes the URL as a string.
    @inlinable
    public func write(to out: inout ResponseWriter) {
        text.write(to: &out)
    }
}

extension URLScalar: InputDecodable {
    /// Takes an absolute URL.
    public init(input: InputValue) throws {
        guard case .string(let text) = input, let value = URLScalar(text) else {
            throw InputDecodingError("expected an absolute URL such as \"https://example.com/a\"")
        }
        self = value
    }
}
