// Working draft of incremental delivery, section "Defer And Stream Directive Labels Are Unique".

/// The label of a `@defer` or `@stream` is written in the document, and only once.
enum DeferAndStreamDirectiveLabelsAreUniqueRule {
    /// Compares the labels of the whole document.
    static func check(_ context: inout ValidationContext) {
        var first: [String: UInt32] = [:]
        for directive in context.incrementalDirectives where !context.errors.isFull {
            let argument = context.document[directive.arguments].first { context.document.isEqual($0.name, "label") }
            guard let label = argument?.value else { continue }
            if label.kind == .variable {
                context.report(
                    "The argument \"label\" of \"@\(context.text(directive.name))\" must be a static string.",
                    at: directive.start)
                continue
            }
            guard label.isString else { continue }
            let text = context.document.stringValue(label)
            if let earlier = first.updateValue(directive.start, forKey: text) {
                first[text] = earlier
                context.report(
                    "A label can be used only once in all \"@defer\" and \"@stream\" directives of a document.",
                    at: earlier, directive.start)
            }
        }
    }
}
