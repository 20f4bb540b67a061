public import JSON

/// A string of the response that need not be a `String`: UTF-8 bytes that somebody else owns.
///
/// A text column goes from the database's result to the response through this without being copied.
public struct Text: Sendable, ExpressibleByStringLiteral {
    // `bytes` points into memory that `owner` keeps alive and that never changes.
    @usableFromInline
    enum Storage: @unchecked Sendable {
        case string(String)
        case bytes(owner: AnyObject, start: UnsafePointer<UInt8>, count: Int)
    }

    @usableFromInline let storage: Storage

    /// Wraps a string.
    @inlinable
    public init(_ string: String) {
        storage = .string(string)
    }

    /// Wraps a string literal.
    @inlinable
    public init(stringLiteral value: String) {
        storage = .string(value)
    }

    /// Wraps bytes that live as long as `owner` and don't change.
    ///
    /// They must be UTF-8.
    @inlinable
    public init(owner: AnyObject, utf8: UnsafeBufferPointer<UInt8>) {
        guard let start = utf8.baseAddress else {
            storage = .string("")
            return
        }
        storage = .bytes(owner: owner, start: start, count: utf8.count)
    }
}

extension Text: CustomStringConvertible {
    /// The text as a `String`; copies the bytes.
    public var description: String {
        switch storage {
        case .string(let string): string
        case .bytes(let owner, let start, let count):
            withExtendedLifetime(owner) {
                String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
            }
        }
    }
}

extension Text: LeafValue {
    /// A String.
    public static var leafShape: LeafShape { LeafShape(.string) }

    /// Writes the value.
    @inlinable
    public func write(to out: inout ResponseWriter) {
        switch storage {
        case .string(let string): out.json.writeString(string)
        case .bytes(let owner, let start, let count):
            withExtendedLifetime(owner) {
                out.json.writeString(utf8: UnsafeBufferPointer(start: start, count: count))
            }
        }
    }
}
