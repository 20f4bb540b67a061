/// The coerced arguments of one field, or the fields of one input object, in the order of their definitions.
public struct ArgumentValues: Sendable {
    @usableFromInline let values: [InputValue?]

    @usableFromInline
    init(values: [InputValue?]) {
        self.values = values
    }

    /// The fields of an input object.
    public init(object: InputValue) throws {
        guard case .object(let values) = object else { throw InputDecodingError("expected an input object") }
        self.values = values
    }

    /// No arguments.
    @usableFromInline static let none = ArgumentValues(values: [])

    /// The value at `index`, which has a value by its type: required, or with a default.
    public func required<Value: InputDecodable>(_ index: Int, as _: Value.Type = Value.self) throws -> Value {
        guard index < values.count, let value = values[index] else {
            throw InputDecodingError("a required value is missing")
        }
        return try Value(input: value)
    }

    /// The value at `index`; nil if it is absent or null.
    public func optional<Value: InputDecodable>(_ index: Int, as _: Value.Type = Value.self) throws -> Value? {
        guard index < values.count, let value = values[index], value != .null else { return nil }
        return try Value(input: value)
    }

    /// Whether the client (or a default) gave a value at `index`, null included: an update tells "leave it" from
    /// "clear it" by this.
    public func isPresent(_ index: Int) -> Bool {
        index < values.count && values[index] != nil
    }
}

/// The typed arguments of a field.
///
/// Generated, one per field that has arguments.
public protocol ArgumentDecodable: Sendable {
    /// Takes arguments that were already checked against the schema.
    init(_ values: ArgumentValues) throws
}

/// The arguments of a field that has none.
public struct NoArguments: ArgumentDecodable {
    /// Makes it.
    @inlinable
    public init(_ values: ArgumentValues) {}
}
