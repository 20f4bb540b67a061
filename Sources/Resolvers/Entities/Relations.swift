import Database
import Foundation
import GraphQL
import Schema

extension FieldCall {
    /// The objects to which the parents' keys point; null where there is no key, no object or no right to see it.
    func one<Parent, E: Entity>(
        _ parents: [Parent], _ key: (Parent) -> UUID?, as _: E.Type
    ) async throws -> Objects<E.Object> {
        let keys = parents.map(key)
        let loaded = try await request.loader(of: E.self).load(keys.compactMap { $0 })
        var next = loaded.makeIterator()
        return Objects(keys.map { $0 == nil ? nil : next.next() ?? nil })
    }

    /// What the parents lie in, deleted or not: who sees something in a deleted object by its lists sees where that lies.
    func enclosing<Parent, E: Entity>(
        _ parents: [Parent], _ key: (Parent) -> UUID, as _: E.Type
    ) async throws -> Objects<E.Object> {
        Objects(try await request.loader(of: E.self, isEnclosing: true).load(parents.map(key)))
    }

    /// The object with an identifier of its type; null for anything else.
    func byID<E: Entity>(_ id: ID, as _: E.Type) async throws -> Objects<E.Object> {
        guard let key = E.Object.uuid(in: id)?.uuid else {
            _ = try request.requireViewer()
            return .none()
        }
        return Objects([try await request.loader(of: E.self).load(key)])
    }

    /// One row per parent by a statement that finds them for all parents: its last column is the parent's key.
    func first<Parent: Entity, E: Entity>(
        _ parents: [Parent], as _: E.Type, _ statement: ([UUID], _ viewer: UUID) -> SQL
    ) async throws -> Objects<E.Object> {
        let viewer = try request.requireViewer()
        let rows = try await request.services.pool.query(statement(parents.map(\.key), viewer))
        var found: [UUID: E] = [:]
        for row in rows { found[row.uuid(E.columns.count)] = E(row: row) }
        return Objects(parents.map { found[$0.key] })
    }

    /// What a row says of each parent, whose key is its first column; null for a parent without one.
    func object<Parent: Entity, Source: ObjectSource>(
        of parents: [Parent], in rows: RowSet, _ make: (Row) -> Source
    ) -> Objects<Source.Object> where Source.Object: ObjectTypeTag {
        var found: [UUID: Source] = [:]
        for row in rows { found[row.uuid(0)] = make(row) }
        return Objects(parents.map { found[$0.key] })
    }

    /// Some rows per parent, in the statement's order; its last column is the parent's key.
    func many<Parent: Entity, E: Entity>(
        _ parents: [Parent], as _: E.Type, _ statement: ([UUID], _ viewer: UUID) -> SQL
    ) async throws -> Objects<E.Object> {
        let viewer = try request.requireViewer()
        let rows = try await request.services.pool.query(statement(parents.map(\.key), viewer))
        let found: [UUID: [E]] = rows.grouped(by: E.columns.count)
        return Objects(lists: parents.map { found[$0.key] ?? [] })
    }
}

extension RowSet {
    /// The rows by the key in a column, in their order.
    ///
    /// Those with one key mostly stand together, so it is hashed once for them.
    func grouped<E: Entity>(by column: Int) -> [UUID: [E]] {
        var groups: [UUID: [E]] = [:]
        var start = startIndex
        while start < endIndex {
            let key = self[start].uuid(column)
            let end = self[start...].firstIndex { $0.uuid(column) != key } ?? endIndex
            groups[key, default: []].append(contentsOf: self[start..<end].lazy.map(E.init(row:)))
            start = end
        }
        return groups
    }
}
