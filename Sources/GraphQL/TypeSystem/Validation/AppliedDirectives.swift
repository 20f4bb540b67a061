// Visits every place of the type system where directives can be applied.

enum AppliedDirectives {
    /// Calls the closure for each place with what kind of place it is and the directives applied there.
    static func forEach(
        in syntax: SchemaSyntax, _ body: (DirectiveLocations, [Located<Directive>]) -> Void
    ) {
        body(.schema, syntax.schemaDirectives)
        for directive in syntax.ownDirectives {
            for argument in directive.each(directive.arguments) {
                body(.argumentDefinition, argument.applied(argument.directives))
            }
        }
        for type in syntax.ownTypes { forEach(in: type, body) }
    }

    private static func forEach(in type: TypeSyntax, _ body: (DirectiveLocations, [Located<Directive>]) -> Void) {
        body(type.kind.directiveLocation, type.directives)
        for field in type.fields {
            body(.fieldDefinition, field.applied(field.directives))
            for argument in field.argumentNodes {
                body(.argumentDefinition, argument.applied(argument.directives))
            }
        }
        for value in type.values { body(.enumValue, value.applied(value.directives)) }
        for field in type.inputFields { body(.inputFieldDefinition, field.applied(field.directives)) }
    }
}

extension TypeKind {
    /// The place where directives of a definition of this kind stand.
    var directiveLocation: DirectiveLocations {
        switch self {
        case .scalar: .scalar
        case .object: .object
        case .interface: .interface
        case .union: .union
        case .enum: .enum
        case .inputObject: .inputObject
        }
    }
}
