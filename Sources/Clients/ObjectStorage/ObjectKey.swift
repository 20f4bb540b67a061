// The name of a stored object. Checked once when made, so that no store has to distrust it.

/// The name under which bytes are stored, such as `projects/4f…/assets/9c…/original`.
///
/// Segments of ASCII letters, digits, `-`, `_` and `.`, joined by `/`. No segment is empty or begins with a dot, so a key
/// is no way out of a directory, and it needs no escaping in a URL's path.
public struct ObjectKey: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The key as text.
    public let text: String

    /// The longest key, in bytes: a file system allows names of 255.
    public static let maximumLength = 240

    /// Checks a text and makes a key of it.
    ///
    /// - Throws: `ObjectStoreError` with `invalidKey`.
    public init(_ text: String) throws {
        guard (1...Self.maximumLength).contains(text.utf8.count) else {
            throw ObjectStoreError(.invalidKey, "a key has 1 to \(Self.maximumLength) bytes, not \(text.utf8.count)")
        }
        for segment in text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            guard let first = segment.first, first != UInt8(ascii: "."), segment.allSatisfy(Self.isAllowed) else {
                throw ObjectStoreError(
                    .invalidKey, "a key's segment is empty, begins with a dot or has other characters")
            }
        }
        self.text = text
    }

    /// The text.
    public var description: String { text }

    /// Orders by the bytes of the text.
    public static func < (left: ObjectKey, right: ObjectKey) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default:
            false
        }
    }
}
