// An engine over made-up data, for any schema: compiled with the world of Tests/EngineProbe into the fuzzers that run
// requests.

import GraphQL
import JSON

/// A schema with data that follows from it alone, so that an input always does the same.
struct FuzzedEngine {
    private let engine: Engine
    private let world: World
    private let executor = LocalExecutor()

    /// nil when the text is no schema.
    init?(schema text: String) {
        self.init(schema: Array(text.utf8))
    }

    /// nil when the text is no schema.
    init?(schema text: [UInt8]) {
        guard let document = try? Document(parsing: text) else { return nil }
        var builder = SchemaBuilder()
        builder.add(document)
        guard let schema = try? builder.build() else { return nil }
        do {
            engine = try Engine(schema: schema, resolvers: WorldResolvers(schema: schema).table())
        } catch {
            preconditionFailure("A field without a resolver: \(error)")
        }
        world = World(.array(Self.objects(of: schema)))
    }

    /// Runs a request to its end; the response must be JSON.
    func run(document: [UInt8], variables: [UInt8]) {
        let variables = (try? JSONReader.read(variables))?.object ?? JSONObject()
        let request = GraphQLRequest(query: document, variables: variables)
        let context = WorldContext(host: executor.host, world: world)
        let (engine, executor) = (engine, executor)
        var bodies: [[UInt8]] = []
        do throws(RequestError) {
            let prepared = try engine.prepare(request)
            if prepared.kind == .subscription {
                bodies = executor.run { await Self.events(of: prepared, in: context, on: engine) }
            } else {
                bodies = [executor.run { await engine.execute(prepared, in: context).body }]
            }
        } catch {
            bodies = [error.body]
        }
        for body in bodies {
            do throws(JSONError) {
                _ = try JSONReader.read(body, options: JSONReader.Options(maximumDepth: 1000))
            } catch {
                preconditionFailure("The response is no JSON: \(error)\n\(String(decoding: body, as: UTF8.self))")
            }
        }
    }

    private static func events(
        of request: PreparedRequest, in context: WorldContext, on engine: Engine
    ) async -> [[UInt8]] {
        var bodies: [[UInt8]] = []
        do throws(RequestError) {
            let stream = try await engine.subscribe(request, in: context)
            while let event = try await stream.next(in: { WorldContext(host: context.host, world: context.world) }) {
                bodies.append(event.body)
            }
        } catch {
            bodies.append(error.body)
        }
        return bodies
    }

    // MARK: Data

    /// Two objects of each object type; the second has a null or a failure in every third field.
    private static func objects(of schema: GraphQLSchema) -> [JSONValue] {
        let types = schema.types.filter { $0.kind == .object && !$0.isIntrospection }
        let firsts = Dictionary(uniqueKeysWithValues: types.enumerated().map { ($1.id, $0 * 2) })
        return types.flatMap { type in
            [0, 1].map { copy in
                var fields = JSONObject()
                for field in type.fields {
                    let isStream = type.id == schema.subscriptionType
                    let value = Self.value(of: field.type, field.index, copy, schema, firsts)
                    fields[field.name] = isStream ? [value, .null] : value
                }
                return .object(["type": .string(type.name), "fields": .object(fields)])
            }
        }
    }

    private static func value(
        of type: TypeReference, _ index: Int, _ copy: Int, _ schema: GraphQLSchema, _ firsts: [TypeID: Int]
    ) -> JSONValue {
        if copy == 1, index % 3 == 0 { return index % 2 == 0 ? .null : ["error": "failed"] }
        if type.isList {
            return .array([0, 1].map { value(of: type.item, index + 1 + $0, copy, schema, firsts) })
        }
        let named = schema[type.type]
        if named.isComposite {
            let possible = schema.possibleTypes(of: named.id)
            guard !possible.isEmpty, let first = firsts[possible[index % possible.count]] else { return .null }
            return ["object": .int(Int64(first + (index + copy) % 2))]
        }
        switch named.name {
        case "Int": return .int(Int64(index))
        case "Float": return 1.5
        case "Boolean": return true
        default: return named.kind == .enum ? .string(named.enumValues[0].name) : "arguments"
        }
    }
}
