import Clients
import Database
import EventLoop
import TestSupport
import Testing

@testable import Workflows

@Suite("Large seed")
struct LargeSeedTests {
    private static let small = LargeSeed.Scale(
        users: 5, projects: 3, tasksPerProject: 20, rpdsPerProject: 4, findingsPerReview: 10)

    @Test("It writes as much as its scale says, once")
    func writesOnce() async throws {
        try await withSeed { pool, seed, _ in
            #expect(try await seed.seed())
            let counts = try await pool.query(
                """
                select (select count(*) from users), (select count(*) from projects), (select count(*) from tasks),
                    (select count(*) from subtasks), (select count(*) from reviews where status = 'COMPLETED'),
                    (select count(*) from review_outcomes), (select count(*) from findings),
                    (select count(*) from annotations where parent_id is null), (select count(*) from subtask_decisions)
                """)[0]
            #expect((0..<9).map { counts.int($0) } == [5, 3, 60, 60, 33, 60, 300, 15, 20])
            #expect(try await !seed.seed())
            #expect(try await pool.query("select count(*) from tasks")[0].int(0) == 60)
        }
    }

    @Test("A seed that fails leaves nothing, and can be repeated")
    func leavesNothingBehind() async throws {
        try await withSeed { pool, seed, _ in
            try await pool.query("alter table annotations add constraint annotations_refuse check (body = '')")
            await #expect(throws: DatabaseError.self) { try await seed.seed() }
            #expect(try await pool.query("select count(*) from users")[0].int(0) == 0)
            try await pool.query("alter table annotations drop constraint annotations_refuse")
            #expect(try await seed.seed())
        }
    }

    @Test("What it writes agrees with the system's own rules: every stored picture can be read, the admin sees all")
    func agreesWithTheSystem() async throws {
        try await withSeed { pool, seed, objects in
            try await seed.seed()
            let files = try await pool.query("select object_key, byte_count from assets where state = 'READY'")
            #expect(files.count == Self.small.projects)
            for file in files {
                let size = try await objects.size(of: try ObjectKey(file.string(0)))
                #expect(size == file.int(1))
            }
            let seen = try await pool.query(
                """
                select count(*)
                from users
                cross join lateral accessible_projects(users.id) as visible
                where users.email = \(LargeSeed.adminEmail)
                """)
            #expect(seen[0].int(0) == 3)
            let severities = try await pool.query("select count(distinct severity) from findings")
            #expect(severities[0].int(0) == 3)
        }
    }

    private func withSeed(
        _ body: @escaping @Sendable (ConnectionPool, LargeSeed, DirectoryObjectStore) async throws -> Void
    ) async throws {
        let configuration = try await workflowDatabase()
        try await withObjects { objects in
            try await withPool(configuration) { pool in
                try await body(pool, LargeSeed(pool: pool, objects: objects, scale: Self.small), objects)
            }
        }
    }
}
