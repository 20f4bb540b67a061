// The decisions of the generator as plain values: every name and every Swift type is final here, the writers only print.

/// What Swift is made of one schema.
struct SchemaModel: Sendable {
    var tags: [TagModel] = []
    var enums: [EnumModel] = []
    var inputs: [InputModel] = []
    var arguments: [ArgumentsModel] = []
    var objects: [ObjectModel] = []
    var roots: [RootModel] = []
    var scalars: [ScalarModel] = []
    var access = AccessModel()
    /// The SDL that clients may see.
    var publicDocument = ""
}

/// The Swift type that stands for an object type, interface or union.
struct TagModel: Sendable {
    enum Kind: Sendable {
        case object
        /// An object type that implements `Node`; ids begin with this prefix.
        case node(prefix: String)
        case abstract(possible: [CaseModel])
        /// An object type that shares its struct of resolvers.
        case shared(SharedFields)
    }

    var name: String
    var typeName: String
    var kind: Kind
    var documentation: String?
}

/// A case of a Swift enum whose raw value is a name of the SDL.
struct CaseModel: Sendable {
    /// Escaped if it is a keyword.
    var name: String
    var rawValue: String
    var documentation: String?
    var deprecation: String?
}

/// A Swift enum for an enum type.
struct EnumModel: Sendable {
    var name: String
    var cases: [CaseModel]
    var documentation: String?
}

/// A field of an input object, or an argument.
struct InputFieldModel: Sendable {
    /// Escaped if it is a keyword.
    var name: String
    /// The Swift type without the outermost `?`.
    var valueType: String
    var isOptional: Bool
    var documentation: String?
    var deprecation: String?

    var swiftType: String { isOptional ? valueType + "?" : valueType }
}

/// A Swift struct, or for `@oneOf` a Swift enum, for an input object type.
struct InputModel: Sendable {
    var name: String
    var isOneOf: Bool
    var fields: [InputFieldModel]
    var documentation: String?
}

/// A Swift struct for the arguments of one field.
struct ArgumentsModel: Sendable {
    var name: String
    /// The field, as in `Project.reviews`.
    var coordinate: String
    var fields: [InputFieldModel]
    /// Whether the four arguments of a connection are among them.
    var isPaging: Bool
}

/// How the value of a field comes about, with the Swift types in it.
enum FieldShape: Sendable, Hashable {
    /// A property of the source.
    case storedLeaf(value: String)
    /// Objects that the sources have.
    case storedObjects(tag: String)
    case loadedLeaf(arguments: String?, value: String)
    case loadedObjects(arguments: String?, tag: String)
    case rootLeaf(arguments: String?, value: String)
    case rootObjects(arguments: String?, tag: String)
    case subscription(arguments: String?, tag: String)
}

/// A field for which a resolver must be given.
struct FieldModel: Sendable {
    /// The name in the SDL.
    var fieldName: String
    /// The label of the initialiser's parameter, escaped if it is a keyword.
    var name: String
    var shape: FieldShape
    var documentation: String?
}

/// The struct of resolvers that types which are alike share.
enum SharedFields: Sendable, Hashable {
    case connection(edge: String)
    /// Has no struct: its connection's has its fields.
    case edge(node: String)
    case changePayload(field: String, changed: String)
    case deletionPayload(field: String)
}

/// The resolvers of one object type.
struct ObjectModel: Sendable {
    /// Which file has it.
    enum Area: Sendable { case object, connection, payload }

    var typeName: String
    var area: Area
    /// Such as `ProjectFields`.
    var name: String
    /// Such as `InstallableProjectFields`.
    var protocolName: String
    /// Such as `ProjectType`.
    var tagName: String
    /// Such as `project`.
    var label: String
    var fields: [FieldModel]
    /// Nil for a type with a struct of its own.
    var shared: SharedFields?
    var documentation: String?

    /// The type of the resolvers in Swift; nil if another type's has them.
    var resolversType: String? {
        switch shared {
        case nil: "any \(protocolName)"
        case .connection: "ConnectionFields<\(tagName)>"
        case .edge: nil
        case .changePayload: "ChangePayloadFields<\(tagName)>"
        case .deletionPayload: "DeletionPayloadFields<\(tagName)>"
        }
    }
}

/// The resolvers of a root type.
struct RootModel: Sendable {
    var typeName: String
    /// Such as `QueryFields`.
    var name: String
    /// Such as `query`.
    var label: String
    var fields: [FieldModel]
    var documentation: String?
}

/// A custom scalar and the hand-written Swift type for it.
struct ScalarModel: Sendable {
    var typeName: String
    var swiftType: String
}

/// Who may see what.
struct AccessModel: Sendable {
    var rules = EnumModel(name: "AccessRule", cases: [])
    /// Per object type the case of `AccessRule`.
    var entries: [(typeName: String, rule: String)] = []
}
