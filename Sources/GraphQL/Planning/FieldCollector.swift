/// Collects the fields that selection sets ask of one object type: fragments resolved, conditions applied, equal
/// response keys merged (specification section 6.3.2, CollectFields).
struct FieldCollector {
    /// The field nodes with one response key, in the order of the document.
    struct Group {
        let key: Name
        let first: Field
        /// Empty for nearly all, so that a group costs no allocation.
        var others: [Field] = []

        /// Whether the closure is true for one of the nodes.
        func contains(where isMatch: (Field) -> Bool) -> Bool { isMatch(first) || others.contains(where: isMatch) }

        /// One value for each node.
        func map<T>(_ transform: (Field) -> T) -> [T] { [transform(first)] + others.map(transform) }
    }

    /// One field node.
    struct Field {
        /// Its index in the document.
        let selection: Int
        /// The number of the `@defer` under which it stands.
        let usage: Int?
    }

    let document: Document
    let schema: GraphQLSchema
    let fragments: FragmentTable
    /// The values of the variables that `@skip` and `@include` use.
    let conditions: ConditionValues

    /// The groups in the order of the response, of the selection sets of one object that is so many fields deep.
    ///
    /// `usages` gets the `@defer`s that are found; it is nil if they mean nothing.
    func collect(
        _ sets: [UsedSelectionSet], for type: NamedType, depth: Int, usages: inout DeferUsageTable?
    ) throws(FieldCollectionError) -> [Group] {
        var state = State(depth: depth, usages: usages)
        usages = nil
        defer { usages = state.usages }
        state.groups.reserveCapacity(sets.first?.selections.count ?? 0)
        for set in sets { try collect(set, for: type, into: &state) }
        return state.groups
    }

    private struct State {
        let depth: Int
        var usages: DeferUsageTable?
        var groups: [Group] = []
        /// Only used above a dozen groups: below that, comparing is faster than hashing.
        var groupByKey: [String: Int] = [:]
        private var visited: Set<Visit> = []

        init(depth: Int, usages: DeferUsageTable?) {
            self.depth = depth
            self.usages = usages
        }

        /// Whether the fragment was not asked for before; what was asked for without `@defer` is not asked for again
        /// with one.
        mutating func visit(_ fragment: Int, _ usage: Int?) -> Bool {
            if usage != nil, visited.contains(Visit(fragment: fragment, usage: nil)) { return false }
            return visited.insert(Visit(fragment: fragment, usage: usage)).inserted
        }
    }

    private struct Visit: Hashable {
        /// Its index in the document.
        let fragment: Int
        let usage: Int?
    }

    private func collect(
        _ set: UsedSelectionSet, for type: NamedType, into state: inout State
    ) throws(FieldCollectionError) {
        for index in set.selections.indices {
            let selection = document.selections[index]
            guard try isIncluded(selection) else { continue }
            switch selection.kind {
            case .field:
                add(Field(selection: index, usage: set.usage), key: selection.responseKey, to: &state)
            case .fragmentSpread:
                guard let index = fragments.index(of: selection.name, in: document) else {
                    throw invalid("Unknown fragment \"\(document.string(selection.name))\".", at: selection.start)
                }
                let usage = usage(of: selection, in: set, &state)
                guard state.visit(index, usage) else { continue }
                let fragment = document.fragments[index]
                guard try applies(fragment.typeCondition, to: type) else { continue }
                try collect(UsedSelectionSet(selections: fragment.selections, usage: usage), for: type, into: &state)
            case .inlineFragment:
                if let condition = selection.typeCondition {
                    guard try applies(condition, to: type) else { continue }
                }
                let usage = usage(of: selection, in: set, &state)
                try collect(UsedSelectionSet(selections: selection.selections, usage: usage), for: type, into: &state)
            }
        }
    }

    /// The `@defer` under which the contents of a fragment stand.
    private func usage(
        of fragment: Selection, in set: UsedSelectionSet, _ state: inout State
    ) -> Int? {
        guard state.usages != nil, let index = activeDirective("defer", of: fragment) else { return set.usage }
        return state.usages?.number(
            of: index, label: label(of: document.directives[index]), under: set.usage, depth: state.depth)
    }

    private func add(_ field: Field, key: Name, to state: inout State) {
        let limit = 12
        let known: Int?
        if state.groups.count <= limit {
            known = state.groups.firstIndex { document.isEqual($0.key, key) }
        } else {
            if state.groupByKey.isEmpty {
                for (position, group) in state.groups.enumerated() {
                    state.groupByKey[document.string(group.key)] = position
                }
            }
            known = state.groupByKey[document.string(key)]
        }
        if let known {
            state.groups[known].others.append(field)
            return
        }
        if state.groups.count > limit { state.groupByKey[document.string(key)] = state.groups.count }
        state.groups.append(Group(key: key, first: field))
    }

    private func applies(_ condition: Name, to type: NamedType) throws(FieldCollectionError) -> Bool {
        guard let fragmentType = schema.type(named: condition, in: document), fragmentType.isComposite else {
            throw invalid("Unknown type \"\(document.string(condition))\".", at: condition.start)
        }
        return schema.isPossible(type.id, of: fragmentType.id)
    }

    private func isIncluded(_ selection: Selection) throws(FieldCollectionError) -> Bool {
        for directive in document[selection.directives] {
            let isSkip = document.isEqual(directive.name, "skip")
            guard isSkip || document.isEqual(directive.name, "include") else { continue }
            for argument in document[directive.arguments] where document.isEqual(argument.name, "if") {
                let condition: Bool
                switch argument.value.kind {
                case .true: condition = true
                case .false: condition = false
                case .variable: condition = try conditions.value(of: argument.value, in: document)
                default: throw invalid("Argument \"if\" must be a Boolean.", at: argument.start)
                }
                if condition == isSkip { return false }
            }
        }
        return true
    }

    /// The index of the `@defer` or `@stream` of a selection; nil if it has none, or one whose `if` is false.
    func activeDirective(_ name: StaticString, of selection: Selection) -> Int? {
        for index in selection.directives.indices where document.isEqual(document.directives[index].name, name) {
            let condition = document[document.directives[index].arguments].first { document.isEqual($0.name, "if") }
            switch condition?.value.kind {
            case .false: return nil
            case .variable:
                // Without a value the default applies, which is true.
                let isActive = condition.flatMap { conditions.known($0.value.text, in: document) } ?? true
                return isActive ? index : nil
            default: return index
            }
        }
        return nil
    }

    /// The label of a `@defer` or `@stream`: a literal, as validation has seen.
    func label(of directive: Directive) -> String? {
        let argument = document[directive.arguments].first { document.isEqual($0.name, "label") }
        return argument.flatMap { $0.value.isString ? document.stringValue($0.value) : nil }
    }

    private func invalid(_ message: String, at offset: UInt32) -> FieldCollectionError {
        .invalid(GraphQLError(message, code: .validationFailed, locations: [document.location(of: offset)]))
    }
}

/// Why fields can't be collected.
enum FieldCollectionError: Swift.Error {
    /// The document is not what validation lets pass.
    case invalid(GraphQLError)
    /// A condition has no value, so nobody can tell which fields the objects have: each of them fails with this.
    case undecided(GraphQLError)
}
