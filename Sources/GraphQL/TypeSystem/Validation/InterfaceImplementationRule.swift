/// A type that declares an interface also declares the interfaces of that interface and has all its fields, with the same
/// arguments and a type at least as narrow (specification, section 3.6, IsValidImplementation).
enum InterfaceImplementationRule {
    static func check(_ context: SchemaRuleContext, _ issues: inout IssueList) {
        for (type, syntax) in context.types where type.kind == .object || type.kind == .interface {
            var first: [TypeID: Place] = [:]
            for (id, name) in zip(type.interfaces, syntax.interfaces) {
                let interface = context.schema[id]
                if interface.kind != .interface {
                    let kind = interface.kind.text
                    issues.add(
                        "Type \"\(type.name)\" can only implement interfaces, \"\(interface.name)\" is \(kind).",
                        at: [name.place])
                } else if id == type.id {
                    issues.add("Type \"\(type.name)\" cannot implement itself.", at: [name.place])
                } else if let earlier = first[id] {
                    issues.add(
                        "Type \"\(type.name)\" can only implement \"\(interface.name)\" once.",
                        at: [name.place, earlier])
                } else {
                    first[id] = name.place
                    checkAncestors(of: interface, in: type, at: name.place, context, &issues)
                    InterfaceFieldRule(context, type, syntax, interface)?.check(&issues)
                }
            }
        }
    }

    private static func checkAncestors(
        of interface: NamedType, in type: NamedType, at place: Place, _ context: SchemaRuleContext,
        _ issues: inout IssueList
    ) {
        for id in interface.interfaces where !type.interfaces.contains(id) {
            let ancestor = context.schema[id]
            let message =
                id == type.id
                ? "Type \"\(type.name)\" cannot implement \"\(interface.name)\", which implements \"\(type.name)\"."
                : "Type \"\(type.name)\" must implement \"\(ancestor.name)\" because \"\(interface.name)\" implements it."
            issues.add(message, at: [place])
        }
    }
}
