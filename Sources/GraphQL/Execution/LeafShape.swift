/// What values of a Swift type look like in a response, as far as its type tells: the check of a resolver against its
/// field (specification section 6.4.3, CoerceResult) happens once, when the engine starts.
public struct LeafShape: Sendable, Hashable {
    /// The scalars whose values the specification defines, and everything else.
    public enum Kind: Sendable, Hashable {
        /// `true` or `false`.
        case boolean
        /// A number of 32 bits without a fraction.
        case int
        /// A finite number.
        case float
        /// Any text.
        case string
        /// Any text that identifies something.
        case id
        /// What the type itself guarantees: a value of an enum, or of a custom scalar.
        case custom
        /// What the type itself guarantees too, lists and nulls included: it serves schemas known only at run time.
        case dynamic
    }

    /// What a single value is.
    public var kind: Kind
    /// The lists around it, and where null can stand.
    public var wrapping: TypeWrapping

    /// Makes the shape of a value that is never null.
    public init(_ kind: Kind) {
        self.kind = kind
        wrapping = .none.nonNull
    }

    /// The same, or null.
    var orNull: LeafShape {
        var shape = self
        shape.wrapping = wrapping.nullable
        return shape
    }

    /// A list of it, never null.
    var inList: LeafShape {
        var shape = self
        shape.wrapping = wrapping.list.nonNull
        return shape
    }

    /// Whether every value of this shape is one of the field's type.
    func fits(_ type: TypeReference, in schema: GraphQLSchema) -> Bool {
        if kind == .dynamic { return true }
        let expected = type.wrapping
        guard wrapping.listDepth == expected.listDepth,
            wrapping.nonNullBits & expected.nonNullBits == expected.nonNullBits
        else { return false }
        let named = schema[type.type]
        return switch (named.name, kind) {
        case (_, .custom), (_, .dynamic): true
        case ("Int", _): kind == .int
        case ("Float", _): kind == .float || kind == .int
        case ("String", _): kind == .string
        case ("Boolean", _): kind == .boolean
        case ("ID", _): kind == .id || kind == .string
        default: named.kind == .scalar
        }
    }
}

extension LeafShape: CustomStringConvertible {
    /// As a type of the schema would be written.
    public var description: String { wrapping.text(around: "\(kind)") }
}
