// The parsed document: the source bytes and one flat array per kind of node. Nodes are small values without references,
// children are ranges of indices, names are ranges of bytes. A document of any size so costs about a dozen allocations,
// and walking it touches consecutive memory.

/// A parsed GraphQL document: executable definitions, type-system definitions, or both.
///
/// Immutable and safe to share. Specification, section 2.3.
public final class Document: Sendable {
    /// The source text in UTF-8, exactly as it was given.
    public let source: [UInt8]
    /// All definitions in the order of the text.
    public let definitions: [Definition]
    /// The operations in the order of the text.
    public let operations: [OperationDefinition]
    /// The fragment definitions in the order of the text.
    public let fragments: [FragmentDefinition]
    /// The type-system definitions and extensions in the order of the text.
    public let typeSystemDefinitions: [TypeSystemDefinition]
    /// The variable definitions of all operations.
    public let variableDefinitions: [VariableDefinition]
    /// The selections of all selection sets; those of one set are consecutive.
    public let selections: [Selection]
    /// The arguments of all fields and directives; those of one node are consecutive.
    public let arguments: [Argument]
    /// All applied directives; those of one node are consecutive.
    public let directives: [Directive]
    /// The items of all list literals; those of one list are consecutive.
    public let values: [Value]
    /// The fields of all object literals; those of one object are consecutive.
    public let objectFields: [ObjectField]

    init(source: [UInt8], nodes: DocumentNodes) {
        self.source = source
        definitions = nodes.definitions
        operations = nodes.operations
        fragments = nodes.fragments
        typeSystemDefinitions = nodes.typeSystemDefinitions
        variableDefinitions = nodes.variableDefinitions
        selections = nodes.selections
        arguments = nodes.arguments
        directives = nodes.directives
        values = nodes.values
        objectFields = nodes.objectFields
    }

    /// The selections of a selection set.
    public subscript(range: NodeRange<Selection>) -> ArraySlice<Selection> { selections[range.indices] }
    /// The arguments of a field or directive.
    public subscript(range: NodeRange<Argument>) -> ArraySlice<Argument> { arguments[range.indices] }
    /// The directives of a node.
    public subscript(range: NodeRange<Directive>) -> ArraySlice<Directive> { directives[range.indices] }
    /// The variable definitions of an operation.
    public subscript(range: NodeRange<VariableDefinition>) -> ArraySlice<VariableDefinition> {
        variableDefinitions[range.indices]
    }
    /// The items of a list literal.
    public subscript(range: NodeRange<Value>) -> ArraySlice<Value> { values[range.indices] }
    /// The fields of an object literal.
    public subscript(range: NodeRange<ObjectField>) -> ArraySlice<ObjectField> { objectFields[range.indices] }
}

/// One definition of a document: which kind, and its index in the document's array of that kind.
public enum Definition: Sendable, Hashable, BitwiseCopyable {
    /// An index into `Document.operations`.
    case operation(Int)
    /// An index into `Document.fragments`.
    case fragment(Int)
    /// An index into `Document.typeSystemDefinitions`.
    case typeSystem(Int)
}

/// The arrays a parser fills.
struct DocumentNodes {
    var definitions: [Definition] = []
    var operations: [OperationDefinition] = []
    var fragments: [FragmentDefinition] = []
    var typeSystemDefinitions: [TypeSystemDefinition] = []
    var variableDefinitions: [VariableDefinition] = []
    var selections: [Selection] = []
    var arguments: [Argument] = []
    var directives: [Directive] = []
    var values: [Value] = []
    var objectFields: [ObjectField] = []
}
