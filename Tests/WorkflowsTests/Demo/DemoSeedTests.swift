import Clients
import Database
import FoundationEssentials
import Hashing
import Imaging
import Synchronization
import TestSupport
import Testing

@testable import Workflows

@Suite struct DemoSeedTests {
    @Test func aSeedMakesEverythingThatItSays() async throws {
        try await withDemo { pool, seed, objects in
            #expect(try await seed.isSeeded() == false)
            let lines = Mutex<[String]>([])
            let summary = try await seed.seed { line in lines.withLock { $0.append(line) } }
            #expect(summary.isNew)
            #expect(try await seed.isSeeded())
            #expect(lines.withLock(\.last) == "Starting reviews: \(summary.reviews) of \(summary.reviews)")

            let counts = try await Self.counts(pool)
            #expect(counts["organizations"] == summary.organizations)
            #expect(counts["users"] == summary.users)
            #expect(counts["projects"] == 3 && counts["projects"] == summary.projects)
            #expect(counts["rpds"] == summary.rpds)
            #expect(counts["tasks"] == 41 && counts["tasks"] == summary.tasks)
            #expect(counts["subtasks"] == summary.subtasks)
            #expect(counts["assets"] == summary.files)
            #expect(counts["reviews"] == 31 && counts["reviews"] == summary.reviews)
            // Findings come from the worker alone.
            #expect(counts["findings"] == 0)
            let waiting = try await pool.query(
                """
                select count(*)
                from reviews
                join jobs on jobs.kind = 'review' and jobs.key = reviews.id::text and jobs.status = 'QUEUED'
                where reviews.status = 'PENDING'
                and exists (select 1 from review_outcomes as outcomes where outcomes.review_id = reviews.id)
                """)
            #expect(waiting.first?.int(0) == summary.reviews)
        }
    }

    @Test func everyProjectOfTheRightsHolderHasReviewPointsOfAllKindsVersionsAndOneThatIsOff() async throws {
        try await withDemo { pool, seed, _ in
            try await seed.seed()
            for project in [SeedProject.hoshiyomi, .tsukiakari] {
                let rows = try await pool.query(
                    """
                    select array(select distinct kind from rpds where project_id = \(project.id) order by kind),
                        (select count(*) from rpds where project_id = \(project.id) and not is_active),
                        (
                            select count(*)
                            from rpd_versions
                            where project_id = \(project.id)
                            and version_number = 2
                            and is_active
                        ),
                        (
                            select count(*)
                            from rpds
                            where project_id = \(project.id)
                            and 1 <> (
                                select count(*)
                                from rpd_versions as versions
                                where versions.rpd_id = rpds.id
                                and versions.is_active
                            )
                        )
                    """)
                let row = try #require(rows.first)
                #expect(row.array(0, of: String.self) == RpdStore.kinds.sorted())
                #expect(row.int(1) == 1)
                #expect(row.int(2) >= 1)
                #expect(row.int(3) == 0)
            }
        }
    }

    @Test func everyFileIsWhatItsRowSays() async throws {
        try await withDemo { pool, seed, objects in
            try await seed.seed()
            let rows = try await pool.query(
                """
                select state, file_name, media_type, byte_count, width, height, sha256, object_key, id, project_id
                from assets
                """)
            #expect(rows.count > 60)
            for row in rows {
                let bytes = try await objects.get(try ObjectKey(row.string(7)))
                #expect(row.string(0) == "READY" && row.int(3) == bytes.count)
                #expect(row.string(6) == Hex.encode(SHA256.hash(bytes)))
                let header = try PictureHeader.read(.bytes(bytes))
                #expect(header.format.mediaType == row.string(2))
                #expect(header.width == row.int(4) && header.height == row.int(5))
                #expect(row.string(1).hasSuffix(row.string(2) == "image/png" ? ".png" : ".jpg"))
                #expect(row.string(7).hasPrefix("projects/\(row.uuid(9).text)/assets/\(row.uuid(8).text)/"))
            }
            #expect(try await objects.list(prefix: "", after: nil, limit: 1000).count == 2 * rows.count)
        }
    }

    @Test func aSecondSeedChangesNothing() async throws {
        try await withDemo { pool, seed, objects in
            try await seed.seed()
            let before = try await Self.fingerprint(pool)
            // Whatever people do afterwards is theirs.
            _ = try await pool.query("delete from projects where id = \(SeedProject.tsukiakari.id)")
            let without = try await Self.fingerprint(pool)
            #expect(without != before)
            var drawing = seed
            drawing.draw = { _ in throw WorkflowError(.conflict, "Nothing is drawn a second time.") }
            let summary = try await drawing.seed { Issue.record("nothing to report: \($0)") }
            #expect(!summary.isNew)
            #expect(try await Self.fingerprint(pool) == without)
        }
    }

    @Test func aSeedThatWasDoneCostsOneStatement() async throws {
        try await withDemo { pool, seed, _ in
            try await seed.seed()
            var statements = 0
            pool.onStatement = { _, _ in statements += 1 }
            try await seed.seed()
            pool.onStatement = nil
            #expect(statements == 1)
        }
    }

    /// The steps that tell of their progress: in the middle of the pictures, before the rows, among the reviews.
    @Test(arguments: ["Drawing pictures: 20", "Writing projects", "Starting reviews: 10"])
    func anInterruptedSeedGoesOnLater(_ step: String) async throws {
        try await withDemo { pool, seed, objects in
            await #expect(throws: (any Error).self) {
                try await seed.seed { line in
                    if line.hasPrefix(step) { withUnsafeCurrentTask { $0?.cancel() } }
                }
            }
        } afterwards: { pool, seed, objects in
            #expect(try await seed.isSeeded() == false)
            let between = try await Self.counts(pool)
            #expect(between["projects"] == (step.hasPrefix("Starting") ? 3 : 0))
            let summary = try await seed.seed()
            #expect(summary.isNew)
            let counts = try await Self.counts(pool)
            #expect(counts["tasks"] == summary.tasks && counts["assets"] == summary.files)
            #expect(counts["reviews"] == summary.reviews && counts["users"] == summary.users)
            // No picture is left over from the first attempt; each has its small copy.
            #expect(try await objects.list(prefix: "", after: nil, limit: 1000).count == 2 * summary.files)
        }
    }

    @Test func twoProcessesAtOnceMakeEverythingOnce() async throws {
        let configuration = try await workflowDatabase()
        try await withObjects { objects in
            let drawn = Counter()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<2 {
                    group.addTask {
                        try await withPool(configuration) { pool in
                            var seed = DemoSeed(pool: pool, objects: objects, films: nil)
                            seed.draw = { picture in
                                drawn.count()
                                return try quickly(picture)
                            }
                            try await seed.seed()
                        }
                    }
                }
                try await group.waitForAll()
            }
            try await withPool(configuration) { pool in
                let summary = try await DemoSeed(pool: pool, objects: objects, films: nil).seed()
                #expect(!summary.isNew)
                #expect(drawn.value == summary.files)
                let counts = try await Self.counts(pool)
                #expect(counts["assets"] == summary.files && counts["tasks"] == summary.tasks)
                #expect(counts["reviews"] == summary.reviews && counts["jobs"] == summary.reviews)
            }
        }
    }

    @Test func everybodySeesTheirOwnProjectsOnly() async throws {
        try await withDemo { pool, seed, _ in
            try await seed.seed()
            let visible: [SeedUser: [SeedProject]] = [
                .owner: [.hoshiyomi, .tsukiakari], .supervisor: [.hoshiyomi, .tsukiakari], .partner: [.hoshiyomi],
                .studio: [.hoshiyomi], .stranger: [.muteki], .admin: [],
            ]
            for (user, projects) in visible {
                let rows = try await pool.query(
                    """
                    select accessible.project_id
                    from accessible_projects((select id from users where email = \(user.email))) as accessible
                    """)
                #expect(Swift.Set(rows.map { $0.uuid(0) }) == Swift.Set(projects.map(\.id)), "\(user)")
            }
            // System admins see people and organisations, but no project.
            for (user, count) in [(SeedUser.stranger, 0), (.admin, visible.count - 1)] {
                let people = try await pool.query(
                    "select user_id from accessible_users(\(user.id)) where user_id <> \(user.id)")
                #expect(people.count == count)
            }
            let rows = try await pool.query("select role from users where email = 'admin@demo.example'")
            #expect(rows.first?.string(0) == "ADMIN")
        }
    }
}

extension DemoSeedTests {
    private static let tables = [
        "organizations", "organization_members", "users", "task_statuses", "task_priorities", "projects",
        "project_organizations", "project_members", "assets", "rpds", "rpd_versions", "rpd_version_assets", "tasks",
        "subtasks", "subtask_contents", "reviews", "review_outcomes", "findings", "jobs", "events",
    ]

    private static func counts(_ pool: ConnectionPool) async throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for table in tables {
            counts[table] = try await pool.query("select count(*) from \(identifier: table)").first?.int(0)
        }
        return counts
    }

    /// A digest of all rows of all tables.
    private static func fingerprint(_ pool: ConnectionPool) async throws -> [String] {
        var digests: [String] = []
        for table in tables {
            let rows = try await pool.query(
                "select md5(string_agg(entry::text, ' ' order by entry::text)) from \(identifier: table) as entry")
            digests.append("\(table) \(rows.first?.optionalString(0) ?? "empty")")
        }
        return digests
    }

    /// Runs a test with a seed that draws quickly; `afterwards` runs with the same database and files in a task of its
    /// own, as a process that was started again.
    private func withDemo(
        _ body: @escaping @Sendable (ConnectionPool, DemoSeed, DirectoryObjectStore) async throws -> Void,
        afterwards: (@Sendable (ConnectionPool, DemoSeed, DirectoryObjectStore) async throws -> Void)? = nil
    ) async throws {
        let configuration = try await workflowDatabase()
        try await withObjects { objects in
            try await start(body)
            if let afterwards { try await start(afterwards) }

            func start(
                _ body: @escaping @Sendable (ConnectionPool, DemoSeed, DirectoryObjectStore) async throws -> Void
            ) async throws {
                try await withPool(configuration) { pool in
                    var seed = DemoSeed(pool: pool, objects: objects, films: nil)
                    seed.draw = quickly
                    try await body(pool, seed, objects)
                }
            }
        }
    }
}

/// Counts on several threads.
private final class Counter: Sendable {
    private let number = Atomic(0)

    var value: Int { number.load(ordering: .sequentiallyConsistent) }
    func count() { number.add(1, ordering: .sequentiallyConsistent) }
}
