// Specification, section 5.2.3.1, https://spec.graphql.org/September2025/#sec-Lone-Anonymous-Operation

/// An operation without a name is the only operation of its document.
enum LoneAnonymousOperationRule {
    /// Looks for operations without a name beside others.
    static func check(_ context: inout ValidationContext) {
        let operations = context.document.operations
        guard operations.count > 1 else { return }
        for operation in operations where operation.name.isEmpty && !context.errors.isFull {
            context.report("This anonymous operation must be the only defined operation.", at: operation.start)
        }
    }
}
