// What the specification itself defines: the scalars of section 3.5, the directives of section 3.13 and the
// introspection types of section 4.2, in the language that they describe.

/// The built-in types and directives.
enum SpecifiedDefinitions {
    /// The names of all built-in types, which documents may not define.
    static let typeNames: Set<String> = [
        "Int", "Float", "String", "Boolean", "ID", "__Schema", "__Type", "__TypeKind", "__Field", "__InputValue",
        "__EnumValue", "__Directive", "__DirectiveLocation",
    ]
    /// The names of the built-in directives.
    static let directiveNames: Set<String> = ["skip", "include", "deprecated", "specifiedBy", "oneOf"]

    /// The parsed definitions.
    static let source = parse(scalars + directives + introspection)

    /// The directives of incremental delivery.
    ///
    /// No edition of the specification has them yet, so a schema has them only if its documents define them, as here: that
    /// is how a service says that it offers them, and how it shows in introspection and in its published schema.
    private static let incrementalDelivery = parse(
        """
        directive @defer(if: Boolean! = true, label: String) on FRAGMENT_SPREAD | INLINE_FRAGMENT
        directive @stream(if: Boolean! = true, label: String, initialCount: Int! = 0) on FIELD
        """)

    /// The directive of that name, built-in or of incremental delivery.
    static func directive(named name: String) -> Located<DirectiveDefinitionNode>? {
        (source.directives + incrementalDelivery.directives).first { $0.string($0.name) == name }
    }

    private static func parse(_ text: String) -> SchemaSource {
        do throws(SyntaxError) {
            let document = try Document(parsing: text, limits: .trusted)
            return SchemaSource(document: document, name: nil, isBuiltIn: true)
        } catch {
            fatalError("The specified definitions are text of this file and must parse: \(error)")
        }
    }

    private static let scalars = #"""
        "A whole number of 32 bits with a sign."
        scalar Int
        "A finite number of double precision (IEEE 754)."
        scalar Float
        "Text: a sequence of Unicode characters."
        scalar String
        "True or false."
        scalar Boolean
        "An opaque identifier. It is written as a string; a whole number is accepted as input."
        scalar ID

        """#

    private static let directives = #"""
        "Leaves a field or fragment out when the condition is true."
        directive @skip("When true, leave it out." if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
        "Keeps a field or fragment only when the condition is true."
        directive @include("When false, leave it out." if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
        "Marks an element of the schema that clients should stop using."
        directive @deprecated(
          "Why, and what to use instead, in Markdown."
          reason: String! = "No longer supported"
        ) on FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE
        "Links a custom scalar to the document that specifies its format."
        directive @specifiedBy("The address of the specification." url: String!) on SCALAR
        "Makes an input object take exactly one of its fields."
        directive @oneOf on INPUT_OBJECT

        """#

    private static let introspection = #"""
        "What a service offers: its types, its directives, and where operations start."
        type __Schema {
          "What the service says about its schema."
          description: String
          "All types."
          types: [__Type!]!
          "Where queries start."
          queryType: __Type!
          "Where mutations start, if the service has any."
          mutationType: __Type
          "Where subscriptions start, if the service has any."
          subscriptionType: __Type
          "All directives."
          directives: [__Directive!]!
        }

        "A type: one of the named kinds, or a list or non-null around another type. The kind tells which fields are set."
        type __Type {
          "The kind of type."
          kind: __TypeKind!
          "The name; lists and non-nulls have none."
          name: String
          "What the service says about it."
          description: String
          "The address of the specification of a custom scalar."
          specifiedByURL: String
          "The fields of an object or interface."
          fields(includeDeprecated: Boolean! = false): [__Field!]
          "The interfaces that an object or interface implements."
          interfaces: [__Type!]
          "The object types that an interface or union can stand for."
          possibleTypes: [__Type!]
          "The values of an enum."
          enumValues(includeDeprecated: Boolean! = false): [__EnumValue!]
          "The fields of an input object."
          inputFields(includeDeprecated: Boolean! = false): [__InputValue!]
          "The type inside a list or non-null."
          ofType: __Type
          "Whether an input object takes exactly one of its fields."
          isOneOf: Boolean
        }

        "The kinds of types."
        enum __TypeKind {
          "A leaf with its own format."
          SCALAR
          "A set of named fields."
          OBJECT
          "Fields that several objects have in common."
          INTERFACE
          "One of several object types."
          UNION
          "One of a set of names."
          ENUM
          "A structured input."
          INPUT_OBJECT
          "A list of another type."
          LIST
          "Another type without null."
          NON_NULL
        }

        "A field of an object or interface."
        type __Field {
          "The name."
          name: String!
          "What the service says about it."
          description: String
          "The arguments."
          args(includeDeprecated: Boolean! = false): [__InputValue!]!
          "The type of its value."
          type: __Type!
          "Whether clients should stop using it."
          isDeprecated: Boolean!
          "Why it is deprecated."
          deprecationReason: String
        }

        "An argument, or a field of an input object."
        type __InputValue {
          "The name."
          name: String!
          "What the service says about it."
          description: String
          "The type."
          type: __Type!
          "The value that is used when none is given, as a GraphQL literal."
          defaultValue: String
          "Whether clients should stop using it."
          isDeprecated: Boolean!
          "Why it is deprecated."
          deprecationReason: String
        }

        "A value of an enum."
        type __EnumValue {
          "The name."
          name: String!
          "What the service says about it."
          description: String
          "Whether clients should stop using it."
          isDeprecated: Boolean!
          "Why it is deprecated."
          deprecationReason: String
        }

        "A directive that the service understands."
        type __Directive {
          "The name."
          name: String!
          "What the service says about it."
          description: String
          "Whether it may stand more than once in one place."
          isRepeatable: Boolean!
          "Where it may stand."
          locations: [__DirectiveLocation!]!
          "The arguments."
          args(includeDeprecated: Boolean! = false): [__InputValue!]!
        }

        "The places where a directive may stand."
        enum __DirectiveLocation {
          "A query."
          QUERY
          "A mutation."
          MUTATION
          "A subscription."
          SUBSCRIPTION
          "A field of a selection set."
          FIELD
          "A fragment definition."
          FRAGMENT_DEFINITION
          "A fragment spread."
          FRAGMENT_SPREAD
          "An inline fragment."
          INLINE_FRAGMENT
          "A variable definition."
          VARIABLE_DEFINITION
          "A schema definition."
          SCHEMA
          "A scalar."
          SCALAR
          "An object type."
          OBJECT
          "A field of an object or interface."
          FIELD_DEFINITION
          "An argument of a field or directive."
          ARGUMENT_DEFINITION
          "An interface."
          INTERFACE
          "A union."
          UNION
          "An enum."
          ENUM
          "A value of an enum."
          ENUM_VALUE
          "An input object."
          INPUT_OBJECT
          "A field of an input object."
          INPUT_FIELD_DEFINITION
        }
        """#
}
