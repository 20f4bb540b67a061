public import Clients
public import Database
public import EventLoop

// As much as a large company has, for benchmarks, tests of query plans, and to see how the pages feel when they are full.
// Rows are written with COPY; nobody has looked at the pictures, and no AI has: they only have to be many.

/// Fills a system with an organisation that has a great deal of everything.
///
/// One transaction: all of it or nothing, and nothing if it is there already. Ids are the same in every database. The demo
/// organisation is neither needed nor touched.
public struct LargeSeed: Sendable {
    /// How much there is.
    public struct Scale: Sendable, Hashable {
        /// People, all of them members; the first is the organisation's admin.
        public var users: Int
        /// Projects of the one organisation.
        public var projects: Int
        /// Tasks of each project, each with one picture.
        public var tasksPerProject: Int
        /// Review points of each project.
        public var rpdsPerProject: Int
        /// Findings of each review; every second picture has one, with two outcomes.
        public var findingsPerReview: Int

        /// Makes a scale.
        public init(
            users: Int, projects: Int, tasksPerProject: Int, rpdsPerProject: Int, findingsPerReview: Int
        ) {
            self.users = users
            self.projects = projects
            self.tasksPerProject = tasksPerProject
            self.rpdsPerProject = rpdsPerProject
            self.findingsPerReview = findingsPerReview
        }

        /// 200,000 tasks, 100,000 reviews, 1,000,000 findings.
        public static let large = Scale(
            users: 60, projects: 40, tasksPerProject: 5_000, rpdsPerProject: 30, findingsPerReview: 10)

        /// People who take part in each project beside its owner.
        var cooperating: Int { min(users, 20) }
        /// Entries of lists that an organisation has once.
        var marks: Int { projects * 50 }
        /// Entries of the audit log.
        var auditEntries: Int { projects * 1_000 }
        /// Tasks of all projects.
        public var tasks: Int { projects * tasksPerProject }
        /// The first reviews of all pictures.
        public var reviews: Int { tasks / 2 }
        /// Reviews of pictures that have one already; they find nothing.
        var laterReviews: Int { (reviews + 9) / 10 }
        /// Findings of all reviews.
        public var findings: Int { reviews * findingsPerReview }
    }

    /// The admin of the organisation, who sees all of it.
    public static let adminEmail = "user0@large.example"

    private let pool: ConnectionPool
    private let objects: any ObjectStore
    private let scale: Scale
    private let blocking: BlockingPool

    /// Makes a seed over a pool and a place for the pictures' file.
    public init(
        pool: ConnectionPool, objects: any ObjectStore, scale: Scale = .large, blocking: BlockingPool = .shared
    ) {
        self.pool = pool
        self.objects = objects
        self.scale = scale
        self.blocking = blocking
    }

    /// Writes everything, unless it is there; false if it was.
    ///
    /// On the pool's loop. `report` gets a line of English for each table.
    @discardableResult
    public func seed(report: @escaping (String) -> Void = { _ in }) async throws -> Bool {
        try await pool.withConnection { connection in
            // The pool takes the transaction back, and with it the locks, if anything throws.
            try await connection.runScript(
                """
                begin;
                set local statement_timeout = 0;
                set local idle_in_transaction_session_timeout = 0;
                set local synchronous_commit = off;
                set local work_mem = '64MB';
                set local maintenance_work_mem = '256MB';
                select pg_advisory_xact_lock(7236501448820022);
                """)
            let present = try await connection.query("select 1 from users where email = \(Self.adminEmail)")
            if present.first != nil {
                try await connection.query("rollback")
                return false
            }
            let now = try await connection.query("select now()")[0].timestamp(0)
            let rows = LargeRows(
                scale: scale, now: now, files: try await storeFiles(report), connection: connection, report: report)
            let bare = try await BareTables.strip(["tasks", "findings"], on: connection)
            try await rows.write()
            // References that are checked at the end stand in the way of indexes.
            try await connection.query("set constraints all immediate")
            try await bare.restore(report: report)
            try await connection.query("commit")
            report("Counting what there is, for the planner")
            try await connection.query("analyze")
            return true
        }
    }

    /// Draws one picture and stores it for each project.
    private func storeFiles(_ report: (String) -> Void) async throws -> [SeedFiles.Stored] {
        guard let picture = SeedProject.all.first?.files.first?.picture else {
            throw WorkflowError(.inconsistentData, "The demo data have no picture.")
        }
        let bytes = try await blocking.run("drawing a picture") { try picture.bytes() }
        let files = (0..<scale.projects).map { project in
            SeedFile(
                id: LargeID.asset(project), projectID: LargeID.project(project), purpose: .subtaskContent,
                name: "material.\(picture.fileNameExtension)", picture: picture, author: .supervisor)
        }
        let store = SeedFiles(objects: objects, blocking: blocking) { _ in bytes }
        let stored = try await store.store(files, report: report)
        return try files.map { file in
            guard let stored = stored[file.id] else {
                throw WorkflowError(.inconsistentData, "The picture \(file.name) was not stored.")
            }
            return stored
        }
    }
}
