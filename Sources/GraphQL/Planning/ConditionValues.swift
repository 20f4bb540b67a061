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
    func value(of variable: Value, in document: Document) throws(FieldCollectionError) -> Bool {
        guard let value = known(variable.text, in: document) else {
            throw .undecided(
                GraphQLError(
                    "Argument \"if\" of required type \"Boolean!\" was provided the variable "
                        + "\"$\(document.string(variable.text))\" which was not provided a runtime value.",
                    code: .badUserInput, locations: [document.location(of: variable.start)]))
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
