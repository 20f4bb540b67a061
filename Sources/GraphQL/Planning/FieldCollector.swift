/// Collects the fields that selection sets ask of one object type: fragments resolved, conditions applied, equal
/// response keys merged (specification section 6.3.2, CollectFields).
struct FieldCollector {
    /// The field nodes with one response key, in the order of the document.
    struct Group {
        let key: Name
        var selections: [Int]
    }

    let document: Document
    let schema: GraphQLSchema
    /// By name: fragments of the document.
    let fragments: [String: FragmentDefinition]
    /// The values of the variables that `@skip` and `@include` use.
    let conditions: ConditionValues

    /// The groups in the order of the response.
    func collect(_ sets: [NodeRange<Selection>], for type: NamedType) throws(GraphQLError) -> [Group] {
        var state = State()
        for set in sets { try collect(set, for: type, into: &state) }
        return state.groups
    }

    private struct State {
        var groups: [Group] = []
        /// Only used above a dozen groups: below that, comparing is faster than hashing.
        var groupByKey: [String: Int] = [:]
        var visitedFragments: Set<String> = []
    }

    private func collect(
        _ set: NodeRange<Selection>, for type: NamedType, into state: inout State
    ) throws(GraphQLError) {
        for index in set.indices {
            let selection = document.selections[index]
            guard try isIncluded(selection) else { continue }
            switch selection.kind {
            case .field:
                add(index, key: selection.responseKey, to: &state)
            case .fragmentSpread:
                let name = document.string(selection.name)
                guard state.visitedFragments.insert(name).inserted else { continue }
                guard let fragment = fragments[name] else {
                    throw invalid("Unknown fragment \"\(name)\".", at: selection.start)
                }
                guard try applies(fragment.typeCondition, to: type) else { continue }
                try collect(fragment.selections, for: type, into: &state)
            case .inlineFragment:
                if let condition = selection.typeCondition {
                    guard try applies(condition, to: type) else { continue }
                }
                try collect(selection.selections, for: type, into: &state)
            }
        }
    }

    private func add(_ index: Int, key: Name, to state: inout State) {
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
            state.groups[known].selections.append(index)
            return
        }
        if state.groups.count > limit { state.groupByKey[document.string(key)] = state.groups.count }
        state.groups.append(Group(key: key, selections: [index]))
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
                case .variable: condition = try conditions.value(of: argument.value.text, in: document)
                default: throw invalid("Argument \"if\" must be a Boolean.", at: argument.start)
                }
                if condition == isSkip { return false }
            }
        }
        return true
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

    func value(of name: Name, in document: Document) throws(GraphQLError) -> Bool {
        guard let index = names.index(of: name, in: document), let value = values[index] else {
            throw GraphQLError(
                "Argument \"if\" of required type \"Boolean!\" was provided the variable "
                    + "\"$\(document.string(name))\" which was not provided a runtime value.",
                code: .badUserInput, locations: [document.location(of: name)])
        }
        return value
    }

    /// The names of all variables that the document's `@skip` and `@include` use.
    static func names(in document: Document) -> NameIndex {
        var names: [String] = []
        var seen: Set<String> = []
        for directive in document.directives
        where document.isEqual(directive.name, "skip") || document.isEqual(directive.name, "include") {
            for argument in document[directive.arguments] where argument.value.kind == .variable {
                let name = document.string(argument.value.text)
                if seen.insert(name).inserted { names.append(name) }
            }
        }
        return NameIndex(names)
    }
}
