import GraphQL
import JSON

/// A scalar or enum value of a world, or a list of them, written as its type demands (specification section 6.4.3).
struct WorldLeaf: LeafValue {
    /// One Swift type for all scalars of all schemas.
    static var leafShape: LeafShape { LeafShape(.dynamic) }

    let value: JSONValue
    let wrapping: TypeWrapping

    func write(to out: inout ResponseWriter) throws(FieldError) {
        guard wrapping.isNonNull else {
            let item: WorldLeaf? = value.isNull ? nil : WorldLeaf(value: value, wrapping: wrapping.nonNull)
            return try item.write(to: &out)
        }
        if let error = failure(in: value) { throw error }
        if value.isNull { throw FieldError("Null where there must be none", code: .internalServerError) }
        guard wrapping.isList else { return out.json.write(value) }
        guard let items = value.array else { throw FieldError("No list", code: .internalServerError) }
        try items.map { WorldLeaf(value: $0, wrapping: wrapping.item) }.write(to: &out)
    }
}
