import Database
import FoundationEssentials
import Testing

@testable import Workflows

/// A small organisation with a project, in a database of its own: what most tests of this target need.
struct World: Sendable {
    let pool: ConnectionPool
    let organizationID: UUID
    let member: UUID
    let stranger: UUID
    let projectID: UUID
    let otherProjectID: UUID

    /// Makes the organisation.
    ///
    /// The other project belongs to an organisation of the stranger.
    static func make(_ pool: ConnectionPool) async throws -> World {
        func id(_ sql: SQL) async throws -> UUID {
            try #require(try await pool.query(sql).first).uuid(0)
        }
        let member = try await id("insert into users (email, name) values ('m@demo.example', 'M') returning id")
        let stranger = try await id("insert into users (email, name) values ('s@demo.example', 'S') returning id")
        let organization = try await id("insert into organizations (name) values ('One') returning id")
        let other = try await id("insert into organizations (name) values ('Two') returning id")
        for (organization, user) in [(organization, member), (other, stranger)] {
            _ = try await pool.query(
                "insert into organization_members (organization_id, user_id) values (\(organization), \(user))")
            _ = try await pool.query(
                """
                insert into task_statuses (organization_id, position, name)
                values (\(organization), 1, 'todo'), (\(organization), 2, 'done')
                """)
            _ = try await pool.query(
                "insert into task_priorities (organization_id, position, name) values (\(organization), 1, 'low')")
        }
        let projects = ProjectStore(pool: pool)
        return World(
            pool: pool, organizationID: organization, member: member, stranger: stranger,
            projectID: try await projects.create(
                viewer: member, organizationID: organization, name: "A film", description: ""),
            otherProjectID: try await projects.create(
                viewer: stranger, organizationID: other, name: "Another film", description: ""))
    }

    /// A checked picture of the project, without bytes unless `key` has some.
    func picture(key: String = UUID().text, width: Int = 640, height: Int = 480) async throws -> UUID {
        let rows = try await pool.query(
            """
            insert into assets (
                project_id, purpose, state, file_name, media_type, byte_count, object_key, width, height, sha256
            )
            values (
                \(projectID), 'SUBTASK_CONTENT', 'READY', 'a.png', 'image/png', 1, \(key), \(width), \(height),
                \(String(repeating: "0", count: 64))
            )
            returning id
            """)
        return try #require(rows.first).uuid(0)
    }

    /// A picture subtask in a task of its own.
    func subtask(key: String = UUID().text) async throws -> UUID {
        let tasks = TaskStore(pool: pool)
        let taskID = try await tasks.create(viewer: member, projectID: projectID, task: .init(name: "Poster"))
        return try await tasks.createSubtask(
            viewer: member, taskID: taskID, name: "Front", description: "", assetID: try await picture(key: key))
    }

    /// A review point with one version.
    func rpd(
        _ title: String = "Eyes are blue", kind: String = "VISUAL_REVIEW", isActive: Bool = true
    ) async throws -> UUID {
        let content = RpdContent(
            title: title, ngSubcategory: kind == "GENERAL_NG_REVIEW" ? "CONCRETE_SHAPE" : nil)
        return try await RpdStore(pool: pool).create(
            viewer: member, projectID: projectID, kind: kind, content: content, isActive: isActive
        ).rpdID
    }

    /// The single value of a count.
    func count(_ sql: SQL) async throws -> Int { try #require(try await pool.query(sql).first).int(0) }

    /// The single text of a statement.
    func text(_ sql: SQL) async throws -> String? { try await pool.query(sql).first?.optionalString(0) }
}

/// The problems of the input that a workflow refuses, as `field: CODE`.
func problems(of body: () async throws -> Void) async -> [String] {
    do {
        try await body()
        return []
    } catch let error as WorkflowError {
        return error.problems.map { "\($0.field.joined(separator: ".")): \($0.code)" }
    } catch {
        return ["unexpected \(error)"]
    }
}

/// The code with which a workflow refuses.
func code(of body: () async throws -> Void) async -> WorkflowError.Code? {
    do {
        try await body()
        return nil
    } catch let error as WorkflowError {
        return error.code
    } catch {
        Issue.record("unexpected \(error)")
        return nil
    }
}
