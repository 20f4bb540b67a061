// What the rules share: the document, the schema, the errors, and what the walk has learnt so far.

/// What the walk learnt about a selection; later rules need not look it up again.
struct SelectionFacts: BitwiseCopyable {
    /// The response key of a field, the name of a spread fragment; meaningless for an inline fragment.
    var symbol: Symbol = 0
    /// The type that the selection set around it is on; nil when it is unknown.
    var parent: TypeID?
    /// The type of a field; nil when the field is unknown.
    var type: TypeReference?
}

/// What the walk learnt about a variable definition.
struct VariableFacts: BitwiseCopyable {
    let symbol: Symbol
    /// Its type; nil when that is unknown.
    let type: TypeReference?
}

/// A named spread.
struct SpreadUse: BitwiseCopyable {
    /// Its index in `Document.selections`.
    let selection: Int
    /// The index of the fragment in `Document.fragments`; nil when there is none.
    let fragment: Int?
}

/// What lies inside one operation or fragment definition, without the fragments it spreads.
struct DefinitionContents {
    /// Indices in `ValidationContext.spreads`.
    var spreads: Range<Int>
    /// Indices in `ValidationContext.usages`.
    var usages: Range<Int>
    /// Indices in `ValidationContext.incrementalDirectives`.
    var incrementalDirectives: Range<Int>

    /// What lies between two positions of the walk.
    init(from start: VisitPosition, to end: VisitPosition) {
        spreads = start.spreads..<end.spreads
        usages = start.usages..<end.usages
        incrementalDirectives = start.incrementalDirectives..<end.incrementalDirectives
    }
}

/// How far the walk has come.
struct VisitPosition: BitwiseCopyable {
    var spreads = 0
    var usages = 0
    var incrementalDirectives = 0
}

/// The state of one validation.
struct ValidationContext {
    let document: Document
    let schema: GraphQLSchema
    /// What custom scalars say of literals.
    let coercion: InputCoercion
    let options: ValidationOptions
    var errors: ValidationErrors
    var symbols: SymbolTable

    /// For each selection of the document what is known about it.
    var facts: [SelectionFacts]
    /// The index of the fragment with that name.
    ///
    /// Fragments get the first symbols; later symbols are no fragment's.
    var fragmentOfSymbol: [Int] = []
    /// The named spreads of all definitions.
    var spreads: [SpreadUse] = []
    /// The variables used in all definitions.
    var usages: [VariableUsage] = []
    /// The `@defer`s and `@stream`s of all definitions.
    var incrementalDirectives: [Directive] = []
    /// For each operation, and then for each fragment, what lies in it.
    var contents: [DefinitionContents]
    /// For each variable definition of the document what is known about it.
    var variables: [VariableFacts] = []

    init(_ coercion: InputCoercion, options: ValidationOptions) {
        document = coercion.document
        schema = coercion.schema
        self.coercion = coercion
        self.options = options
        errors = ValidationErrors(maximum: options.maximumErrors)
        symbols = SymbolTable(capacity: document.selections.count + document.fragments.count)
        contents = [DefinitionContents](
            repeating: DefinitionContents(from: VisitPosition(), to: VisitPosition()),
            count: document.operations.count + document.fragments.count)
        facts = [SelectionFacts](repeating: SelectionFacts(), count: document.selections.count)
    }

    /// How far the walk has come.
    var position: VisitPosition {
        VisitPosition(
            spreads: spreads.count, usages: usages.count, incrementalDirectives: incrementalDirectives.count)
    }

    /// The symbol of a name of the document.
    @inline(__always)
    mutating func symbol(of name: Name) -> Symbol { symbols.symbol(of: name, in: document.source) }

    /// The index of the fragment with that name; of several the last.
    @inline(__always)
    func fragment(_ symbol: Symbol) -> Int? {
        Int(symbol) < fragmentOfSymbol.count ? fragmentOfSymbol[Int(symbol)] : nil
    }

    /// What lies in a fragment.
    func contents(ofFragment index: Int) -> DefinitionContents { contents[document.operations.count + index] }

    /// Adds an error.
    @inline(never)
    mutating func report(_ message: String, at offsets: UInt32...) {
        errors.add(message, at: offsets)
    }

    /// Adds the error that ends a validation which costs too much.
    @inline(never)
    mutating func reportTooComplex(_ what: String) {
        let message = "The document is too complex: \(what) would take more than \(options.maximumSteps) steps."
        errors.add(message, at: [], code: .tooComplex)
    }

    /// The name as a string; for messages.
    func text(_ name: Name) -> String { excerpt(document.string(name)) }

    /// A literal as messages show it.
    func text(_ value: Value) -> String { excerpt(Printer(document).string(value)) }

    /// Text of the document, cut if it is so long that a hundred errors with it would be an attack.
    private func excerpt(_ text: String) -> String { text.utf8.count <= 256 ? text : text.prefix(256) + "…" }

    /// The name of a type.
    func text(_ type: TypeID) -> String { schema[type].name }
}
