import Database
import Foundation
import GraphQL
import Schema

/// A list that can grow: where its rows come from, whose they are and in which order they stand.
///
/// The order is total and served by an index; pages are cut by comparing sort keys, never by counting rows.
// A class, because every edge keeps its list: as a struct, each would copy seven references.
final class ListDefinition<E: Entity>: Sendable {
    /// What stands behind `from`; the entity's table is called `entity` in it.
    let source: String
    /// The column with the parent's key; nil for lists of the root.
    let parentColumn: String?
    let order: [SortKey]
    let isDescending: Bool
    /// What rows must fulfil to stand in this list; nil if all do.
    let condition: String?
    /// Whether it has what is deleted, and nothing else.
    let isOfDeleted: Bool
    /// Whose rows are put together to one list of the root, as a statement for their keys; nil if there is one parent or none.
    ///
    /// An index has the rows of each parent in order, not those of many: each gives a page, of which the front is the page.
    let merged: (@Sendable (_ viewer: UUID) -> SQL)?
    /// How many of the entity's columns a page's rows have.
    private let width: Int
    /// Where the sort keys stand in a page's row: the entity's own columns serve where they are the same.
    private let keyColumns: [Int]
    /// Where the parent's key stands in a row of `pages`.
    let parentIDColumn: Int

    /// Rows of the entity's own table.
    convenience init(of parentColumn: String?, order: [SortKey], isDescending: Bool, condition: String? = nil) {
        self.init(
            source: "\(E.table) as entity", parentColumn: parentColumn.map { "entity.\($0)" },
            order: order.map { SortKey(column: "entity.\($0.column)", kind: $0.kind) }, isDescending: isDescending,
            condition: condition)
    }

    /// Rows that another table leads to; columns are written with their table.
    init(
        source: String, parentColumn: String?, order: [SortKey], isDescending: Bool, condition: String? = nil,
        isOfDeleted: Bool = false, merged: (@Sendable (_ viewer: UUID) -> SQL)? = nil, width: Int = E.columns.count
    ) {
        self.source = source
        self.parentColumn = parentColumn
        self.order = order
        self.isDescending = isDescending
        self.condition = condition
        self.isOfDeleted = isOfDeleted
        self.merged = merged
        self.width = width
        var end = width
        func place(of column: String?) -> Int {
            if let column, let own = Self.ownColumn(column), own < width { return own }
            end += 1
            return end - 1
        }
        keyColumns = order.map { place(of: $0.kind == .decimal ? nil : $0.column) }
        parentIDColumn = place(of: parentColumn)
    }

    /// The place of a column of the entity's table among those that its rows have.
    private static func ownColumn(_ column: String) -> Int? {
        column.hasPrefix("entity.") ? E.columns.firstIndex { column.dropFirst("entity.".count) == $0 } : nil
    }

    /// Newest first, by the columns that most tables have.
    static func newestFirst(of parentColumn: String?, condition: String? = nil) -> ListDefinition {
        ListDefinition(
            of: parentColumn, order: [.timestamp("created_at"), .uuid("id")], isDescending: true, condition: condition)
    }

    /// Oldest first.
    static func oldestFirst(of parentColumn: String?, condition: String? = nil) -> ListDefinition {
        ListDefinition(
            of: parentColumn, order: [.timestamp("created_at"), .uuid("id")], isDescending: false, condition: condition)
    }

    /// The list, or in its place what is deleted of it, the last deleted first.
    func among(_ deleted: DeletedRows?) -> ListDefinition {
        guard deleted == .only else { return self }
        return ListDefinition(
            source: "\(E.table) as entity", parentColumn: parentColumn,
            order: [.timestamp("entity.deleted_at"), .uuid("entity.id")], isDescending: true, isOfDeleted: true)
    }

    /// The list with no more columns than what is asked of its nodes needs.
    func narrowed(to edges: FieldSelection) -> ListDefinition {
        guard let overview = E.overview,
            edges.below("edges").allSatisfy({ $0.below("node").allSatisfy { $0.isWithin(overview.fields) } })
        else { return self }
        return ListDefinition(
            source: source, parentColumn: parentColumn, order: order, isDescending: isDescending, condition: condition,
            isOfDeleted: isOfDeleted, merged: merged, width: overview.width)
    }

    // MARK: SQL

    /// The columns of a page's row: the entity's, then the sort keys that are none of them.
    private var selection: String {
        let own = E.columns.prefix(width).map { "entity.\($0)" }
        let keys = zip(order, keyColumns).filter { $1 >= width }
            .map { "\($0.column)\($0.kind == .decimal ? "::text" : "") as sort_key_\($1 - width)" }
        return (own + keys).joined(separator: ", ")
    }

    /// A page for each of the parents in one statement.
    ///
    /// The parent's key is the last column if the entity has none with it. The rows of a parent are in the list's order: a subquery with an order and
    /// a limit is run for one parent after the other, and nothing above it moves rows. Sorting all rows once more, wide
    /// as they are, took three times as long as finding them.
    func pages(of parents: [UUID], _ page: ConnectionArguments, filter: SQL?, viewer: UUID) throws -> SQL {
        guard let parentColumn else { preconditionFailure("A list of the root has no parents") }
        let rows: SQL = """
            select \(unsafeSQL: selection)
            from \(unsafeSQL: source)
            where \(unsafeSQL: parentColumn) = parent.id
            and \(try conditions(page, filter: filter, viewer: viewer))
            """
        let parentID = parentIDColumn < width ? "" : ", parent.id as parent_id"
        return """
            select page.*\(unsafeSQL: parentID)
            from unnest(\(parents)) as parent (id)
            cross join lateral (\(rows)) as page
            """
    }

    /// A page of a list of the root.
    func page(_ page: ConnectionArguments, filter: SQL?, viewer: UUID) throws -> SQL {
        if let merged, let parentColumn {
            return """
                select merged.*
                from (\(merged(viewer))) as parent (id)
                cross join lateral (
                    select \(unsafeSQL: selection)
                    from \(unsafeSQL: source)
                    where \(unsafeSQL: parentColumn) = parent.id
                    and \(try conditions(page, filter: filter, viewer: viewer))
                ) as merged
                \(unsafeSQL: front(of: mergedKeys, page))
                """
        }
        return """
            select \(unsafeSQL: selection)
            from \(unsafeSQL: source)
            where \(try conditions(page, filter: filter, viewer: viewer))
            """
    }

    /// How many rows each of the parents has: parent's key and count.
    func counts(of parents: [UUID], filter: SQL?, viewer: UUID) -> SQL {
        guard let parentColumn else { preconditionFailure("A list of the root has no parents") }
        return """
            select \(unsafeSQL: parentColumn), count(*)
            from \(unsafeSQL: source)
            where \(unsafeSQL: parentColumn) = any(\(parents))
            and \(visible(filter: filter, viewer: viewer))
            group by 1
            """
    }

    /// How many rows each of the parents has by the value of an expression: parent's key, value and count, the most first.
    func counts(of parents: [UUID], by expression: String, filter: SQL?, viewer: UUID) -> SQL {
        guard let parentColumn else { preconditionFailure("A list of the root has no parents") }
        return """
            select \(unsafeSQL: parentColumn), \(unsafeSQL: expression), count(*)
            from \(unsafeSQL: source)
            where \(unsafeSQL: parentColumn) = any(\(parents))
            and \(visible(filter: filter, viewer: viewer))
            group by 1, 2
            order by 1, 3 desc, 2
            """
    }

    /// How many rows a list of the root has.
    func count(filter: SQL?, viewer: UUID) -> SQL {
        if let merged, let parentColumn {
            return """
                select coalesce(sum(counted.number), 0)::int8
                from (\(merged(viewer))) as parent (id)
                cross join lateral (
                    select count(*) as number
                    from \(unsafeSQL: source)
                    where \(unsafeSQL: parentColumn) = parent.id
                    and \(visible(filter: filter, viewer: viewer))
                ) as counted
                """
        }
        return "select count(*) from \(unsafeSQL: source) where \(visible(filter: filter, viewer: viewer))"
    }

    private func visible(filter: SQL?, viewer: UUID) -> SQL {
        var visible = isOfDeleted ? E.isVisibleDeleted(to: viewer) : E.isVisible(to: viewer)
        if let condition { visible += " and \(unsafeSQL: condition)" }
        if let filter { visible += " and \(filter)" }
        return visible
    }

    /// Condition, order and limit: one row more than asked tells whether there is another page.
    ///
    /// The limit is part of the text: a parameter would let Postgres plan for a tenth of all rows, find that plans made for
    /// the parameters at hand look cheaper, and make one at every execution.
    private func conditions(_ page: ConnectionArguments, filter: SQL?, viewer: UUID) throws -> SQL {
        var sql = visible(filter: filter, viewer: viewer)
        if let after = page.after {
            sql += " and \(try comparison(after, isDescending ? "<" : ">", argument: "after"))"
        }
        if let before = page.before {
            sql += " and \(try comparison(before, isDescending ? ">" : "<", argument: "before"))"
        }
        sql += " \(unsafeSQL: front(of: order.map(\.column), page))"
        return sql
    }

    private func front(of keys: [String], _ page: ConnectionArguments) -> String {
        let direction = isReversed(page) != isDescending ? "desc" : "asc"
        let directed = keys.map { "\($0) \(direction)" }.joined(separator: ", ")
        return "order by \(directed) limit \(page.count + 1)"
    }

    /// The sort keys by their names in `selection`.
    private var mergedKeys: [String] {
        keyColumns.map { "merged.\($0 < width ? E.columns[$0] : "sort_key_\($0 - width)")" }
    }

    private func isReversed(_ page: ConnectionArguments) -> Bool { page.direction == .backward }

    /// Rows behind (or before) a cursor, as a comparison of rows that an index can serve.
    private func comparison(_ cursor: Cursor, _ sign: String, argument: String) throws -> SQL {
        guard cursor.parts.count == order.count else { throw ConnectionArguments.foreignCursor(argument: argument) }
        var values: SQL = ""
        for (index, (key, part)) in zip(order, cursor.parts).enumerated() {
            if index > 0 { values += ", " }
            switch (key.kind, part) {
            case (.timestamp, .integer(let value))
            where Timestamp.storable.contains(value) || value == Timestamp.infinity.microseconds:
                values += "\(Timestamp(microseconds: value))"
            case (.integer, .integer(let value)): values += "\(Int(value))"
            case (.uuid, .uuid(let value)): values += "\(value.uuid)"
            case (.text, .text(let value)) where !value.utf8.contains(0): values += "\(value)"
            case (.decimal, .text(let value)) where Self.isDecimal(value): values += "\(value)::numeric"
            default: throw ConnectionArguments.foreignCursor(argument: argument)
            }
        }
        let keys = order.map(\.column).joined(separator: ", ")
        return "(\(unsafeSQL: keys)) \(unsafeSQL: sign) (\(values))"
    }

    /// A number as Postgres writes it: the longest of a board is much shorter.
    private static func isDecimal(_ text: String) -> Bool {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        return text.utf8.count <= 1000 && parts.count <= 2
            && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } }
    }

    /// The row before or behind each of some rows of the entity's own table, with the key of that row at the end.
    ///
    /// `parentColumn` is the column, without its table, that both have in common.
    func beside(_ keys: [UUID], parentColumn: String, isNext: Bool, filter: SQL?, viewer: UUID) -> SQL {
        let isForward = isNext != isDescending
        let columns = order.map(\.column)
        let own = columns.map { $0.replacing("entity.", with: "own.") }.joined(separator: ", ")
        let directed = columns.map { "\($0) \(isForward ? "asc" : "desc")" }.joined(separator: ", ")
        return """
            select neighbor.*, own.id
            from \(unsafeSQL: E.table) as own
            cross join lateral (
                select \(unsafeSQL: E.selection)
                from \(unsafeSQL: source)
                where entity.\(unsafeSQL: parentColumn) = own.\(unsafeSQL: parentColumn)
                and (\(unsafeSQL: columns.joined(separator: ", "))) \(unsafeSQL: isForward ? ">" : "<") (\(unsafeSQL: own))
                and \(visible(filter: filter, viewer: viewer))
                order by \(unsafeSQL: directed)
                limit 1
            ) as neighbor
            where own.id = any(\(keys))
            """
    }

    /// The cursor of a page's row.
    func cursor(of row: Row) -> Cursor {
        Cursor(
            zip(order, keyColumns).map { key, column in
                switch key.kind {
                case .timestamp: .integer(row.timestamp(column).microseconds)
                case .integer: .integer(Int64(row.int(column)))
                case .uuid: .uuid(UUIDScalar(row.uuid(column)))
                case .text, .decimal: .text(row.string(column))
                }
            })
    }
}
