import Database
import FoundationEssentials
import TestSupport
import Testing

@testable import Workflows

@Suite struct ProjectStoreTests {
    @Test func onlyMembersOfAnOrganisationMakeItsProjects() async throws {
        try await withTestDatabase { pool in
            let world = try await World.make(pool)
            #expect(
                await code {
                    _ = try await ProjectStore(pool: pool).create(
                        viewer: world.stranger, organizationID: world.organizationID, name: "Mine", description: "")
                } == .notFound)
        }
    }

    @Test func anUpdateChangesOnlyWhatItNames() async throws {
        try await withTestDatabase { pool in
            let world = try await World.make(pool)
            let store = ProjectStore(pool: pool)
            try await store.update(
                viewer: world.member, projectID: world.projectID, name: nil, description: "Now with a text")
            let text = try await world.text(
                "select name || '|' || description from projects where id = \(world.projectID)")
            #expect(text == "A film|Now with a text")
            #expect(
                await code {
                    try await store.update(
                        viewer: world.stranger, projectID: world.projectID, name: "Stolen", description: nil)
                } == .notFound)
        }
    }

    @Test func memberCooperatingOrganisationAndCooperatingMemberSeeAProjectAndNobodyElseDoes() async throws {
        try await withTestDatabase { pool in
            let world = try await World.make(pool)
            func sees(_ user: UUID) async throws -> Bool {
                try await world.count(
                    """
                    select count(*)
                    from accessible_projects(\(user))
                    where project_id = \(world.projectID)
                    """) == 1
            }
            #expect(try await sees(world.member))
            #expect(try await !sees(world.stranger))
            _ = try await pool.query(
                "insert into project_members (project_id, user_id) values (\(world.projectID), \(world.stranger))")
            #expect(try await sees(world.stranger))
            _ = try await pool.query("delete from project_members")
            #expect(try await !sees(world.stranger))
            _ = try await pool.query(
                """
                insert into project_organizations (project_id, organization_id)
                select \(world.projectID), id from organizations where name = 'Two'
                """)
            #expect(try await sees(world.stranger))
        }
    }

    @Test func deletingAProjectDeletesAllThatBelongsToItAndDeletingAPersonDeletesNoWork() async throws {
        try await withTestDatabase { pool in
            let world = try await World.make(pool)
            let subtaskID = try await world.subtask()
            let rpdID = try await world.rpd()
            _ = try await ReviewStore(pool: pool).start(
                viewer: world.member, subtaskID: subtaskID, selection: .rpds([rpdID]), mode: "SPEED")
            _ = try await pool.query("delete from users where id = \(world.member)")
            #expect(try await world.count("select count(*) from reviews where created_by is null") == 1)
            _ = try await pool.query("delete from projects where id = \(world.projectID)")
            #expect(try await world.count("select count(*) from review_outcomes") == 0)
            #expect(try await world.count("select count(*) from assets") == 0)
        }
    }
}
