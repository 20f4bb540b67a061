// Working draft of incremental delivery, section "Stream Directives Are Used On List Fields".

/// Only a list can be streamed.
enum StreamDirectivesAreUsedOnListFieldsRule {
    /// Checks a field that has directives.
    static func check(
        _ field: Selection, _ definition: FieldDefinition, on type: TypeID, _ context: inout ValidationContext
    ) {
        guard !definition.type.isList else { return }
        for index in field.directives.indices where !context.errors.isFull {
            let directive = context.document.directives[index]
            guard context.document.isEqual(directive.name, "stream") else { continue }
            context.report(
                "The directive \"@stream\" cannot be used on the field "
                    + "\"\(context.text(type)).\(definition.name)\", which is no list.",
                at: directive.start)
        }
    }
}
