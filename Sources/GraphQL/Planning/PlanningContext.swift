/// What all plans of an engine are made with.
struct PlanningContext: Sendable {
    let schema: GraphQLSchema
    /// By the number of the type: the resolvers of its fields.
    let types: [TypeResolvers]
    /// How custom scalars refuse input.
    let scalars: [String: @Sendable (InputValue) throws -> Void]
    /// How many fields a plan may have before the document is refused.
    let maximumFields: Int
    /// How many selection sets may lie in each other when fragments are expanded.
    let maximumDepth: Int
    /// How many lists of an introspection may lie in each other.
    let maximumIntrospectionDepth: Int
    /// What fields cost; nil when nobody asks.
    let cost: CostModel?

    subscript(type: TypeID) -> TypeResolvers { types[type.index] }
}

extension SelectionPlan {
    /// Whether more introspection lists lie in each other than allowed.
    ///
    /// Types have fields, which have types, which have fields: each level multiplies the answer.
    func hasIntrospection(deeperThan limit: Int) -> Bool {
        let roots = fields.filter { $0.definition.metaField == .schema || $0.definition.metaField == .type }
        var known: [ObjectIdentifier: Int] = [:]
        return roots.contains { ($0.children?.introspectionDepth(&known) ?? 0) > limit }
    }
}

extension PlannedChildren {
    fileprivate func introspectionDepth(_ known: inout [ObjectIdentifier: Int]) -> Int {
        var deepest = 0
        for plan in plans {
            if let depth = known[ObjectIdentifier(plan)] {
                deepest = max(deepest, depth)
                continue
            }
            var depth = 0
            for field in plan.fields {
                guard let children = field.children else { continue }
                depth = max(depth, children.introspectionDepth(&known) + (field.type.nullable.isList ? 1 : 0))
            }
            known[ObjectIdentifier(plan)] = depth
            deepest = max(deepest, depth)
        }
        return deepest
    }
}

extension GraphQLErrorCode {
    /// The operation has more fields than ``EngineConfiguration/maximumPlannedFields``.
    public static let tooComplex = Self("OPERATION_TOO_COMPLEX")
    /// With its fragments expanded the operation is nested deeper than ``ParserLimits/maximumDepth``.
    public static let tooDeep = Self("OPERATION_TOO_DEEP")
    /// More introspection lists lie in each other than ``EngineConfiguration/maximumIntrospectionDepth``.
    public static let introspectionTooDeep = Self("INTROSPECTION_TOO_DEEP")
}
