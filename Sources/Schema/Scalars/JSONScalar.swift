// The scalar JSON: any value, taken apart only if somebody looks inside.

public import GraphQL
public import JSON

/// A value of the scalar `JSON` (RFC 8259).
public struct JSONScalar: Sendable {
    // `bytes` points into memory that `owner` keeps alive and never changes.
    @usableFromInline
    enum Storage: @unchecked Sendable {
        case value(JSONValue)
        case text([UInt8])
        case bytes(owner: AnyObject, start: UnsafePointer<UInt8>, count: Int)
    }

    @usableFromInline let storage: Storage

    /// Wraps a value.
    @inlinable
    public init(_ value: JSONValue) {
        storage = .value(value)
    }

    /// Wraps JSON text, for instance of a `jsonb` column, which must be one well-formed value in UTF-8.
    @inlinable
    public init(uncheckedText text: [UInt8]) {
        storage = .text(text)
    }

    /// Wraps JSON text that lives as long as `owner` and doesn't change.
    ///
    /// It must be one well-formed value in UTF-8.
    @inlinable
    public init(owner: AnyObject, uncheckedText text: UnsafeBufferPointer<UInt8>) {
        guard let start = text.baseAddress else {
            storage = .value(.null)
            return
        }
        storage = .bytes(owner: owner, start: start, count: text.count)
    }

    /// The value; reads the text if there is only text.
    public func value() throws(JSONError) -> JSONValue {
        switch storage {
        case .value(let value): return value
        case .text(let text): return try JSONReader.read(text)
        case .bytes(let owner, let start, let count):
            defer { withExtendedLifetime(owner) {} }
            return try JSONReader.read(UnsafeBufferPointer(start: start, count: count))
        }
    }
}

extension JSONScalar: LeafValue {
    /// Writes the value; text is copied as it is.
    @inlinable
    public func write(to out: inout ResponseWriter) {
        switch storage {
        case .value(let value): out.json.write(value)
        case .text(let text): out.json.writeRaw(text)
        case .bytes(let owner, let start, let count):
            withExtendedLifetime(owner) {
                out.json.writeRaw(UnsafeBufferPointer(start: start, count: count))
            }
        }
    }
}

extension JSONScalar: InputDecodable {
    /// Takes any value but the name of an enum value, which JSON has not.
    public init(input: InputValue) throws {
        self.init(try JSONValue(input))
    }
}

extension JSONValue {
    fileprivate init(_ input: InputValue) throws {
        switch input {
        case .null: self = .null
        case .boolean(let value): self = .bool(value)
        case .int(let value): self = .int(value)
        case .float(let value):
            guard value.isFinite else { throw InputDecodingError("the number is out of range") }
            self = .double(value)
        case .string(let value): self = .string(value)
        case .list(let values): self = .array(try values.map { try JSONValue($0) })
        case .record(let members):
            self = .object(JSONObject(try members.map { ($0.name, try JSONValue($0.value)) }))
        case .enumValue(let name):
            throw InputDecodingError("expected a JSON value, found the name \(name); strings need quotes")
        case .object:
            throw InputDecodingError("expected a JSON value, found a typed input object")
        }
    }
}
