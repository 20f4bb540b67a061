// Specification, section 5.4.1, https://spec.graphql.org/September2025/#sec-Argument-Names

/// Every argument is defined by the field or directive that it is given to.
enum ArgumentNamesRule {
    /// Reports an argument that is not defined.
    static func report(_ argument: Argument, of owner: ArgumentOwner, _ context: inout ValidationContext) {
        let name = context.text(argument.name)
        let place: String
        switch owner {
        case .field(_, let type, let field): place = "field \"\(context.text(type)).\(context.text(field.name))\""
        case .directive(let directive, _): place = "directive \"@\(directive.name)\""
        case .unknown: return
        }
        let suggestion = context.suggestion(for: name, among: (owner.definitions ?? []).lazy.map(\.name))
        context.report("Unknown argument \"\(name)\" on \(place)." + suggestion, at: argument.start)
    }
}
