// Specification, section 5.5.1.4, https://spec.graphql.org/September2025/#sec-Fragments-Must-Be-Used

/// Every fragment is reached by some operation.
enum FragmentsMustBeUsedRule {
    /// Reports the fragments that no operation reaches.
    static func check(_ reached: FragmentWalk, _ context: inout ValidationContext) {
        guard !reached.hasReachedAll else { return }
        for fragment in context.document.fragments where !context.errors.isFull {
            // Of several fragments with the same name, which is an error of its own, all count as used together.
            let used = context.fragment(context.symbol(of: fragment.name)) ?? 0
            if reached.wasReached(used) { continue }
            let start = fragment.description?.start ?? fragment.start
            context.report("Fragment \"\(context.text(fragment.name))\" is never used.", at: start)
        }
    }
}
