import GraphQL
import JSON

/// A schema and the questions about it.
struct Probe {
    private let executor = LocalExecutor()
    private var engine: Engine?

    /// Answers one question.
    mutating func answer(_ question: JSONValue) -> JSONValue {
        if let text = question["schema"]?.string { return build(text) }
        if let text = question["print"]?.string { return Self.printed(text) }
        guard let engine, let query = question["query"]?.string else { return .object(["misread": "no question"]) }
        let request = GraphQLRequest(
            query, operationName: question["operation"]?.string,
            variables: question["variables"]?.object ?? JSONObject())
        return run(request, in: World(question["world"]), on: engine)
    }

    // MARK: Schemas and documents

    private mutating func build(_ text: String) -> JSONValue {
        engine = nil
        do {
            var builder = SchemaBuilder()
            builder.add(try Document(parsing: text, limits: .trusted))
            let schema = try builder.build()
            engine = try Engine(
                schema: schema, resolvers: WorldResolvers(schema: schema).table(), configuration: Self.configuration)
            return .object(["schema": .string(SchemaPrinter(schema).print())])
        } catch let error as SyntaxError {
            return Self.refusal(error)
        } catch let error as SchemaError {
            let issues = error.issues.map { issue in
                JSONValue.object([
                    "message": .string(issue.message), "locations": .array(issue.locations.map(Self.json)),
                ])
            }
            return .object(["issues": .array(issues)])
        } catch {
            return .object(["misread": .string("\(error)")])
        }
    }

    private static func printed(_ text: String) -> JSONValue {
        do throws(SyntaxError) {
            return .object(["print": .string(try Document(parsing: text, limits: .trusted).description)])
        } catch {
            return refusal(error)
        }
    }

    private static func refusal(_ error: SyntaxError) -> JSONValue {
        .object(["syntax": json(error.location), "message": .string(error.message)])
    }

    private static func json(_ location: SourceLocation) -> JSONValue {
        .array([.int(Int64(location.line)), .int(Int64(location.column))])
    }

    /// Without the limits that only protect a server.
    private static let configuration = EngineConfiguration(
        parserLimits: .trusted, maximumIntrospectionDepth: .max, cost: nil)

    // MARK: Requests

    private func run(_ request: GraphQLRequest, in world: World, on engine: Engine) -> JSONValue {
        let context = WorldContext(host: executor.host, world: world)
        do throws(RequestError) {
            let prepared = try engine.prepare(request)
            if prepared.kind == .subscription { return try events(of: prepared, in: context, on: engine).get() }
            let result = executor.run { await engine.execute(prepared, in: context) }
            return .object(["response": Self.json(result.body)])
        } catch {
            return .object(["refused": .string("\(error.stage)"), "response": Self.json(error.body)])
        }
    }

    private func events(
        of request: PreparedRequest, in context: WorldContext, on engine: Engine
    ) -> Result<JSONValue, RequestError> {
        executor.run {
            do throws(RequestError) {
                let stream = try await engine.subscribe(request, in: context)
                var responses: [JSONValue] = []
                while let event = try await stream.next(
                    in: { WorldContext(host: context.host, world: context.world) })
                {
                    responses.append(Self.json(event.body))
                }
                return .success(.object(["responses": .array(responses)]))
            } catch {
                return .failure(error)
            }
        }
    }

    private static func json(_ body: [UInt8]) -> JSONValue {
        do {
            return try JSONReader.read(body, options: JSONReader.Options(maximumDepth: 1000))
        } catch {
            preconditionFailure("The engine wrote what is no JSON: \(error)")
        }
    }
}
