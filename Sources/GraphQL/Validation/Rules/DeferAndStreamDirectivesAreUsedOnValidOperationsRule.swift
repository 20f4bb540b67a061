// Working draft of incremental delivery, section "Defer And Stream Directives Are Used On Valid Operations".

/// `@defer` and `@stream` are switched off, or can be, wherever a subscription reaches them: an event is one response.
enum DeferAndStreamDirectivesAreUsedOnValidOperationsRule {
    /// Checks all subscriptions with the fragments that they reach.
    static func check(_ context: inout ValidationContext) {
        var isReached = [Bool](repeating: false, count: context.document.fragments.count)
        var pending: [DefinitionContents] = []
        for (index, operation) in context.document.operations.enumerated() where operation.kind == .subscription {
            pending.append(context.contents[index])
        }
        while let contents = pending.popLast() {
            for index in contents.incrementalDirectives where !context.errors.isFull {
                check(context.incrementalDirectives[index], &context)
            }
            for spread in contents.spreads {
                guard let fragment = context.spreads[spread].fragment, !isReached[fragment] else { continue }
                isReached[fragment] = true
                pending.append(context.contents(ofFragment: fragment))
            }
        }
    }

    private static func check(_ directive: Directive, _ context: inout ValidationContext) {
        let condition = context.document[directive.arguments].first { context.document.isEqual($0.name, "if") }
        switch condition?.value.kind {
        case .false, .variable: return
        default: break
        }
        let name = context.text(directive.name)
        context.report(
            "The directive \"@\(name)\" cannot be used in a subscription unless its argument \"if\" is false or a "
                + "variable.",
            at: directive.start)
    }
}
