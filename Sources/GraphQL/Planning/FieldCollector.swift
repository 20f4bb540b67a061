/// Collects the fields that selection sets ask of one object type: fragments resolved, conditions applied, equal
/// response keys merged (specification section 6.3.2, CollectFields).
struct FieldCollector {
    /// The field nodes with one response key, in the order of the document.
    struct Group {
        let key: Name
        var fields: [Field]
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
    /// By name: fragments of the document.
    let fragments: [String: FragmentDefinition]
    /// The values of the variables that `@skip` and `@include` use.
    let conditions: ConditionValues

    /// The groups in the order of the response, of the selection sets of one object that is so many fields deep.
    ///
    /// `usages` gets the `@defer`s that are found; it is nil if they mean nothing.
    func collect(
        _ sets: [UsedSelectionSet], for type: NamedType, depth: Int, usages: inout DeferUsageTable?
    ) throws(GraphQLError) -> [Group] {
        var state = State(depth: depth, usages: usages)
        usages = nil
        defer { usages = state.usages }
        for set in sets { try collect(set, for: type, into: &state) }
        return state.groups
    }

    private struct State {
        let depth: Int
        var usages: DeferUsageTable?
        var groups: [Group] = []
        /// Only used above a dozen groups: below that, comparing is faster than hashing.
        var groupByKey: [String: Int] = [:]
        var visitedFragments: Set<Visit> = []
    }

    private struct Visit: Hashable {
        let fragment: String
        let usage: Int?
    }

    private func collect(
        _ set: UsedSelectionSet, for type: NamedType, into state: inout State
    ) throws(GraphQLError) {
        for index in set.selections.indices {
            let selection = document.selections[index]
            guard try isIncluded(selection) else { continue }
            switch selection.kind {
            case .field:
                add(Field(selection: index, usage: set.usage), key: selection.responseKey, to: &state)
            case .fragmentSpread:
                let name = document.string(selection.name)
                let usage = try usage(of: selection, in: set, &state)
                // What was asked for without `@defer` is not asked for again with one.
                guard !state.visitedFragments.contains(Visit(fragment: name, usage: nil)),
                    state.visitedFragments.insert(Visit(fragment: name, usage: usage)).inserted
                else { continue }
                guard let fragment = fragments[name] else {
                    throw invalid("Unknown fragment \"\(name)\".", at: selection.start)
                }
                guard try applies(fragment.typeCondition, to: type) else { continue }
                try collect(UsedSelectionSet(selections: fragment.selections, usage: usage), for: type, into: &state)
            case .inlineFragment:
                if let condition = selection.typeCondition {
                    guard try applies(condition, to: type) else { continue }
                }
                let usage = try usage(of: selection, in: set, &state)
                try collect(UsedSelectionSet(selections: selection.selections, usage: usage), for: type, into: &state)
            }
        }
    }

    /// The `@defer` under which the contents of a fragment stand.
    private func usage(
        of fragment: Selection, in set: UsedSelectionSet, _ state: inout State
    ) throws(GraphQLError) -> Int? {
        guard state.usages != nil, let index = try activeDirective("defer", of: fragment) else { return set.usage }
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
            state.groups[known].fields.append(field)
            return
        }
        if state.groups.count > limit { state.groupByKey[document.string(key)] = state.groups.count }
        state.groups.append(Group(key: key, fields: [field]))
    }

    private func applies(_ condition: Name, to type: NamedType) throws(GraphQLError) -> Bool {
        guard let fragmentType = schema.type(named: condition, in: document), fragmentType.isComposite else {
            throw invalid("Unknown type \"\(document.string(condition))\".", at: condition.start)
        }
        return schema.isPossible(type.id, of: fragmentType.id)
    }

    private func isIncluded(_ selection: Selection) throws(GraphQLError) -> Bool {
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
    func activeDirective(_ name: StaticString, of selection: Selection) throws(GraphQLError) -> Int? {
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

    private func invalid(_ message: String, at offset: UInt32) -> GraphQLError {
        GraphQLError(message, code: .validationFailed, locations: [document.location(of: offset)])
    }
}

/// The values of the Boolean variables that decide which fields an operation has: the key of a plan.
struct ConditionValues: Hashable, Sendable {
    /// The variables' names.
    let names: NameIndex
    /// Their values; nil where the client gave null or nothing.
    let values: [Bool?]

    /// Of a document without conditions.
    static let none = ConditionValues(names: NameIndex([]), values: [])

    /// The value of a variable; nil if it has none.
    func known(_ name: Name, in document: Document) -> Bool? {
        names.index(of: name, in: document).flatMap { values[$0] }
    }

    /// The value that a condition must have; null in place of it is an error of the objects whose fields depend on it.
    func value(of variable: Value, in document: Document) throws(GraphQLError) -> Bool {
        guard let value = known(variable.text, in: document) else {
            throw GraphQLError(
                "Argument \"if\" of required type \"Boolean!\" was provided the variable "
                    + "\"$\(document.string(variable.text))\" which was not provided a runtime value.",
                code: .badUserInput, locations: [document.location(of: variable.start)])
        }
        return value
    }

    /// The names of all variables that the `if` of the document's `@skip`, `@include`, `@defer` and `@stream` use.
    static func names(in document: Document) -> NameIndex {
        var names: [String] = []
        var seen: Set<String> = []
        for directive in document.directives
        where document.isEqual(directive.name, "skip") || document.isEqual(directive.name, "include")
            || document.isIncremental(directive)
        {
            for argument in document[directive.arguments]
            where argument.value.kind == .variable && document.isEqual(argument.name, "if") {
                let name = document.string(argument.value.text)
                if seen.insert(name).inserted { names.append(name) }
            }
        }
        return NameIndex(names)
    }
}

extension Document {
    /// Whether a directive is `@defer` or `@stream`.
    func isIncremental(_ directive: Directive) -> Bool {
        isEqual(directive.name, "defer") || isEqual(directive.name, "stream")
    }
}
