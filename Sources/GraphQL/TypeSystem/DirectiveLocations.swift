// The places where directives may stand: specification, section 3.13 and grammar `DirectiveLocation`.

/// A set of places where a directive may stand.
public struct DirectiveLocations: OptionSet, Sendable, Hashable, BitwiseCopyable {
    /// One bit per place.
    public let rawValue: UInt32

    /// Makes a set from its bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// A query operation.
    public static let query = DirectiveLocations(rawValue: 1 << 0)
    /// A mutation operation.
    public static let mutation = DirectiveLocations(rawValue: 1 << 1)
    /// A subscription operation.
    public static let subscription = DirectiveLocations(rawValue: 1 << 2)
    /// A field of a selection set.
    public static let field = DirectiveLocations(rawValue: 1 << 3)
    /// A fragment definition.
    public static let fragmentDefinition = DirectiveLocations(rawValue: 1 << 4)
    /// A fragment spread.
    public static let fragmentSpread = DirectiveLocations(rawValue: 1 << 5)
    /// An inline fragment.
    public static let inlineFragment = DirectiveLocations(rawValue: 1 << 6)
    /// A variable definition.
    public static let variableDefinition = DirectiveLocations(rawValue: 1 << 7)
    /// A schema definition.
    public static let schema = DirectiveLocations(rawValue: 1 << 8)
    /// A scalar type.
    public static let scalar = DirectiveLocations(rawValue: 1 << 9)
    /// An object type.
    public static let object = DirectiveLocations(rawValue: 1 << 10)
    /// A field of an object or interface type.
    public static let fieldDefinition = DirectiveLocations(rawValue: 1 << 11)
    /// An argument of a field or directive definition.
    public static let argumentDefinition = DirectiveLocations(rawValue: 1 << 12)
    /// An interface type.
    public static let interface = DirectiveLocations(rawValue: 1 << 13)
    /// A union type.
    public static let union = DirectiveLocations(rawValue: 1 << 14)
    /// An enum type.
    public static let `enum` = DirectiveLocations(rawValue: 1 << 15)
    /// A value of an enum type.
    public static let enumValue = DirectiveLocations(rawValue: 1 << 16)
    /// An input object type.
    public static let inputObject = DirectiveLocations(rawValue: 1 << 17)
    /// A field of an input object type.
    public static let inputFieldDefinition = DirectiveLocations(rawValue: 1 << 18)

    /// All names in the order of the specification; the index is the bit.
    static let allNames = [
        "QUERY", "MUTATION", "SUBSCRIPTION", "FIELD", "FRAGMENT_DEFINITION", "FRAGMENT_SPREAD", "INLINE_FRAGMENT",
        "VARIABLE_DEFINITION", "SCHEMA", "SCALAR", "OBJECT", "FIELD_DEFINITION", "ARGUMENT_DEFINITION", "INTERFACE",
        "UNION", "ENUM", "ENUM_VALUE", "INPUT_OBJECT", "INPUT_FIELD_DEFINITION",
    ]

    /// The one place of that name, nil when there is no such place.
    public init?(name: some StringProtocol) {
        guard let bit = Self.allNames.firstIndex(where: { $0 == name }) else { return nil }
        self.init(rawValue: 1 << UInt32(bit))
    }

    /// The names in the order of the specification, such as `FIELD_DEFINITION`.
    public var names: [String] {
        Self.allNames.indices.filter { rawValue & (1 << UInt32($0)) != 0 }.map { Self.allNames[$0] }
    }
}
