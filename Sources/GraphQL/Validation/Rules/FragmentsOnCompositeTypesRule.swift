// Specification, section 5.5.1.3, https://spec.graphql.org/September2025/#sec-Fragments-on-Object-Interface-or-Union-Types

/// The type condition of a fragment is an object, interface or union type.
enum FragmentsOnCompositeTypesRule {
    /// Whether the condition of a fragment definition is composite; reports when not.
    static func check(
        _ type: TypeID, of fragment: FragmentDefinition, _ context: inout ValidationContext
    ) -> Bool {
        if context.schema[type].isComposite { return true }
        context.report(
            "Fragment \"\(context.text(fragment.name))\" cannot condition on non composite type "
                + "\"\(context.text(type))\".", at: fragment.typeCondition.start)
        return false
    }

    /// Whether the condition of an inline fragment is composite; reports when not.
    static func check(_ type: TypeID, ofInline fragment: Selection, _ context: inout ValidationContext) -> Bool {
        if context.schema[type].isComposite { return true }
        context.report(
            "Fragment cannot condition on non composite type \"\(context.text(type))\".", at: fragment.name.start)
        return false
    }
}
