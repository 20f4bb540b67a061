// Specification, section 5.5.2.3, https://spec.graphql.org/September2025/#sec-Fragment-Spread-Is-Possible

/// Some object can be both of the type in scope and of the fragment's type.
enum FragmentSpreadIsPossibleRule {
    /// Checks a named spread.
    static func check(
        _ spread: Selection, of fragment: Int, in parent: TypeID, _ context: inout ValidationContext
    ) {
        let condition = context.document.fragments[fragment].typeCondition
        guard let type = context.schema.type(named: condition, in: context.document), type.isComposite else { return }
        guard !isPossible(type.id, in: parent, context.schema) else { return }
        context.report(
            "Fragment \"\(context.text(spread.name))\" cannot be spread here as objects of type "
                + "\"\(context.text(parent))\" can never be of type \"\(type.name)\".", at: spread.start)
    }

    /// Checks an inline fragment on a composite type.
    static func check(
        _ fragment: Selection, on type: TypeID, in parent: TypeID, _ context: inout ValidationContext
    ) {
        guard !isPossible(type, in: parent, context.schema) else { return }
        context.report(
            "Fragment cannot be spread here as objects of type \"\(context.text(parent))\" can never be of type "
                + "\"\(context.text(type))\".", at: fragment.start)
    }

    /// An interface can be spread where an interface that it implements is in scope, even if no object has either.
    private static func isPossible(_ type: TypeID, in parent: TypeID, _ schema: GraphQLSchema) -> Bool {
        type == parent || schema.overlap(type, parent)
            || schema[type].kind == .interface && schema.isSubtype(type, of: parent)
    }
}
