// Specification, section 5.2.4.1, https://spec.graphql.org/September2025/#sec-Single-Root-Field

/// A subscription has exactly one root field, which is not an introspection field and does not depend on `@skip` or
/// `@include`.
enum SingleRootFieldRule {
    /// Checks all subscriptions; it needs to know all selections.
    static func check(_ context: inout ValidationContext) {
        guard let root = context.schema.subscriptionType else { return }
        for operation in context.document.operations where operation.kind == .subscription && !context.errors.isFull {
            check(operation, root, &context)
        }
    }

    private static func check(
        _ operation: OperationDefinition, _ root: TypeID, _ context: inout ValidationContext
    ) {
        let name =
            operation.name.isEmpty ? "Anonymous Subscription" : "Subscription \"\(context.text(operation.name))\""
        let fields = RootFields(of: operation, on: root, in: context)
        guard fields.conditions.isEmpty else {
            context.errors.add(
                "\(name) must not use `@skip` or `@include` directives in the top level selection.",
                at: fields.conditions)
            return
        }
        if fields.groups.count > 1 {
            let extra = fields.groups.dropFirst().flatMap { $0 }
            context.errors.add("\(name) must select only one top level field.", at: extra.map(\.start))
        }
        for group in fields.groups
        where !context.errors.isFull && context.document.bytes(group[0].name).starts(with: "__".utf8) {
            context.errors.add(
                "\(name) must not select an introspection top level field.", at: group.map(\.start))
        }
    }
}

/// The algorithm CollectSubscriptionFields.
private struct RootFields {
    /// The fields with the same response key, in the order of the document.
    private(set) var groups: [[Selection]] = []
    /// The offsets of all `@skip` and `@include`.
    private(set) var conditions: [UInt32] = []

    init(of operation: OperationDefinition, on root: TypeID, in context: borrowing ValidationContext) {
        let document = context.document
        var groupOfSymbol: [Symbol: Int] = [:]
        var visited: Set<Int> = []
        // Fragments may nest as deep as there are fragments, so the open sets are on a stack of our own.
        var open = [operation.selections.indices]
        while let range = open.popLast() {
            guard let index = range.first else { continue }
            open.append(range.dropFirst())
            let selection = document.selections[index]
            for directive in document[selection.directives]
            where document.isEqual(directive.name, "skip") || document.isEqual(directive.name, "include") {
                conditions.append(directive.start)
            }
            switch selection.kind {
            case .field:
                let symbol = context.facts[index].symbol
                if let group = groupOfSymbol[symbol] {
                    groups[group].append(selection)
                } else {
                    groupOfSymbol[symbol] = groups.count
                    groups.append([selection])
                }
            case .inlineFragment:
                let applies = selection.typeCondition.map { Self.applies($0, to: root, context) } ?? true
                if applies { open.append(selection.selections.indices) }
            case .fragmentSpread:
                guard let index = context.fragment(context.facts[index].symbol), visited.insert(index).inserted
                else { continue }
                let fragment = document.fragments[index]
                if Self.applies(fragment.typeCondition, to: root, context) {
                    open.append(fragment.selections.indices)
                }
            }
        }
    }

    private static func applies(
        _ condition: Name, to root: TypeID, _ context: borrowing ValidationContext
    ) -> Bool {
        guard let type = context.schema.type(named: condition, in: context.document), type.isComposite else {
            return false
        }
        return context.schema.isPossible(root, of: type.id)
    }
}
