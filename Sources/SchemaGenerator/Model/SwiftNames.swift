// From names of the SDL to names of Swift, and the names that are refused because Swift, the standard library, a module
// or one of our own types has them already (swift issue 62639: a type named like its module makes qualified names
// impossible).

/// Makes and checks the names of the generated code.
enum SwiftNames {
    /// Words that need backticks wherever they stand as an identifier.
    static let keywords: Set<String> = [
        "associatedtype", "class", "deinit", "enum", "extension", "fileprivate", "func", "import", "init", "inout",
        "internal", "let", "open", "operator", "precedencegroup", "private", "protocol", "public", "rethrows", "static",
        "struct", "subscript", "typealias", "var", "break", "case", "catch", "continue", "default", "defer", "do",
        "else",
        "fallthrough", "for", "guard", "if", "in", "repeat", "return", "throw", "switch", "where", "while", "Any", "as",
        "await", "false", "is", "nil", "super", "throws", "true", "try",
    ]

    /// Names that no member may have, because backticks do not help or the generated type has a member of that name.
    static let refusedMembers: Set<String> = ["self", "Self", "Type", "Protocol", "isPresent", "presence", "hashValue"]

    /// Names that no enum case may have, because every generated enum has a member of that name.
    static let refusedCases: Set<String> = refusedMembers.union(["allCases", "rawValue", "hash", "write"])

    /// Names that no generated type may have.
    static let refusedTypes: Set<String> = modules.union(standardTypes).union(engineTypes).union(schemaTypes)

    private static let modules: Set<String> = [
        "GraphQL", "JSON", "EventLoop", "Database", "Schema", "Server", "Clients", "Resolvers", "Workflows",
        "Migrations",
        "Imaging", "Archive", "Hashing", "SchemaGenerator", "SchemaPlugin", "Swift", "Foundation", "Testing", "Glibc",
    ]

    private static let standardTypes: Set<String> = [
        "Any", "Array", "Bool", "Character", "Clock", "Codable", "Collection", "Comparable", "Data", "Date",
        "Decodable",
        "Decoder", "Dictionary", "Double", "Duration", "Encodable", "Encoder", "Equatable", "Error", "Float",
        "Hashable",
        "Identifiable", "Int", "Int32", "Int64", "Iterator", "Never", "Optional", "Protocol", "Range", "Result", "Self",
        "Sendable", "Sequence", "Set", "String", "Substring", "Task", "Type", "UInt64", "UInt8", "URL", "UUID", "Void",
    ]

    private static let engineTypes: Set<String> = [
        "AbstractObjects", "AbstractTypeTag", "AnyLeafColumn", "AnyObjectBatch", "AppliedDirective", "Argument",
        "ArgumentDecodable", "ArgumentValues", "ConstantField", "ConstantValue", "DataLoader", "Definition",
        "Directive", "DirectiveDefinition", "DirectiveLocations", "Document", "Engine", "EngineConfiguration",
        "EnumValueDefinition", "ExecutionContext", "ExecutionHost", "ExecutionResult", "FieldCall", "FieldDefinition",
        "FieldError", "FieldResolver", "FieldSelection", "FragmentDefinition", "GraphQLError", "GraphQLErrorCode",
        "GraphQLRequest", "GraphQLSchema", "ID", "InputDecodable", "InputDecodingError", "InputMember", "InputValue",
        "InputValueDefinition", "JSONError", "JSONMember", "JSONObject", "JSONReader", "JSONValue", "JSONWriter",
        "LeafEvent", "LeafShape", "LeafSourceStream", "LeafValue", "Leaves", "LoaderQueue", "MismatchedResolversError",
        "MissingResolversError", "Name", "NamedType", "NoArguments", "NodeRange", "ObjectBatch", "ObjectField",
        "ObjectSource", "ObjectTypeTag", "Objects", "ObjectsColumn",
        "OperationDefinition", "OperationKind", "OperationPlan", "OutputTypeTag", "ParserLimits", "PathSegment",
        "PreparedRequest", "RequestError", "ResolverTable", "ResponseStream", "ResponseWriter", "SchemaBuilder",
        "SchemaChange", "SchemaCoordinate", "SchemaDiff", "SchemaElement", "SchemaError", "SchemaIssue",
        "SchemaPrinter", "Selection", "SourceLocation", "SourceStream", "SyntaxError", "Text", "TypeID", "TypeKind",
        "TypeNode", "TypeReference", "TypeSystemDefinition", "TypeWrapping", "TypedSourceStream", "ValidationOptions",
        "Validator", "Value", "VariableDefinition", "VariableValues",
    ]

    private static let schemaTypes: Set<String> = [
        "AccessRule", "ChangePayloadFields", "ChangePayloadTypeTag", "ConnectionArguments", "ConnectionFields",
        "ConnectionTypeTag", "Cursor", "DeletionPayloadFields", "DeletionPayloadTypeTag", "EdgeTypeTag",
        "FieldPresence", "GlobalID", "InstallableFields", "NodeTypeTag", "PagingArguments", "SchemaDocument",
        "TypeAccess",
    ]

    /// The name as an identifier: in backticks if it is a keyword.
    static func escaped(_ name: String) -> String {
        keywords.contains(name) ? "`\(name)`" : name
    }

    /// The case for an enum value: `generalNgReview` for `GENERAL_NG_REVIEW`.
    ///
    /// Underscores in front, behind and between digits stay.
    static func caseName(_ name: String) -> String {
        guard !name.contains(where: \.isLowercase) else { return lowerCamel(name) }
        var result = ""
        var startsWord = false
        for (position, letter) in name.enumerated() {
            guard letter != "_" else {
                if result.allSatisfy({ $0 == "_" }) { result.append(letter) } else { startsWord = true }
                continue
            }
            if startsWord, letter.isNumber, result.last?.isNumber == true { result.append("_") }
            let isFirst = position == 0 || result.allSatisfy { $0 == "_" }
            result += startsWord && !isFirst ? letter.uppercased() : letter.lowercased()
            startsWord = false
        }
        return startsWord ? result + "_" : result
    }

    /// The name with its first word in small letters: `httpHeader` for `HTTPHeader`.
    static func lowerCamel(_ name: String) -> String {
        let letters = Array(name)
        var capitals = letters.prefix { $0.isUppercase }.count
        // The last capital of several begins the next word, unless the name ends or a digit follows.
        if capitals > 1, capitals < letters.count, letters[capitals].isLowercase { capitals -= 1 }
        return String(letters.prefix(capitals)).lowercased() + String(letters.dropFirst(capitals))
    }

    /// The name with a capital in front.
    static func upperFirst(_ name: String) -> String {
        guard let first = name.first else { return name }
        return first.uppercased() + name.dropFirst()
    }
}
