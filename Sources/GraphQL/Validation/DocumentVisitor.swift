// The one walk over a document. It keeps the type in scope and calls the rules that are about a single node. Its recursion
// is as deep as the document is nested, which the parser has counted (`ParserLimits.maximumDepth`); fragments are visited
// where they are defined, not where they are spread.

/// Walks over all definitions of a document.
struct DocumentVisitor {
    var context: ValidationContext

    init(_ context: ValidationContext) {
        self.context = context
    }

    /// Visits everything.
    mutating func visitDocument() {
        let document = context.document
        registerFragments()
        OperationNameUniquenessRule.check(&context)
        LoneAnonymousOperationRule.check(&context)
        for definition in document.definitions {
            guard !context.errors.isFull else { return }
            switch definition {
            case .operation(let index): context.contents[index] = visit(document.operations[index])
            case .fragment(let index):
                context.contents[document.operations.count + index] = visit(document.fragments[index])
            case .typeSystem(let index):
                ExecutableDefinitionsRule.report(document.typeSystemDefinitions[index], &context)
            }
        }
    }

    /// Gives fragments the first symbols, so that a symbol tells whether it is a fragment's name.
    private mutating func registerFragments() {
        context.fragmentOfSymbol.reserveCapacity(context.document.fragments.count)
        for (index, fragment) in context.document.fragments.enumerated() {
            let symbol = Int(context.symbol(of: fragment.name))
            if symbol < context.fragmentOfSymbol.count {
                context.fragmentOfSymbol[symbol] = index
            } else {
                context.fragmentOfSymbol.append(index)
            }
        }
        if context.fragmentOfSymbol.count < context.document.fragments.count {
            FragmentNameUniquenessRule.check(&context)
        }
    }

    private mutating func visit(_ operation: OperationDefinition) -> DefinitionContents {
        let start = context.position
        let root = OperationTypeExistenceRule.rootType(of: operation, &context)
        visitVariables(operation)
        if !operation.directives.isEmpty { visitDirectives(operation.directives, at: operation.kind.directiveLocation) }
        visitSelections(operation.selections, parent: root)
        return DefinitionContents(from: start, to: context.position)
    }

    private mutating func visit(_ fragment: FragmentDefinition) -> DefinitionContents {
        let start = context.position
        let type = FragmentSpreadTypeExistenceRule.type(named: fragment.typeCondition, &context)
        let isComposite = type.map { FragmentsOnCompositeTypesRule.check($0, of: fragment, &context) } ?? false
        if !fragment.directives.isEmpty { visitDirectives(fragment.directives, at: .fragmentDefinition) }
        visitSelections(fragment.selections, parent: isComposite ? type : nil)
        return DefinitionContents(from: start, to: context.position)
    }

    // MARK: Selections

    /// Visits a selection set on a composite type; the type is nil when it is unknown.
    private mutating func visitSelections(_ range: NodeRange<Selection>, parent: TypeID?) {
        for index in range.indices {
            guard !context.errors.isFull else { return }
            let selection = context.document.selections[index]
            switch selection.kind {
            case .field: visitField(index, selection, parent: parent)
            case .fragmentSpread: visitSpread(index, selection, parent: parent)
            case .inlineFragment: visitInlineFragment(selection, parent: parent)
            }
        }
    }

    private mutating func visitField(_ index: Int, _ selection: Selection, parent: TypeID?) {
        let symbol = context.symbol(of: selection.responseKey)
        guard let parent else {
            context.facts[index] = SelectionFacts(symbol: symbol)
            return visitUntypedParts(of: selection)
        }
        guard let definition = context.schema.field(of: parent, named: selection.name, in: context.document) else {
            context.facts[index] = SelectionFacts(symbol: symbol, parent: parent)
            FieldSelectionsRule.report(selection, on: parent, &context)
            return visitUntypedParts(of: selection)
        }
        let type = definition.type
        context.facts[index] = SelectionFacts(symbol: symbol, parent: parent, type: type)
        if !selection.arguments.isEmpty || !definition.arguments.isEmpty {
            visitArguments(selection.arguments, of: .field(definition, on: parent, at: selection))
        }
        if !selection.directives.isEmpty {
            visitDirectives(of: selection, parent: parent, at: .field)
            StreamDirectivesAreUsedOnListFieldsRule.check(selection, definition, on: parent, &context)
        }
        let isComposite = context.schema[type.type].isComposite
        LeafFieldSelectionsRule.check(selection, isComposite: isComposite, type, &context)
        if !selection.selections.isEmpty {
            visitSelections(selection.selections, parent: isComposite ? type.type : nil)
        }
    }

    /// Visits what is in a field of which nothing is known.
    private mutating func visitUntypedParts(of selection: Selection) {
        if !selection.arguments.isEmpty { visitArguments(selection.arguments, of: .unknown) }
        visitDirectives(of: selection, parent: nil, at: .field)
        visitSelections(selection.selections, parent: nil)
    }

    private mutating func visitSpread(_ index: Int, _ selection: Selection, parent: TypeID?) {
        let symbol = context.symbol(of: selection.name)
        let fragment = context.fragment(symbol)
        context.facts[index] = SelectionFacts(symbol: symbol, parent: parent)
        context.spreads.append(SpreadUse(selection: index, fragment: fragment))
        if let fragment {
            if let parent { FragmentSpreadIsPossibleRule.check(selection, of: fragment, in: parent, &context) }
        } else {
            FragmentSpreadTargetDefinedRule.report(selection, &context)
        }
        visitDirectives(of: selection, parent: parent, at: .fragmentSpread)
    }

    private mutating func visitInlineFragment(_ selection: Selection, parent: TypeID?) {
        var scope = parent
        if let condition = selection.typeCondition {
            scope = FragmentSpreadTypeExistenceRule.type(named: condition, &context)
            if let type = scope {
                if FragmentsOnCompositeTypesRule.check(type, ofInline: selection, &context) {
                    if let parent { FragmentSpreadIsPossibleRule.check(selection, on: type, in: parent, &context) }
                } else {
                    scope = nil
                }
            }
        }
        visitDirectives(of: selection, parent: parent, at: .inlineFragment)
        visitSelections(selection.selections, parent: scope)
    }
}

extension OperationKind {
    /// The place of a directive that is applied to the operation.
    var directiveLocation: DirectiveLocations {
        switch self {
        case .query: .query
        case .mutation: .mutation
        case .subscription: .subscription
        }
    }
}
