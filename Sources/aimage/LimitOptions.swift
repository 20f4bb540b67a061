import ArgumentParser
import GraphQL

/// What `aimage serve` accepts from clients; each default is safe for strangers.
struct LimitOptions: ParsableArguments {
    @Option(help: "The longest document in bytes.") var maxDocumentBytes = ParserLimits.standard.maximumBytes
    @Option(help: "The most tokens of a document.") var maxTokens = ParserLimits.standard.maximumTokens
    @Option(help: "The deepest nesting of a document, and of an operation with its fragments.")
    var maxDepth = ParserLimits.standard.maximumDepth
    @Option(help: "The most aliases of a document.") var maxAliases = ParserLimits.standard.maximumAliases
    @Option(help: "The most directives in one place.")
    var maxDirectives = ParserLimits.standard.maximumDirectivesPerLocation
    @Option(help: "The most fragment spreads of a document.")
    var maxFragmentSpreads = ParserLimits.standard.maximumFragmentSpreads
    @Option(help: "The most errors that validation reports.")
    var maxValidationErrors = ValidationOptions.standard.maximumErrors
    @Option(help: "The most fields of an operation with its fragments expanded.")
    var maxFields = EngineConfiguration().maximumPlannedFields
    @Option(help: "The most objects of a response.") var maxObjects = EngineConfiguration().maximumObjects
    @Option(help: "The most introspection lists in each other.")
    var maxIntrospectionDepth = EngineConfiguration().maximumIntrospectionDepth
    @Option(help: "The highest field cost of an operation (`@cost`, `@listSize`).")
    var maxFieldCost = CostOptions().maximumFieldCost
    @Option(help: "The highest type cost of an operation.") var maxTypeCost = CostOptions().maximumTypeCost
    @Option(help: "The bytes that documents and plans may take in the cache.")
    var documentCacheBytes = EngineConfiguration().documentCacheBytes

    /// Refuses what can't be a limit.
    func validate() throws {
        let counts = [
            maxDocumentBytes, maxTokens, maxDepth, maxAliases, maxDirectives, maxFragmentSpreads, maxValidationErrors,
            maxFields, maxObjects, maxIntrospectionDepth, documentCacheBytes,
        ]
        guard counts.allSatisfy({ $0 >= 0 }), maxFieldCost >= 0, maxTypeCost >= 0 else {
            throw ValidationError("A limit must not be negative.")
        }
        // What parses, plans and writes responses is recursive: beyond this its stack could end.
        guard maxDepth <= 200 else { throw ValidationError("At most 200 levels are possible.") }
    }

    /// The engine's configuration.
    var engine: EngineConfiguration {
        EngineConfiguration(
            parserLimits: ParserLimits(
                maximumBytes: maxDocumentBytes, maximumTokens: maxTokens, maximumDepth: maxDepth,
                maximumAliases: maxAliases, maximumDirectivesPerLocation: maxDirectives,
                maximumFragmentSpreads: maxFragmentSpreads),
            maximumPlannedFields: maxFields, maximumObjects: maxObjects,
            maximumIntrospectionDepth: maxIntrospectionDepth,
            cost: CostOptions(maximumFieldCost: maxFieldCost, maximumTypeCost: maxTypeCost),
            validation: ValidationOptions(maximumErrors: maxValidationErrors),
            documentCacheBytes: documentCacheBytes)
    }
}
