import GraphQL
import JSON

/// The data that requests run over, for a schema of any shape: objects that refer to each other by number.
///
/// Read from `[{"type": "Book", "fields": {"title": "Akira", "author": {"object": 3}}}, …]`. Beside plain JSON, a value
/// may be `{"object": n}`, the object with that number, or `{"error": "text"}`, a resolver that fails. Roots are the
/// first objects of their type. A field without a value is null.
final class World: Sendable {
    /// Type and values of one object.
    struct Object: Sendable {
        let typeName: String
        let fields: JSONObject
    }

    let objects: [Object]

    init(_ json: JSONValue?) {
        objects = (json?.array ?? []).map {
            Object(typeName: $0["type"]?.string ?? "", fields: $0["fields"]?.object ?? JSONObject())
        }
    }

    /// The value of a field of the first object of a type.
    func root(_ typeName: String, _ field: String) -> JSONValue {
        objects.first { $0.typeName == typeName }?.fields[field] ?? .null
    }
}

/// What requests carry: their world.
final class WorldContext: ExecutionContext, @unchecked Sendable {  // Reason: confined to the request's executor.
    let world: World

    init(host: ExecutionHost, world: World) {
        self.world = world
        super.init(host: host)
    }
}

/// An object of a world, whatever its type in the schema.
struct WorldObject: ObjectSource {
    /// Never asked: objects are appended with their type's name.
    enum Object: ObjectTypeTag { static var typeName: String { "" } }
    enum AnyType: AbstractTypeTag { static var typeName: String { "" } }

    let world: World
    let number: Int

    subscript(field: String) -> JSONValue { world.objects[number].fields[field] ?? .null }
}

/// The failure that a value stands for.
func failure(in value: JSONValue) -> FieldError? {
    guard let text = value["error"]?.string else { return nil }
    return FieldError(text, code: .badUserInput)
}

extension AbstractObjects<WorldObject.AnyType> {
    /// Adds what a value stands for: one entry.
    mutating func append(_ value: JSONValue, of world: World) {
        if let error = failure(in: value) { return append(failure: error) }
        if let items = value.array {
            return appendList { list in
                for item in items { list.append(item, of: world) }
            }
        }
        guard let number = value["object"]?.int.map(Int.init), world.objects.indices.contains(number) else {
            return appendNull()
        }
        append(WorldObject(world: world, number: number), typeName: world.objects[number].typeName)
    }
}
