// Arguments, directives, variable definitions and the values in them.

/// What takes arguments: its definition, and how messages call it.
enum ArgumentOwner {
    /// A field of a type.
    case field(FieldDefinition, on: TypeID, at: Selection)
    /// A directive.
    case directive(DirectiveDefinition, at: Directive)
    /// A field or directive that does not exist.
    case unknown

    /// The defined arguments; nil when nothing is known.
    var definitions: [InputValueDefinition]? {
        switch self {
        case .field(let definition, _, _): definition.arguments
        case .directive(let definition, _): definition.arguments
        case .unknown: nil
        }
    }
}

extension DocumentVisitor {
    mutating func visitVariables(_ operation: OperationDefinition) {
        guard !operation.variableDefinitions.isEmpty else { return }
        for index in operation.variableDefinitions.indices {
            // The rest of the operation is not visited either.
            if context.errors.isFull { return }
            let variable = context.document.variableDefinitions[index]
            let named = FragmentSpreadTypeExistenceRule.type(named: variable.type.name, &context)
            let type = named.map { TypeReference($0, variable.type.wrapping) }
            let isInput = named.map { VariablesAreInputTypesRule.check($0, of: variable, &context) } ?? false
            context.variables.append(VariableFacts(symbol: context.symbol(of: variable.name), type: type))
            if let value = variable.defaultValue {
                visitValue(value, ExpectedValue(type: isInput ? type : nil))
            }
            if !variable.directives.isEmpty { visitDirectives(variable.directives, at: .variableDefinition) }
        }
        VariableUniquenessRule.check(operation, &context)
    }

    /// Visits the directives of a selection, whose parent type is nil when it is unknown.
    mutating func visitDirectives(of selection: Selection, parent: TypeID?, at location: DirectiveLocations) {
        guard !selection.directives.isEmpty else { return }
        visitDirectives(selection.directives, at: location)
        for index in selection.directives.indices {
            let directive = context.document.directives[index]
            guard context.document.isIncremental(directive), !context.errors.isFull else { continue }
            context.incrementalDirectives.append(directive)
            DeferAndStreamDirectivesAreUsedOnValidRootFieldRule.check(directive, on: parent, &context)
        }
    }

    mutating func visitDirectives(_ range: NodeRange<Directive>, at location: DirectiveLocations) {
        for index in range.indices {
            guard !context.errors.isFull else { return }
            let directive = context.document.directives[index]
            guard let definition = context.schema.directive(named: directive.name, in: context.document) else {
                DirectivesAreDefinedRule.report(directive, &context)
                if !directive.arguments.isEmpty { visitArguments(directive.arguments, of: .unknown) }
                continue
            }
            DirectivesAreInValidLocationsRule.check(directive, definition, at: location, &context)
            if !directive.arguments.isEmpty || !definition.arguments.isEmpty {
                visitArguments(directive.arguments, of: .directive(definition, at: directive))
            }
        }
        if range.count > 1 { DirectivesAreUniquePerLocationRule.check(range, &context) }
    }

    mutating func visitArguments(_ range: NodeRange<Argument>, of owner: ArgumentOwner) {
        let definitions = owner.definitions
        for index in range.indices {
            guard !context.errors.isFull else { return }
            let argument = context.document.arguments[index]
            var expected = ExpectedValue(type: nil)
            if let definitions {
                if let definition = definitions.first(named: argument.name, in: context.document) {
                    expected = ExpectedValue(type: definition.type, hasDefault: definition.defaultValue != nil)
                } else {
                    ArgumentNamesRule.report(argument, of: owner, &context)
                }
            }
            visitValue(argument.value, expected)
        }
        if range.count > 1 { ArgumentUniquenessRule.check(range, &context) }
        if let definitions { RequiredArgumentsRule.check(range, definitions, of: owner, &context) }
    }

    /// Visits a value and everything in it.
    mutating func visitValue(_ value: Value, _ expected: ExpectedValue) {
        switch value.kind {
        case .variable:
            context.usages.append(
                VariableUsage(
                    name: value.text, start: value.start, symbol: context.symbol(of: value.text),
                    expected: expected.type, hasDefault: expected.hasDefault, oneOf: expected.oneOf))
        case .list: visitList(value, expected)
        case .object: visitObject(value, expected)
        default: ValuesOfCorrectTypeRule.check(value, expected, &context)
        }
    }

    private mutating func visitList(_ list: Value, _ expected: ExpectedValue) {
        var item = expected.type?.nullable
        if let type = item {
            if type.isList {
                item = type.item
            } else {
                ValuesOfCorrectTypeRule.check(list, ExpectedValue(type: type, isChecked: expected.isChecked), &context)
            }
        }
        let isChecked = expected.isChecked && (expected.type?.isList ?? false)
        for index in list.items.indices {
            guard !context.errors.isFull else { return }
            visitValue(context.document.values[index], ExpectedValue(type: item, isChecked: isChecked))
        }
    }

    private mutating func visitObject(_ object: Value, _ expected: ExpectedValue) {
        if object.fields.count > 1 { InputObjectFieldUniquenessRule.check(object, &context) }
        guard let type = expected.type.map({ context.schema[$0.type] }), type.kind == .inputObject else {
            ValuesOfCorrectTypeRule.check(object, expected, &context)
            for index in object.fields.indices {
                visitValue(context.document.objectFields[index].value, ExpectedValue(type: nil))
            }
            return
        }
        if expected.isChecked {
            InputObjectRequiredFieldsRule.check(object, type, &context)
            if type.isOneOf { OneOfInputObjectRule.check(object, type, &context) }
        }
        for index in object.fields.indices {
            guard !context.errors.isFull else { return }
            let field = context.document.objectFields[index]
            guard let definition = type.inputField(named: field.name, in: context.document) else {
                if expected.isChecked { InputObjectFieldNamesRule.report(field, type, &context) }
                visitValue(field.value, ExpectedValue(type: nil))
                continue
            }
            visitValue(
                field.value,
                ExpectedValue(
                    type: definition.type, hasDefault: definition.defaultValue != nil,
                    oneOf: type.isOneOf ? type.id : nil, isChecked: expected.isChecked))
        }
    }
}

/// What a place expects of the value in it.
struct ExpectedValue: BitwiseCopyable {
    /// The expected type; nil when it is unknown.
    var type: TypeReference?
    /// Whether the argument or input field of this place has a default value.
    var hasDefault = false
    /// The `@oneOf` type of which this is a field.
    var oneOf: TypeID?
    /// Whether the value itself is checked; not inside a list that is wrong as a whole.
    var isChecked = true
}

extension [InputValueDefinition] {
    /// The argument with a name of a document.
    func first(named name: Name, in document: Document) -> InputValueDefinition? {
        first { document.isEqual(name, $0.name) }
    }
}
