import Database
import Foundation
import GraphQL
import Schema

/// A row of a table that is an object of the API: what its fields read, and how it is found.
///
/// A row points into the database's result; reading a column copies nothing.
protocol Entity: ObjectSource where Object: NodeTypeTag {
    /// The table.
    static var table: String { get }
    /// The columns in the order in which the type's accessors number them; the first is the key.
    static var columns: [String] { get }
    /// What overviews show of long lists; nil if pages have all columns anyway.
    static var overview: Overview? { get }
    /// The column that the type's rule of access looks at.
    static var accessColumn: String { get }
    /// A condition that rows must fulfil to exist for anybody.
    static var existence: String? { get }
    /// The column with the project of rows that are one person's, but gone for that person with the project.
    static var projectColumn: String? { get }
    /// A condition about the objects in which rows lie: what lies in something deleted is not found by key.
    ///
    /// Lists need it only where their parent does not imply it.
    static var ancestry: String? { get }

    /// Whether rows go for good part by part: from the first on nobody can bring them back.
    static var goesInParts: Bool { get }

    /// What a viewer may see of the deleted rows: a condition for who may bring them back.
    static func isVisibleDeleted(to viewer: UUID) -> SQL

    var row: Row { get }
    init(row: Row)
}

/// The part of a type that overviews show: for lists so long that the columns nobody asked for are felt.
struct Overview {
    /// How many of the entity's columns it needs, from the first.
    let width: Int
    /// The fields that read no others; reading another stops the program.
    let fields: Set<String>
}

extension Entity {
    static var overview: Overview? { nil }

    static var existence: String? { nil }

    static var projectColumn: String? { nil }

    static var ancestry: String? { nil }

    static var goesInParts: Bool { false }

    /// The key.
    var key: UUID { row.uuid(0) }

    /// The identifier in the API.
    var id: ID { Object.id(UUIDScalar(key)) }

    /// The columns under the alias `entity`, by which every statement calls the table.
    static var selection: String { columns.map { "entity.\($0)" }.joined(separator: ", ") }

    /// What a viewer may see of the table: the rule of the type, and what exists.
    static func isVisible(to viewer: UUID, among keys: [UUID]? = nil) -> SQL {
        var condition = isAccessible(to: viewer, among: keys)
        if let existence { condition += " and \(unsafeSQL: existence)" }
        return condition
    }

    /// Of most types everybody may bring a row back who would see it.
    static func isVisibleDeleted(to viewer: UUID) -> SQL {
        isAccessible(to: viewer) + " and entity.deleted_at is not null"
            + (goesInParts ? " and entity.purge_started_at is null" : "")
    }

    /// What a viewer has access to, be it deleted or not: the rule that `schema.graphql` names for the type, in SQL.
    ///
    /// This is the one place where rules of access become conditions. Of people there are more by key than in lists: who
    /// wrote something remains its author.
    static func isAccessible(to viewer: UUID, among keys: [UUID]? = nil) -> SQL {
        var condition: SQL =
            switch TypeAccess.rules[Object.typeName] {
            case .projectMember: isInProject(accessColumn, of: viewer)
            case .knowledgeReader:
                // A function, so that no index is read for it: each list has its rows by something narrower, and in order.
                "array_position(array(select audience_id from knowledge_audiences(\(viewer))), \(unsafeSQL: access)) is not null"
            case .organizationMember:
                "\(unsafeSQL: access) in (select organization_id from accessible_organizations(\(viewer)))"
            case .organizationAdmin:
                "\(unsafeSQL: access) in (select organization_id from administered_organizations(\(viewer)))"
            case .auditor:
                """
                (
                    \(unsafeSQL: access) in (select organization_id from administered_organizations(\(viewer)))
                    or exists (select 1 from users where id = \(viewer) and role = 'ADMIN')
                )
                """
            case .colleague:
                if let keys {
                    "\(unsafeSQL: access) in (select user_id from known_users(\(viewer), \(keys)))"
                } else {
                    "\(unsafeSQL: access) in (select user_id from accessible_users(\(viewer)))"
                }
            case .viewerOnly: "\(unsafeSQL: access) = \(viewer)"
            case .systemAdmin: "exists (select 1 from users where id = \(viewer) and role = 'ADMIN')"
            case .public, .inherited, nil:
                preconditionFailure("\(Object.typeName) is a table, so its rule must say who sees its rows")
            }
        if let projectColumn { condition += " and \(isInProject(projectColumn, of: viewer))" }
        return condition
    }

    /// Whether a column has one of the viewer's projects.
    ///
    /// An array is made once for a statement; "in (select …)" in a lateral join would be asked again for each parent.
    private static func isInProject(_ column: String, of viewer: UUID) -> SQL {
        "entity.\(unsafeSQL: column) = any(array(select project_id from accessible_projects(\(viewer))))"
    }

    private static var access: String { "entity.\(accessColumn)" }

    /// The rows with these keys that the viewer may see; `isEnclosing` for those in which rows that are seen lie, be they
    /// deleted or not.
    static func byKeys(_ keys: [UUID], viewer: UUID, isEnclosing: Bool = false) -> SQL {
        let rule = isEnclosing ? isAccessible(to: viewer, among: keys) : isVisible(to: viewer, among: keys)
        var sql: SQL =
            "select \(unsafeSQL: selection) from \(unsafeSQL: table) as entity where entity.id = any(\(keys)) and \(rule)"
        if let ancestry, !isEnclosing { sql += " and \(unsafeSQL: ancestry)" }
        return sql
    }
}

/// Conditions about what rows lie in, for `Entity.ancestry`.
enum Ancestry {
    /// The task in `entity.task_id` is not deleted.
    static let task = """
        exists (
            select 1
            from tasks
            where tasks.id = entity.task_id
            and tasks.deleted_at is null
        )
        """

    /// The document in `entity.document_id` is not deleted.
    static let document = """
        exists (
            select 1
            from documents
            where documents.id = entity.document_id
            and documents.deleted_at is null
        )
        """

    /// The subtask in `entity.subtask_id` is not deleted, nor is its task.
    static let subtask = """
        exists (
            select 1
            from subtasks
            join tasks on tasks.id = subtasks.task_id
            where subtasks.id = entity.subtask_id
            and subtasks.deleted_at is null
            and tasks.deleted_at is null
        )
        """

    /// The subtask of the review of the finding in `entity.finding_id` is not deleted, nor is its task.
    static let finding = """
        exists (
            select 1
            from findings
            join reviews on reviews.id = findings.review_id
            join subtasks on subtasks.id = reviews.subtask_id
            join tasks on tasks.id = subtasks.task_id
            where findings.id = entity.finding_id
            and subtasks.deleted_at is null
            and tasks.deleted_at is null
        )
        """

    /// The subtask of the review in `entity.review_id` is not deleted, nor is its task.
    static let review = """
        exists (
            select 1
            from reviews
            join subtasks on subtasks.id = reviews.subtask_id
            join tasks on tasks.id = subtasks.task_id
            where reviews.id = entity.review_id
            and subtasks.deleted_at is null
            and tasks.deleted_at is null
        )
        """
}

extension UUIDScalar {
    init(_ uuid: UUID) {
        let bytes = uuid.uuid
        self.init(
            high: Self.word(bytes.0, bytes.1, bytes.2, bytes.3, bytes.4, bytes.5, bytes.6, bytes.7),
            low: Self.word(bytes.8, bytes.9, bytes.10, bytes.11, bytes.12, bytes.13, bytes.14, bytes.15))
    }

    private static func word(
        _ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8, _ e: UInt8, _ f: UInt8, _ g: UInt8, _ h: UInt8
    ) -> UInt64 {
        let upper = UInt64(a) << 56 | UInt64(b) << 48 | UInt64(c) << 40 | UInt64(d) << 32
        return upper | UInt64(e) << 24 | UInt64(f) << 16 | UInt64(g) << 8 | UInt64(h)
    }

    var uuid: UUID {
        func byte(_ word: UInt64, _ index: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: word >> (56 - 8 * index)) }
        return UUID(
            uuid: (
                byte(high, 0), byte(high, 1), byte(high, 2), byte(high, 3), byte(high, 4), byte(high, 5),
                byte(high, 6), byte(high, 7), byte(low, 0), byte(low, 1), byte(low, 2), byte(low, 3), byte(low, 4),
                byte(low, 5), byte(low, 6), byte(low, 7)
            ))
    }
}
