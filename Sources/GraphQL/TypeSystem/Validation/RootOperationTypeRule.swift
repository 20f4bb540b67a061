/// There is a query root; root types are objects, each operation has one, and no two operations share one
/// (specification, section 3.3.1).
enum RootOperationTypeRule {
    static func check(_ syntax: SchemaSyntax, _ issues: inout IssueList) {
        checkUniqueOperations(syntax, &issues)
        let roots = syntax.rootOperations
        if roots[.query] == nil, !syntax.rootOperationNodes.contains(where: { $0.kind == .query }) {
            let place = syntax.schemaDefinition.map { $0.place($0.start) }
            issues.add("The query root operation type must be provided.", at: [place].compactMap { $0 })
        }
        var users: [TypeID: OperationKind] = [:]
        for kind in OperationKind.allCases {
            guard let id = roots[kind] else { continue }
            let type = syntax.types[id.index]
            if type.kind != .object {
                issues.add(
                    "The \(kind.keyword) root operation type must be an object type, \"\(type.name)\" is \(type.kind.text).",
                    at: [place(of: kind, type, syntax)])
            }
            if let other = users[id] {
                issues.add(
                    "\"\(type.name)\" cannot be the root operation type of both \(other.keyword) and \(kind.keyword).",
                    at: [place(of: kind, type, syntax), place(of: other, type, syntax)])
            } else {
                users[id] = kind
            }
        }
    }

    private static func checkUniqueOperations(_ syntax: SchemaSyntax, _ issues: inout IssueList) {
        var first: [OperationKind: Located<RootOperationTypeNode>] = [:]
        for root in syntax.rootOperationNodes {
            if let earlier = first[root.kind] {
                issues.add(
                    "There can be only one \(root.kind.keyword) root operation type.",
                    at: [root.place(root.start), earlier.place(earlier.start)])
            } else {
                first[root.kind] = root
            }
        }
    }

    /// Where the root is named, or where the type of a default name is defined.
    private static func place(of kind: OperationKind, _ type: TypeSyntax, _ syntax: SchemaSyntax) -> Place {
        let node = syntax.rootOperationNodes.last { $0.kind == kind }
        return node.map { $0.place($0.type.start) } ?? type.definition.place(type.definition.name.start)
    }
}
