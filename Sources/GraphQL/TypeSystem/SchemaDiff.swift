// Compares an old schema with a new one from the view of a client. Types here, their parts in `SchemaDiff+Part.swift`.
// Descriptions are not compared.

/// Finds the differences between two schemas.
public struct SchemaDiff {
    let old: GraphQLSchema
    let new: GraphQLSchema
    var changes: [SchemaChange] = []

    private init(_ old: GraphQLSchema, _ new: GraphQLSchema) {
        self.old = old
        self.new = new
    }

    /// All changes from the old schema to the new one: those of types in the order of the old schema, then additions.
    public static func changes(from old: GraphQLSchema, to new: GraphQLSchema) -> [SchemaChange] {
        var diff = SchemaDiff(old, new)
        diff.compareTypes()
        diff.compareRoots()
        diff.compareDirectives()
        return diff.changes
    }

    mutating func add(_ severity: SchemaChange.Severity, _ coordinate: SchemaCoordinate, _ message: String) {
        changes.append(SchemaChange(severity: severity, coordinate: coordinate, message: message))
    }

    private mutating func compareTypes() {
        for type in old.types where !type.isBuiltIn {
            guard let other = new.type(named: type.name) else {
                add(.breaking, .type(type.name), "The type was removed.")
                continue
            }
            guard type.kind == other.kind else {
                add(
                    .breaking, .type(type.name), "The type was \(type.kind.text) and is now \(other.kind.text).")
                continue
            }
            compare(type, other)
        }
        for type in new.types where !type.isBuiltIn && old.type(named: type.name) == nil {
            add(.safe, .type(type.name), "The type was added.")
        }
    }

    private mutating func compareRoots() {
        for kind in OperationKind.allCases {
            let before = old.rootType(of: kind).map { old[$0].name }
            let after = new.rootType(of: kind).map { new[$0].name }
            switch (before, after) {
            case (let before?, nil):
                add(.breaking, .type(before), "The type is no longer the root of \(kind.keyword) operations.")
            case (let before?, let after?) where before != after:
                add(.breaking, .type(before), "The root of \(kind.keyword) operations is now \"\(after)\".")
            case (nil, let after?):
                add(.safe, .type(after), "The type is now the root of \(kind.keyword) operations.")
            default: break
            }
        }
    }

    private mutating func compareDirectives() {
        for directive in old.directives {
            let coordinate = SchemaCoordinate.directive(directive.name)
            guard let other = new.directive(named: directive.name) else {
                add(.breaking, coordinate, "The directive was removed.")
                continue
            }
            for name in directive.locations.subtracting(other.locations).names {
                add(.breaking, coordinate, "The directive may no longer be used on \(name).")
            }
            for name in other.locations.subtracting(directive.locations).names {
                add(.safe, coordinate, "The directive may now be used on \(name).")
            }
            if directive.isRepeatable != other.isRepeatable {
                let change = other.isRepeatable ? "now" : "no longer"
                add(other.isRepeatable ? .safe : .breaking, coordinate, "The directive is \(change) repeatable.")
            }
            compare(directive.arguments, other.arguments, what: "argument") {
                .directiveArgument(directive: directive.name, name: $0)
            }
        }
        for directive in new.directives where old.directive(named: directive.name) == nil {
            add(.safe, .directive(directive.name), "The directive was added.")
        }
    }
}
