import GraphQL
import JSON

/// Coerced arguments of any field, which can be shown as JSON.
struct AnyArguments: ArgumentDecodable {
    private let values: ArgumentValues

    init(_ values: ArgumentValues) { self.values = values }

    /// The arguments that were given or have defaults, by name.
    func json(_ definitions: [InputValueDefinition], _ schema: GraphQLSchema) -> JSONObject {
        var object = JSONObject()
        for (index, definition) in definitions.enumerated() where values.isPresent(index) {
            guard let value = try? values.required(index, as: AnyInput.self) else {
                preconditionFailure("A present argument can be taken")
            }
            object[definition.name] = value.json(as: definition.type, schema)
        }
        return object
    }
}

/// A coerced value of any input type.
private struct AnyInput: InputDecodable {
    let value: InputValue

    init(input: InputValue) { value = input }

    init(value: InputValue) { self.value = value }

    /// The value as JSON; the fields of input objects get back the names that their type gives them.
    func json(as type: TypeReference, _ schema: GraphQLSchema) -> JSONValue {
        switch value {
        case .null: return .null
        case .boolean(let value): return .bool(value)
        case .int(let value): return .int(value)
        case .float(let value): return .double(value)
        case .string(let value), .enumValue(let value): return .string(value)
        case .list(let items): return .array(items.map { AnyInput(value: $0).json(as: type.item, schema) })
        case .record(let members):
            return .object(JSONObject(members.map { ($0.name, AnyInput(value: $0.value).json(as: type, schema)) }))
        case .object(let values):
            var object = JSONObject()
            for (definition, value) in zip(schema[type.type].inputFields, values) {
                guard let value else { continue }
                object[definition.name] = AnyInput(value: value).json(as: definition.type, schema)
            }
            return .object(object)
        }
    }
}
