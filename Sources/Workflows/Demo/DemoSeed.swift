public import Clients
public import Database
public import EventLoop

// The demo organisation, for a first look at a running system. Nothing in it is faked: the pictures and the film are files
// like any upload, and the findings come from reviews that a worker makes afterwards.

/// Fills an empty system with a demo organisation.
///
/// In three steps, each of which can be interrupted: the pictures, all rows but one, the reviews. The row that is missing
/// until the end is `admin@demo.example`; once it is there, nothing is ever written again, whatever people have
/// changed or deleted. Ids and pictures are the same in every database.
public struct DemoSeed: Sendable {
    /// The person that a first visitor signs in as.
    public static let supervisorEmail = SeedUser.supervisor.email
    /// Everybody, in the order: organisation's admin, member, individual of one project, member of a cooperating
    /// organisation, stranger, system administrator.
    public static let emails = SeedUser.allCases.map(\.email)

    /// Any number that no other advisory lock uses.
    private static let lockKey: Int64 = 7_236_501_448_820_021

    private let pool: ConnectionPool
    private let objects: any ObjectStore
    private let blocking: BlockingPool
    private let films: FilmTools?
    /// Makes a picture's bytes, on the blocking pool; tests draw faster.
    var draw: @Sendable (SeedPicture) throws -> [UInt8] = { try $0.bytes() }

    /// Makes a seed over a pool and a place for files; pictures are drawn on the blocking pool, two at a time.
    ///
    /// Without tools there are no films.
    public init(
        pool: ConnectionPool, objects: any ObjectStore, films: FilmTools?, blocking: BlockingPool = .shared
    ) {
        self.pool = pool
        self.objects = objects
        self.films = films
        self.blocking = blocking
    }

    /// Whether the demo data are complete; one statement.
    public func isSeeded() async throws -> Bool {
        let rows = try await pool.query("select 1 from users where id = \(SeedUser.admin.id)")
        return rows.first != nil
    }

    /// Writes what is missing of the demo data; one statement when nothing is.
    ///
    /// On the pool's loop. Several processes may call it at once: one writes, the others wait up to ten minutes for it.
    /// `report` gets a line of English for each bit of progress.
    ///
    /// Throws what the database and the object store throw. Then call it again: it goes on where it was.
    @discardableResult
    public func seed(report: (String) -> Void = { _ in }) async throws -> Summary {
        if try await isSeeded() { return Summary(isNew: false, films: films == nil ? 0 : SeedFilm.count) }
        try await writeRows(report)
        let filmReviews = try await filmReviews()
        try await start(SeedProject.all.flatMap(\.reviews) + filmReviews, report)
        try await SeedRows.write(.admin, through: pool)
        return Summary(isNew: true, films: filmReviews.count)
    }

    /// Draws the pictures and writes the rows, unless they are there.
    private func writeRows(_ report: (String) -> Void) async throws {
        // Not repeated: a conflict of transactions would be no reason to draw everything again.
        try await pool.withTransaction(retries: 0) { transaction in
            // Drawing takes a while, during which the transaction, which only holds the lock, does nothing.
            _ = try await transaction.query("set local idle_in_transaction_session_timeout = '10min'")
            _ = try await transaction.query("set local statement_timeout = '10min'")
            _ = try await transaction.query("select pg_advisory_xact_lock(\(Self.lockKey))")
            let supervisors = try await transaction.query("select 1 from users where id = \(SeedUser.supervisor.id)")
            guard supervisors.first == nil else { return }
            let files = SeedFiles(objects: objects, blocking: blocking, draw: draw)
            var stored = try await files.store(SeedProject.all.flatMap(\.files), report: report)
            if let films {
                stored.merge(try await files.store(filmsOf: SeedProject.all, films, report: report)) { $1 }
            }
            report("Writing projects, review points and tasks")
            let rows = SeedRows(
                transaction: transaction, calendar: SeedCalendar(now: try await Self.now(transaction)),
                stored: stored)
            try await rows.write()
        }
    }

    /// The database's clock, as everywhere in the tables.
    private static func now(_ transaction: Transaction) async throws -> Timestamp {
        guard let row = try await transaction.query("select clock_timestamp()").first else {
            throw WorkflowError(.inconsistentData, "The database does not say what time it is.")
        }
        return row.timestamp(0)
    }

    /// The reviews of the films that could be made, maybe by another process.
    private func filmReviews() async throws -> [SeedReview] {
        let reviews = SeedProject.all.flatMap { project in project.films.map { project.review(of: $0) } }
        let rows = try await pool.query("select id from subtasks where id = any(\(reviews.map(\.subtaskID)))")
        let made = Swift.Set(rows.map { $0.uuid(0) })
        return reviews.filter { made.contains($0.subtaskID) }
    }

    /// Asks for reviews, each once.
    private func start(_ reviews: [SeedReview], _ report: (String) -> Void) async throws {
        let store = ReviewStore(pool: pool)
        for (index, review) in reviews.enumerated() {
            // A review that somebody else has started meanwhile serves as well.
            _ = try await store.start(
                viewer: review.viewer.id, subtaskID: review.subtaskID, selection: review.selection, mode: review.mode,
                requestKey: review.requestKey)
            let count = index + 1
            if count.isMultiple(of: 10) || count == reviews.count {
                report("Starting reviews: \(count) of \(reviews.count)")
            }
        }
    }
}

extension DemoSeed {
    /// What the demo data consist of.
    public struct Summary: Sendable, Hashable, CustomStringConvertible {
        /// Whether this call wrote any of it.
        public let isNew: Bool
        /// Organisations, of which one owns what most people see.
        public let organizations = SeedOrganization.allCases.count
        /// People.
        public let users = SeedUser.allCases.count
        /// Projects, of which one is the stranger's.
        public let projects = SeedProject.all.count
        /// Review points.
        public let rpds = SeedProject.all.reduce(0) { $0 + $1.rpds.count }
        /// Films to be reviewed.
        public let films: Int
        /// Tasks.
        public let tasks: Int
        /// Pictures to be reviewed.
        public let subtasks = SeedProject.all.reduce(0) { $0 + $1.placedSubtasks.count }
        /// Stored files.
        public let files: Int
        /// Reviews that were started.
        public let reviews: Int

        init(isNew: Bool, films: Int) {
            self.isNew = isNew
            self.films = films
            tasks = SeedProject.all.reduce(films) { $0 + $1.tasks.count }
            files = SeedProject.all.reduce(films) { $0 + $1.files.count }
            reviews = SeedProject.all.reduce(films) { $0 + $1.reviews.count }
        }

        /// A line of English.
        public var description: String {
            "\(organizations) organisations, \(users) people, \(projects) projects, \(rpds) review points, "
                + "\(tasks) tasks, \(subtasks) pictures, \(films) films, \(reviews) reviews"
        }
    }
}
