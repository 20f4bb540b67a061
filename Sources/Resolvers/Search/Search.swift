import Database
import Foundation
import GraphQL
import Schema

/// A search of a viewer, as statements over the viewer's projects.
///
/// What is found is a list of branches, one behind the other: a branch is read only if those before it do not fill the
/// page. In a branch, each project (of knowledge: each audience) gives its newest; how much there is elsewhere costs nothing
/// and shows nowhere.
struct Search: Sendable {
    let words: SearchWords
    let types: [SearchType]
    let project: UUID?
    let viewer: UUID

    /// How far hits are counted.
    static let maximumCount = 1000

    /// A page in its direction, with one row more if there are more; nil if there can be none.
    ///
    /// Columns: the branch's place, key, moment, texts.
    func page(_ page: ConnectionArguments) throws -> SQL? {
        let isBackward = page.direction == .backward
        let after = try page.after.map { try SearchPosition($0, argument: "after") }
        let before = try page.before.map { try SearchPosition($0, argument: "before") }
        let branches = SearchBranch.all.filter { branch in
            types.contains(branch.target.type) && branch.place >= after?.place ?? 0
                && branch.place <= before?.place ?? .max && (branch.match != .number || words.number != nil)
        }
        guard !words.folded.isEmpty else { return nil }
        let parts = branches.map { branch -> SQL in
            var condition = self.condition(branch)
            if let after, after.place == branch.place { condition += " and \(after.comparison("<"))" }
            if let before, before.place == branch.place { condition += " and \(before.comparison(">"))" }
            return self.branch(branch, condition, direction: isBackward ? "asc" : "desc", limit: page.count + 1)
        }
        guard let hits = Self.union(isBackward ? parts.reversed() : parts) else { return nil }
        return """
            \(projects)
            select hits.place, hits.key, hits.created_at, hits.texts
            from (\(hits)) as hits
            limit \(page.count + 1)
            """
    }

    /// How many hits there are, counted up to `maximumCount`; nil if there can be none.
    func count() -> SQL? {
        let targets = SearchTarget.all.filter { types.contains($0.type) }
        guard !words.folded.isEmpty else { return nil }
        let parts = targets.flatMap { target in
            [hasNumber(target), withoutNumber(target, "true")].compactMap { condition -> SQL? in
                guard let condition else { return nil }
                return """
                    select 1
                    from \(unsafeSQL: target.division.parts)
                    cross join lateral (
                        select 1
                        from \(rows(of: target, condition))
                        limit \(Self.maximumCount)
                    ) as found
                    """
            }
        }
        guard let hits = Self.union(parts) else { return nil }
        return """
            \(projects)
            select count(*)
            from (select 1 from (\(hits)) as hits limit \(Self.maximumCount)) as counted
            """
    }

    /// The projects and audiences that are searched, found out once.
    private var projects: SQL {
        var sql: SQL = "with allowed as materialized (select project_id as id from accessible_projects(\(viewer))"
        if let project { sql += " where project_id = \(project)" }
        sql += "), audiences as materialized (select audience_id as id from knowledge_audiences(\(viewer)))"
        return sql
    }

    private func branch(_ branch: SearchBranch, _ condition: SQL, direction: String, limit: Int) -> SQL {
        let target = branch.target
        let order = "created_at \(direction)"
        let texts = target.fields.map(\.column).joined(separator: ", ")
        return """
            select \(branch.place)::int8 as place, found.key, found.created_at, found.texts
            from \(unsafeSQL: target.division.parts)
            cross join lateral (
                select entity.id as key, entity.created_at, array[\(unsafeSQL: texts)] as texts
                from \(rows(of: target, condition))
                order by entity.\(unsafeSQL: order), entity.id \(unsafeSQL: direction)
                limit \(limit)
            ) as found
            order by found.\(unsafeSQL: order), found.key \(unsafeSQL: direction)
            limit \(limit)
            """
    }

    /// What the rows of a branch fulfil, and none of another branch of the same target.
    private func condition(_ branch: SearchBranch) -> SQL {
        let inName = words.areInName("\(branch.target.texts).search_text")
        switch branch.match {
        case .number: return hasNumber(branch.target) ?? "false"
        case .name: return withoutNumber(branch.target, inName)
        case .text: return withoutNumber(branch.target, "not (\(inName))")
        }
    }

    /// The row has the number that is looked for; nil if none is, or the target has no numbers.
    private func hasNumber(_ target: SearchTarget) -> SQL? {
        guard let column = target.number, let number = words.number else { return nil }
        return "\(unsafeSQL: column) = \(number)"
    }

    /// The row has all words and fulfils a condition, and is not found by its number already.
    private func withoutNumber(_ target: SearchTarget, _ condition: SQL) -> SQL {
        var sql: SQL = "\(words.areIn("\(target.texts).search_text")) and \(condition)"
        if let hasNumber = hasNumber(target) { sql += " and not (\(hasNumber))" }
        return sql
    }

    /// The rows of a target in one of its parts that fulfil a condition.
    private func rows(of target: SearchTarget, _ condition: SQL) -> SQL {
        let division = target.division
        var rows: SQL = """
            \(unsafeSQL: target.source)
            where \(unsafeSQL: "\(target.texts).\(division.column) = \(division.parts).id")
            and \(condition)
            and \(unsafeSQL: target.condition)
            """
        if project != nil, division == .audiences { rows += " and entity.project_id in (select id from allowed)" }
        return rows
    }

    private static func union(_ parts: [SQL]) -> SQL? { SQL.joined(parts.map { "(\($0))" }, by: " union all ") }
}

/// A place in the list of all that is found.
struct SearchPosition {
    let place: Int
    let createdAt: Timestamp
    let key: UUID

    init(place: Int, createdAt: Timestamp, key: UUID) {
        self.place = place
        self.createdAt = createdAt
        self.key = key
    }

    /// Reads a cursor, which is input like any other.
    init(_ cursor: Cursor, argument: String) throws(FieldError) {
        guard cursor.parts.count == 3, case .integer(let place) = cursor.parts[0],
            case .integer(let moment) = cursor.parts[1], case .uuid(let key) = cursor.parts[2],
            Timestamp.storable.contains(moment)
        else { throw ConnectionArguments.foreignCursor(argument: argument) }
        self.init(
            place: Int(place), createdAt: Timestamp(microseconds: moment), key: key.uuid)
    }

    var cursor: Cursor {
        Cursor([.integer(Int64(place)), .integer(createdAt.microseconds), .uuid(UUIDScalar(key))])
    }

    func comparison(_ sign: String) -> SQL {
        "(entity.created_at, entity.id) \(unsafeSQL: sign) (\(createdAt), \(key))"
    }
}
