// Prints how long each document of `hostileDocuments` takes from text to plan, or to its refusal, with nothing cached:
// under the standard limits, and under limits so high that the rules themselves have to cope. The bound is 50 ms.

import GraphQL
import JSON

/// Text to plan; the median of nine in milliseconds, and how it ended.
func measure(_ document: HostileDocument, _ engine: Engine) -> (milliseconds: Double, end: String) {
    let request = GraphQLRequest(document.text, variables: document.variables)
    let clock = ContinuousClock()
    var samples: [Double] = []
    var end = "planned"
    for _ in 0..<9 {
        let start = clock.now
        do throws(RequestError) {
            _ = try engine.prepare(request)
        } catch {
            end = error.errors[0].code.rawValue
        }
        let (seconds, attoseconds) = (clock.now - start).components
        samples.append(Double(seconds) * 1e3 + Double(attoseconds) / 1e15)
    }
    return (samples.sorted()[samples.count / 2], end)
}

/// Stands for objects of every type; nothing is resolved here.
struct Anything: ObjectSource {
    enum Object: ObjectTypeTag { static var typeName: String { "Anything" } }
}

let schema = try GraphQLSchema.build(from: CostOptions.directiveDefinitions + hostileSDL)
var resolvers = ResolverTable()
for type in schema.types where type.kind == .object && !type.isIntrospection {
    for field in type.fields {
        resolvers.set(
            type.name, field.name,
            .storedObjects { (sources: [Anything]) -> Objects<Anything.Object> in .none(count: sources.count) })
    }
}
let raised = ParserLimits(
    maximumBytes: .max, maximumTokens: .max, maximumDepth: 1_100, maximumAliases: .max,
    maximumDirectivesPerLocation: .max, maximumFragmentSpreads: .max)
let standard = try Engine(
    schema: schema, resolvers: resolvers, configuration: EngineConfiguration(documentCacheBytes: 0))
let open = try Engine(
    schema: schema, resolvers: resolvers,
    configuration: EngineConfiguration(parserLimits: raised, documentCacheBytes: 0))
var slowest = 0.0
for document in hostileDocuments {
    let (first, second) = (measure(document, standard), measure(document, open))
    slowest = max(slowest, first.milliseconds, second.milliseconds)
    func text(_ result: (milliseconds: Double, end: String)) -> String {
        "\((result.milliseconds * 100).rounded() / 100) ms \(result.end)"
    }
    print("\(document.name): standard \(text(first)), raised \(text(second))")
}
print("slowest: \((slowest * 100).rounded() / 100) ms of 50 ms allowed")
