/// A coerced input value (specification section 3: "Input Coercion"), checked against its type.
///
/// Custom scalars keep the shape in which the client sent them.
public enum InputValue: Hashable, Sendable {
    /// An explicit null.
    case null
    /// A Boolean.
    case boolean(Bool)
    /// An integer; in range of 32 bits wherever the type is `Int`.
    case int(Int64)
    /// A Float.
    case float(Double)
    /// A String or an ID.
    case string(String)
    /// The name of an enum value.
    case enumValue(String)
    /// A list.
    case list([InputValue])
    /// An input object: per declared input field its value, nil where the client gave none and there is no default.
    case object([InputValue?])
    /// An object given to a custom scalar.
    case record([InputMember])
}

/// A member of an object that was given to a custom scalar.
public struct InputMember: Hashable, Sendable {
    /// The member's name.
    public let name: String
    /// The member's value.
    public let value: InputValue

    /// Makes a member.
    public init(_ name: String, _ value: InputValue) {
        self.name = name
        self.value = value
    }
}

/// A Swift type that a coerced input value can become.
public protocol InputDecodable: Sendable {
    /// Takes a value that was already checked against the schema.
    init(input: InputValue) throws
}

/// A mismatch between the schema and the Swift type that decodes it, or a custom scalar's refusal.
public struct InputDecodingError: Swift.Error, Sendable {
    /// What was refused, and why.
    public let message: String

    /// Makes an error.
    public init(_ message: String) {
        self.message = message
    }
}

extension Bool: InputDecodable {
    /// Takes a checked value.
    public init(input: InputValue) throws {
        guard case .boolean(let value) = input else { throw InputDecodingError("expected a Boolean") }
        self = value
    }
}

extension Int32: InputDecodable {
    /// Takes a checked value.
    public init(input: InputValue) throws {
        guard case .int(let value) = input, let exact = Int32(exactly: value) else {
            throw InputDecodingError("expected an Int")
        }
        self = exact
    }
}

extension Double: InputDecodable {
    /// Takes a checked value.
    public init(input: InputValue) throws {
        switch input {
        case .float(let value): self = value
        case .int(let value): self = Double(value)
        default: throw InputDecodingError("expected a Float")
        }
    }
}

extension String: InputDecodable {
    /// Takes a checked value.
    public init(input: InputValue) throws {
        switch input {
        case .string(let value), .enumValue(let value): self = value
        default: throw InputDecodingError("expected a String")
        }
    }
}

extension ID: InputDecodable {
    /// Takes a checked value.
    public init(input: InputValue) throws {
        self.init(try String(input: input))
    }
}

extension Optional: InputDecodable where Wrapped: InputDecodable {
    /// Takes a checked value.
    public init(input: InputValue) throws {
        if case .null = input { self = nil } else { self = try Wrapped(input: input) }
    }
}

extension Array: InputDecodable where Element: InputDecodable {
    /// Takes a checked value.
    public init(input: InputValue) throws {
        guard case .list(let values) = input else { throw InputDecodingError("expected a list") }
        self = try values.map { try Element(input: $0) }
    }
}
