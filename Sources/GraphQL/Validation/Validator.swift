// The way of a document through validation: one walk over all definitions in which most rules check the node they are
// about, then the rules that need the whole document. A rule is an enum of static functions in `Rules/`; the walk calls
// it by name, so there is no list of visitors and nothing is dispatched at run time.

/// Checks a document against a schema (specification, section 5).
public enum Validator {
    /// All errors; a document without any can be executed.
    ///
    /// Every error has the code `validationFailed`, except that of a document which is too costly to check
    /// (`tooComplex`). A document without operations is valid: choosing the operation reports that (section 6.1).
    ///
    /// `scalars` says, by name, how custom scalars refuse literals; the others accept every literal.
    public static func validate(
        _ document: Document, against schema: GraphQLSchema,
        scalars: [String: @Sendable (InputValue) throws -> Void] = [:], options: ValidationOptions = .standard
    ) -> [GraphQLError] {
        let coercion = InputCoercion(document: document, schema: schema, scalars: scalars)
        var visitor = DocumentVisitor(ValidationContext(coercion, options: options))
        visitor.visitDocument()
        visitor.context.checkWholeDocument()
        return visitor.context.errors.resolved(in: document)
    }
}

extension ValidationContext {
    /// The rules that need what the walk has collected.
    mutating func checkWholeDocument() {
        guard !errors.isFull else { return }
        SingleRootFieldRule.check(&self)
        FragmentSpreadsMustNotFormCyclesRule.check(&self)
        let reached = checkVariables()
        FragmentsMustBeUsedRule.check(reached, &self)
        if !incrementalDirectives.isEmpty {
            DeferAndStreamDirectivesAreUsedOnValidOperationsRule.check(&self)
            DeferAndStreamDirectiveLabelsAreUniqueRule.check(&self)
        }
        guard !errors.isFull else { return }
        FieldSelectionMergingRule.check(reached, &self)
    }
}
