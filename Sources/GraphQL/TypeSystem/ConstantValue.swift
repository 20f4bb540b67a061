// Constants of the type system: default values and the arguments of applied directives. Input coercion makes the same
// values from variables and literals.

/// A value without variables.
public indirect enum ConstantValue: Sendable, Hashable {
    /// `null`
    case null
    /// `true` or `false`
    case boolean(Bool)
    /// An integer that fits 64 bits.
    case int(Int64)
    /// A finite number with a fraction or an exponent.
    case float(Double)
    /// A number too large for `int` or `float`, as it was written.
    case bigNumber(String)
    /// A string.
    case string(String)
    /// The name of an enum value.
    case enumValue(String)
    /// A list.
    case list([ConstantValue])
    /// An input object: its fields in the order they were written.
    case object([ConstantField])

    /// The value of an object's field; nil when it is absent or this is no object.
    public subscript(name: String) -> ConstantValue? {
        guard case .object(let fields) = self else { return nil }
        return fields.first { $0.name == name }?.value
    }
}

/// A named constant: a field of an object, or an argument.
public struct ConstantField: Sendable, Hashable {
    /// The name.
    public let name: String
    /// The value.
    public let value: ConstantValue

    /// Makes a named constant.
    public init(name: String, value: ConstantValue) {
        self.name = name
        self.value = value
    }
}
