/// A union has members, each once, all of them object types (specification, section 3.8).
enum UnionMemberRule {
    static func check(_ context: SchemaRuleContext, _ issues: inout IssueList) {
        for (type, syntax) in context.types where type.kind == .union {
            if type.members.isEmpty {
                issues.add("Union \"\(type.name)\" must have one or more members.", at: syntax.places)
            }
            var first: [TypeID: Place] = [:]
            for (id, name) in zip(type.members, syntax.members) {
                let member = context.schema[id]
                if member.kind != .object {
                    issues.add(
                        "Union \"\(type.name)\" can only have object types, \"\(member.name)\" is \(member.kind.text).",
                        at: [name.place])
                } else if let earlier = first[id] {
                    issues.add(
                        "Union \"\(type.name)\" can only have \"\(member.name)\" once.", at: [name.place, earlier])
                } else {
                    first[id] = name.place
                }
            }
        }
    }
}
