import GraphQL
import Testing

/// The schema of the rules' tests: animals and people, as in the examples of the specification.
enum RuleHarness {
    static let schema: GraphQLSchema = {
        do {
            return try GraphQLSchema.build(from: text)
        } catch {
            fatalError("The schema of the tests is wrong: \(error)")
        }
    }()

    static let text = #"""
        directive @defer(if: Boolean! = true, label: String) on FRAGMENT_SPREAD | INLINE_FRAGMENT
        directive @stream(if: Boolean! = true, label: String, initialCount: Int! = 0) on FIELD
        directive @onQuery on QUERY
        directive @onMutation on MUTATION
        directive @onSubscription on SUBSCRIPTION
        directive @onField on FIELD
        directive @onFragmentDefinition on FRAGMENT_DEFINITION
        directive @onFragmentSpread on FRAGMENT_SPREAD
        directive @onInlineFragment on INLINE_FRAGMENT
        directive @onVariable on VARIABLE_DEFINITION
        directive @tag(name: String!, weight: Int = 1) repeatable on FIELD | QUERY | FRAGMENT_SPREAD | VARIABLE_DEFINITION

        type Query {
          dog: Dog
          dogs: [Dog!]!
          human(id: ID): Human
          pet: Pet
          sentient: Sentient
          node(id: ID!): Node
          catOrDog: CatOrDog
          dogOrHuman: DogOrHuman
          humanOrAlien: HumanOrAlien
          resource: Resource
          arguments: Arguments
          findDog(complex: ComplexInput): Dog
          pick(by: PickInput!): Dog
          pickMany(by: [PickInput!]): Dog
          json(value: JSON): JSON
          box: Box
        }

        type Mutation {
          renameDog(name: String!): Dog
          renameDogs(name: String!): [Dog]
        }

        type Subscription {
          newMessage(room: ID): Message
          typing: Human
          log: [Message]
        }

        type Message {
          body: String
          sender: String
        }

        scalar JSON

        enum DogCommand {
          SIT
          DOWN
          HEEL
        }

        enum CatCommand {
          JUMP
        }

        interface Sentient {
          name: String!
        }

        interface Pet {
          name: String!
          owner: Human
        }

        interface Canine implements Pet {
          name: String!
          owner: Human
          barkVolume: Int
        }

        type Dog implements Pet & Canine {
          name(surname: Boolean): String!
          nickname: String
          barkVolume: Int
          barks: Boolean
          doesKnowCommand(dogCommand: DogCommand!): Boolean!
          knows(commands: [DogCommand!]!): Boolean
          isHouseTrained(atOtherHomes: Boolean = true): Boolean!
          isAt(x: Int, y: Int): Boolean
          owner: Human
          mother: Dog
        }

        type Cat implements Pet {
          name: String!
          nickname: String
          meowVolume: Int
          doesKnowCommand(catCommand: CatCommand!): Boolean!
          owner: Human
        }

        type Human implements Sentient {
          name(surname: Boolean): String!
          pets: [Pet!]
          relatives: [Human]
          id: ID
        }

        type Alien implements Sentient {
          name: String!
          homePlanet: String
        }

        union CatOrDog = Cat | Dog
        union DogOrHuman = Dog | Human
        union HumanOrAlien = Human | Alien

        interface Node {
          id: ID!
        }

        interface Resource implements Node {
          id: ID!
          url: String
        }

        interface Box {
          deep: Box
          unrelated: String
        }

        type IntBox implements Box {
          scalar: Int
          deep: IntBox
          list: [IntBox]
          unrelated: String
          other: StringBox
        }

        type StringBox implements Box {
          scalar: String
          deep: StringBox
          list: [StringBox]
          unrelated: String
          other: IntBox
        }

        type NonNullBox implements Box {
          scalar: Int!
          deep: NonNullBox
          list: [IntBox!]
          unrelated: String
        }

        type Arguments {
          multipleRequirements(x: Int!, y: Int!): Int!
          multipleOptional(one: Int = 0, two: Int = 0): String
          mixed(required: Int!, optional: Int = 4): String
          booleanArgField(booleanArg: Boolean): Boolean
          floatArgField(floatArg: Float): Float
          intArgField(intArg: Int): Int
          stringArgField(stringArg: String): String
          idArgField(idArg: ID): ID
          enumArgField(enumArg: DogCommand): String
          nonNullBooleanArgField(nonNullBooleanArg: Boolean!): Boolean!
          nonNullIntArgField(nonNullIntArg: Int!): Int!
          booleanListArgField(booleanListArg: [Boolean]!): [Boolean]
          stringListArgField(stringListArg: [String]): String
          nonNullStringListArgField(stringListArg: [String!]): String
          matrixArgField(matrix: [[Int]]): Int
          optionalNonNullBooleanArgField(optionalBooleanArg: Boolean! = false): Boolean!
          complexArgField(complexArg: ComplexInput): String
          complexListArgField(complexListArg: [ComplexInput]): String
        }

        input ComplexInput {
          name: String
          owner: String
          required: Boolean!
          withDefault: Int! = 5
          strings: [String]
          child: ComplexInput
          command: DogCommand
        }

        input PickInput @oneOf {
          name: String
          id: ID
          complex: ComplexInput
        }
        """#
}

/// What is wrong with a document: each error as `message (line:column, line:column)`.
func errors(
    in text: String, schema: GraphQLSchema = RuleHarness.schema, options: ValidationOptions = .standard
) throws -> [String] {
    let document = try Document(parsing: text, limits: .trusted)
    return Validator.validate(document, against: schema, options: options).map { error in
        #expect(error.code == .validationFailed)
        #expect(error.path == nil)
        return error.message + " (" + error.locations.map(\.description).joined(separator: ", ") + ")"
    }
}

/// Expects that a document is valid.
func expectValid(
    _ text: String, schema: GraphQLSchema = RuleHarness.schema, at location: Testing.SourceLocation = #_sourceLocation
) throws {
    #expect(try errors(in: text, schema: schema) == [], sourceLocation: location)
}

/// Expects exactly these errors, in any order.
func expectErrors(
    _ text: String, _ expected: String..., schema: GraphQLSchema = RuleHarness.schema,
    at location: Testing.SourceLocation = #_sourceLocation
) throws {
    #expect(try errors(in: text, schema: schema).sorted() == expected.sorted(), sourceLocation: location)
}
