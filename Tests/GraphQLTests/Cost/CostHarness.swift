import JSON
import Testing

@testable import GraphQL

/// Engines that only prepare: costs are known before anything runs.
struct CostHarness {
    private struct Source: ObjectSource {
        enum Object: ObjectTypeTag { static var typeName: String { "Anything" } }
    }

    let engine: Engine

    init(_ sdl: String, options: CostOptions? = CostOptions()) throws {
        let schema = try GraphQLSchema.build(from: CostOptions.directiveDefinitions + sdl)
        var resolvers = ResolverTable()
        for type in schema.types where type.kind == .object && !type.isIntrospection {
            for field in type.fields {
                resolvers.set(
                    type.name, field.name,
                    .storedObjects { (sources: [Source]) -> Objects<Source.Object> in .none(count: sources.count) })
            }
        }
        var configuration = EngineConfiguration()
        configuration.cost = options
        engine = try Engine(schema: schema, resolvers: resolvers, configuration: configuration)
    }

    /// Field cost and type cost.
    func cost(_ query: String, _ variables: JSONObject = JSONObject()) throws -> [Double] {
        let cost = try #require(try engine.prepare(GraphQLRequest(query, variables: variables)).cost)
        return [cost.fieldCost, cost.typeCost]
    }

    /// The error that refuses a query.
    func refusal(_ query: String, _ variables: JSONObject = JSONObject()) -> GraphQLError? {
        do throws(RequestError) {
            _ = try engine.prepare(GraphQLRequest(query, variables: variables))
            return nil
        } catch {
            return error.errors.first
        }
    }
}
