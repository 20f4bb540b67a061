public import Database
public import FoundationEssentials
import JSON

/// Tries review points on materials, before or after they are saved: what people do.
///
/// What the worker writes is in `RpdTestRunStore`.
public struct RpdTestStore: Sendable {
    /// The most materials of one call.
    static let maximumMaterials = 20
    /// The most tries of a project that wait or run.
    static let maximumOpen = 200

    private let pool: ConnectionPool

    /// Makes a store over a pool.
    public init(pool: ConnectionPool) { self.pool = pool }

    /// What is tried.
    public enum Subject: Sendable, Hashable {
        /// A wording that nobody has saved, for a review point that there may be.
        case draft(kind: String, content: RpdContent, rpdID: UUID?)
        /// A stored version.
        case version(UUID)
    }

    /// On what it is tried, and what should come out.
    public struct Material: Sendable, Hashable {
        /// A file, or a spoken line.
        public enum Content: Sendable, Hashable {
            /// A checked picture, video or script of the project.
            case asset(UUID)
            /// A line and who says it; without a name nobody knows who.
            case line(speaker: String, text: String)
        }

        let content: Content
        let expectedSeverity: String?

        /// Makes a material; `expectedSeverity` is `RISK`, `ALERT` or `SAFE`.
        public init(_ content: Content, expectedSeverity: String?) {
            self.content = content
            self.expectedSeverity = expectedSeverity
        }
    }

    /// Starts a try for each material and gives their ids in order; those of the same request key if there are some.
    ///
    /// `mode` is `QUALITY` or `SPEED`.
    public func start(
        viewer: UUID, projectID: UUID, subject: Subject, materials: [Material], mode: String, requestKey: UUID? = nil
    ) async throws -> [UUID] {
        try await pool.withTransaction { transaction in
            try await LiveRow.requireProject(projectID, viewer: viewer, transaction)
            if let requestKey {
                // Of two calls with one key the second waits for what the first one makes.
                _ = try await transaction.query(
                    "select pg_advisory_xact_lock(hashtextextended(\(requestKey.text), 0))")
                let earlier = try await transaction.query(
                    """
                    select id
                    from rpd_tests
                    where project_id = \(projectID)
                    and request_key = \(requestKey)
                    order by number
                    """)
                if !earlier.isEmpty { return earlier.map { $0.uuid(0) } }
            }
            try await Self.requireRoom(for: materials, projectID: projectID, in: transaction)
            let wording = try await Self.wording(of: subject, projectID: projectID, in: transaction)
            let materials = try await Self.checked(materials, projectID: projectID, in: transaction)
            let batchKey = UUID()
            var ids: [UUID] = []
            for (index, material) in materials.enumerated() {
                ids.append(
                    try await wording.insert(
                        material, number: index + 1, of: batchKey, mode: mode, projectID: projectID,
                        requestKey: requestKey, viewer: viewer, in: transaction))
            }
            return ids
        }
    }

    /// Ends a try that is active: no write of its worker counts from now on.
    ///
    /// One that has ended stays as it is.
    public func cancel(viewer: UUID, testID: UUID) async throws {
        try await pool.withTransaction { transaction in
            let status = try await LiveRow.lockStatus(
                testID, in: "rpd_tests", "A try of a review point", viewer: viewer, transaction)
            guard RunStatus(rawValue: status)?.isEnd == false else { return }
            _ = try await transaction.query(
                """
                update rpd_tests
                set status = 'CANCELLED', run_token = null, finished_at = now()
                where id = \(testID)
                """)
            try await RpdTestRunStore.tell(testID, in: transaction)
            try await JobStore.requestCancel(.rpdTest, key: testID.text, in: transaction)
        }
    }

    /// Deletes a try with what it has found.
    public func delete(viewer: UUID, testID: UUID) async throws {
        try await pool.withTransaction { transaction in
            _ = try await LiveRow.lockStatus(
                testID, in: "rpd_tests", "A try of a review point", viewer: viewer, transaction)
            try await JobStore.requestCancel(.rpdTest, key: testID.text, in: transaction)
            _ = try await transaction.query("delete from rpd_tests where id = \(testID)")
        }
    }

    private static func requireRoom(
        for materials: [Material], projectID: UUID, in transaction: Transaction
    ) async throws {
        var check = InputCheck()
        if materials.isEmpty { check.fail(["materials"], .required, "Name at least one material.") }
        if materials.count > maximumMaterials {
            check.fail(["materials"], .tooLong, "At most \(maximumMaterials) materials are tried at once.")
        }
        let open = try await transaction.queryFirst(
            """
            select count(*)
            from rpd_tests
            where project_id = \(projectID)
            and status in ('PENDING', 'PROCESSING')
            """)
        if (open?.int(0) ?? 0) + materials.count > maximumOpen {
            check.fail(["materials"], .conflict, "The project has many tries that wait. Try again when they are done.")
        }
        try check.finish()
    }

    /// The materials without spaces at the ends; files have to be checked pictures, videos or scripts of the project.
    private static func checked(
        _ materials: [Material], projectID: UUID, in transaction: Transaction
    ) async throws -> [Material] {
        let assets = materials.compactMap { if case .asset(let id) = $0.content { id } else { nil } }
        let rows = try await transaction.query(
            """
            select id, state = 'READY'
                and (
                    \(unsafeSQL: FileInspector.isPicture)
                    or media_type = any(\(MediaInspector.videoTypes))
                    or media_type = any(\(DocumentKind.scripts.flatMap(\.mediaTypes)))
                )
            from assets
            where id = any(\(assets))
            and project_id = \(projectID)
            """)
        let usable = Dictionary(rows.map { ($0.uuid(0), $0.bool(1)) }, uniquingKeysWith: { $1 })
        var check = InputCheck()
        let result = materials.enumerated().map { index, material in
            let field = ["materials", String(index), "content"]
            switch material.content {
            case .asset(let id):
                switch usable[id] {
                case nil: check.fail(field + ["assetId"], .notFound, "This project has no such file.")
                case false:
                    check.fail(
                        field + ["assetId"], .assetNotReady,
                        "The file is no picture, video or script that has been checked.")
                default: break
                }
                return material
            case .line(let speaker, let text):
                let text = check.sentence(text, field + ["line", "text"])
                return Material(
                    .line(
                        speaker: check.text(speaker, field + ["line", "speaker"], maximum: 100),
                        text: text),
                    expectedSeverity: material.expectedSeverity)
            }
        }
        try check.finish()
        return result
    }
}
