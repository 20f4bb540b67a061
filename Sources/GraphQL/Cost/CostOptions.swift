/// How the cost of operations is estimated before they run, and how much they may cost.
///
/// The estimate is the static analysis of the GraphQL cost specification (ibm.github.io/graphql-specs/cost-spec.html):
/// `@cost` gives weights, `@listSize` the sizes of lists. The *type cost* counts the objects that a response may have,
/// the *field cost* the fields that have to be resolved for them, each times its weight.
public struct CostOptions: Sendable, Hashable {
    /// The highest field cost that runs.
    public var maximumFieldCost: Double
    /// The highest type cost that runs.
    public var maximumTypeCost: Double
    /// The weight of an object, input object, or field or argument of such a type, where `@cost` gives no other.
    public var compositeWeight: Double
    /// The weight of a scalar, enum, or field or argument of such a type, where `@cost` gives no other.
    public var leafWeight: Double
    /// How many items a list is assumed to have of which `@listSize` says nothing.
    public var defaultListSize: Double

    /// Makes options; the defaults are safe for strangers once the lists that can grow have their `@listSize`.
    public init(
        maximumFieldCost: Double = 1_000_000, maximumTypeCost: Double = 1_000_000, compositeWeight: Double = 1,
        leafWeight: Double = 0, defaultListSize: Double = 1
    ) {
        self.maximumFieldCost = maximumFieldCost
        self.maximumTypeCost = maximumTypeCost
        self.compositeWeight = compositeWeight
        self.leafWeight = leafWeight
        self.defaultListSize = defaultListSize
    }

    /// The definitions of the two directives, for schemas that use them.
    public static let directiveDefinitions = """
        "What an appearance of the element adds to the cost of an operation."
        directive @cost(
          "A number; where nothing is given, composite types count 1 and the others 0."
          weight: String!
        ) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR

        "How many items a list has at most, or is assumed to have."
        directive @listSize(
          "The size where no slicing argument tells it."
          assumedSize: Int
          "The arguments that bound the size, those in input objects with a dot between the names."
          slicingArguments: [String!]
          "The size where none of the slicing arguments is given."
          slicingArgumentDefaultValue: Int
          "The lists to which the size applies, where the field gives an object that has them."
          sizedFields: [String!]
          "Whether exactly one of the slicing arguments must be given."
          requireOneSlicingArgument: Boolean = true
        ) on FIELD_DEFINITION

        """
}

extension GraphQLErrorCode {
    /// The operation costs more than ``CostOptions/maximumFieldCost`` or ``CostOptions/maximumTypeCost``.
    public static let tooCostly = Self("OPERATION_TOO_COSTLY")
    /// A list needs exactly one of its slicing arguments (`@listSize(requireOneSlicingArgument:)`).
    public static let slicingArgumentRequired = Self("SLICING_ARGUMENT_REQUIRED")
}
