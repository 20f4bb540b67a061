// Working draft of incremental delivery, section "Defer And Stream Directives Are Used On Valid Root Field".

/// `@defer` and `@stream` put off no root field of a mutation or a subscription.
enum DeferAndStreamDirectivesAreUsedOnValidRootFieldRule {
    /// Checks the type on which a directive is used; nil when it is unknown.
    static func check(_ directive: Directive, on type: TypeID?, _ context: inout ValidationContext) {
        guard let type else { return }
        let kind: String
        switch type {
        case context.schema.mutationType: kind = "mutation"
        case context.schema.subscriptionType: kind = "subscription"
        default: return
        }
        context.report(
            "The directive \"@\(context.text(directive.name))\" cannot be used on the root of a \(kind), "
                + "type \"\(context.text(type))\".",
            at: directive.start)
    }
}
