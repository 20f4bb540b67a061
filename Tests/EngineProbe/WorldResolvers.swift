import GraphQL
import JSON

/// Resolvers for every field of a schema that is known only at run time; they read the request's world.
///
/// A field with arguments whose value is the string `arguments` answers with its arguments as JSON. Whether a field
/// without arguments is stored or loaded depends on its name's length, so that both ways are taken.
struct WorldResolvers {
    let schema: GraphQLSchema

    /// The table with all of them.
    func table() -> ResolverTable {
        var table = ResolverTable()
        for type in schema.types where type.kind == .object && !type.isIntrospection {
            for field in type.fields { table.set(type.name, field.name, resolver(of: field, in: type)) }
        }
        return table
    }

    private func resolver(of field: FieldDefinition, in type: NamedType) -> FieldResolver {
        let isComposite = schema[field.type.type].isComposite
        if type.id == schema.subscriptionType { return subscription(field, in: type) }
        if type.id == schema.queryType || type.id == schema.mutationType {
            return isComposite ? rootObjects(field, in: type) : rootLeaf(field, in: type)
        }
        let isStored = field.arguments.isEmpty && field.name.utf8.count.isMultiple(of: 2)
        return isComposite ? objects(field, isStored: isStored) : leaf(field, isStored: isStored)
    }

    private func rootLeaf(_ field: FieldDefinition, in type: NamedType) -> FieldResolver {
        let (name, typeName, wrapping, echo) = (field.name, type.name, field.type.wrapping, echo(field))
        return .root { (arguments: AnyArguments, call) in
            WorldLeaf(value: echo(call.world.root(typeName, name), arguments), wrapping: wrapping)
        }
    }

    private func rootObjects(_ field: FieldDefinition, in type: NamedType) -> FieldResolver {
        let (name, typeName) = (field.name, type.name)
        return .rootObjects { (_: AnyArguments, call) -> Objects<WorldObject.AnyType> in
            let value = call.world.root(typeName, name)
            if let error = failure(in: value) { throw error }
            return Self.objects([value], in: call.world)
        }
    }

    private func subscription(_ field: FieldDefinition, in type: NamedType) -> FieldResolver {
        let (name, typeName) = (field.name, type.name)
        return .subscription { (_: AnyArguments, call) -> TypedSourceStream<WorldObject.AnyType> in
            let world = call.world
            let value = world.root(typeName, name)
            if let error = failure(in: value) { throw error }
            let events = Events(value.array ?? [])
            return TypedSourceStream { events.next().map { Self.objects([$0], in: world) } }
        }
    }

    private func leaf(_ field: FieldDefinition, isStored: Bool) -> FieldResolver {
        let (name, wrapping, echo) = (field.name, field.type.wrapping, echo(field))
        if isStored {
            return .stored { (object: WorldObject) in WorldLeaf(value: object[name], wrapping: wrapping) }
        }
        return .loaded { (objects: [WorldObject], arguments: AnyArguments, _) -> Leaves<WorldLeaf> in
            Leaves(
                results: objects.map { object in
                    let value = object[name]
                    if let error = failure(in: value) { return .failure(error) }
                    return .success(WorldLeaf(value: echo(value, arguments), wrapping: wrapping))
                })
        }
    }

    private func objects(_ field: FieldDefinition, isStored: Bool) -> FieldResolver {
        let name = field.name
        if isStored {
            return .storedObjects { (objects: [WorldObject]) -> Objects<WorldObject.AnyType> in
                Self.objects(objects.map { $0[name] }, in: objects[0].world)
            }
        }
        return .loadedObjects { (objects: [WorldObject], _: AnyArguments, _) -> Objects<WorldObject.AnyType> in
            Self.objects(objects.map { $0[name] }, in: objects[0].world)
        }
    }

    private static func objects(_ values: [JSONValue], in world: World) -> Objects<WorldObject.AnyType> {
        var objects = AbstractObjects<WorldObject.AnyType>()
        for value in values { objects.append(value, of: world) }
        return objects.finish()
    }

    /// The function that puts a field's arguments in place of the string `arguments`.
    private func echo(_ field: FieldDefinition) -> @Sendable (JSONValue, AnyArguments) -> JSONValue {
        let (schema, definitions) = (schema, field.arguments)
        return { value, arguments in
            guard value == .string("arguments") else { return value }
            return .string(JSONValue.object(arguments.json(definitions, schema)).description)
        }
    }
}

/// The events of a subscription.
private final class Events: @unchecked Sendable {  // Reason: used by one subscription's task only.
    private var left: ArraySlice<JSONValue>

    init(_ events: [JSONValue]) { left = events[...] }

    func next() -> JSONValue? { left.popFirst() }
}

extension FieldCall {
    /// The request's world: the probe makes no other context.
    fileprivate var world: World {
        guard let context = context as? WorldContext else { preconditionFailure("another context") }
        return context.world
    }
}
