// Specification, section 5.1.1, https://spec.graphql.org/September2025/#sec-Executable-Definitions

/// All definitions of a document are operations or fragments.
enum ExecutableDefinitionsRule {
    /// Reports a type-system definition or extension.
    static func report(_ definition: TypeSystemDefinition, _ context: inout ValidationContext) {
        let (name, start): (String, UInt32) =
            switch definition {
            case .schema(let node): ("schema", node.description?.start ?? node.start)
            case .type(let node): ("\"\(context.text(node.name))\"", node.description?.start ?? node.start)
            case .directive(let node): ("\"\(context.text(node.name))\"", node.description?.start ?? node.start)
            }
        context.report("The \(name) definition is not executable.", at: start)
    }
}
