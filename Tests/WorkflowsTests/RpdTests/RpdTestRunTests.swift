import Clients
import Database
import FoundationEssentials
import Imaging
import JSON
import TestSupport
import Testing

@testable import Workflows

@Suite("Tries of review points", .timeLimit(.minutes(15)))
struct RpdTestRunTests {
    private static let table: JSONValue = ["ソラ": ["ソラ": "わたし", "レン": "レンくん"], "レン": ["レン": "俺", "ソラ": "ソラ"]]
    private static let words = RpdContent(title: "呼称", appellations: table)

    @Test("lines are tried as a review of a script would, one try for each, and pass when what should come out does")
    func lines() async throws {
        try await withTries { stage in
            let ids = try await stage.start(
                .draft(kind: "TEXT_REVIEW", content: Self.words, rpdID: nil),
                [
                    .init(.line(speaker: "ソラ", text: "レンさん、待って。"), expectedSeverity: "RISK"),
                    .init(.line(speaker: "ソラ", text: "レンくん、待って。"), expectedSeverity: "RISK"),
                    .init(.line(speaker: "", text: "レンくん！"), expectedSeverity: nil),
                ])
            #expect(ids.count == 3)
            try await stage.work()
            #expect(
                try await stage.rows() == [
                    "1 COMPLETED OK RISK true 1 dialogue-1", "2 COMPLETED OK SAFE false 1 dialogue-1",
                    "3 COMPLETED OK ALERT 1 dialogue-1",
                ])
            let found = try await stage.world.pool.query(
                "select severity, dialogue #>> '{addresses,0,usedName}', tag from rpd_test_findings where rpd_test_id = \(ids[0])"
            )
            #expect(found.map { [$0.string(0), $0.string(1), $0.string(2)] } == [["RISK", "レンさん", "speaker_check"]])
            #expect(try await stage.events(ids[0]) == ["PENDING", "PROCESSING", "COMPLETED"])
            // A try is no review.
            for table in ["findings", "reviews", "review_outcomes", "rpds", "rpd_versions"] {
                let count = try await stage.world.pool.query("select count(*) from \(unsafeSQL: table)")
                #expect(count.first?.int(0) == 0, "\(table)")
            }
        }
    }

    @Test(
        "a picture is given to the model as a review would give it, with the pictures to compare with; what it says is stored"
    )
    func pictures() async throws {
        try await withTries { stage in
            let (material, reference) = (try await stage.picture("material"), try await stage.picture("reference"))
            let content = RpdContent(title: "目の色", instruction: "目は青。", referenceAssetIDs: [reference])
            let point = try await RpdStore(pool: stage.world.pool).create(
                viewer: stage.world.member, projectID: stage.world.projectID, kind: "VISUAL_REVIEW", content: content,
                isActive: true)
            let ids = try await stage.start(
                .version(point.versionID), [.init(.asset(material), expectedSeverity: "ALERT")])
            let asked = Asked()
            try await stage.work(
                ScriptedModel { request in
                    await asked.add(request)
                    return .ok([finding("Not blue.", .alert)])
                })
            let request = try #require(await asked.requests.first)
            #expect(request.kind == .visual && request.title == "目の色" && request.references.count == 1)
            #expect(request.visualCheck == VisualCheck(title: "目の色", instruction: "目は青。", hasReferences: true))
            #expect(try await stage.rows() == ["1 COMPLETED OK ALERT true 1 scripted-speed"])
            let row = try #require(
                try await stage.world.pool.query(
                    """
                    select tests.rpd_id, tests.rpd_version_id, found.area_x, found.image_width
                    from rpd_tests as tests
                    join rpd_test_findings as found on found.rpd_test_id = tests.id
                    where tests.id = \(ids[0])
                    """
                ).first)
            #expect(row.uuid(0) == point.rpdID && row.uuid(1) == point.versionID)
            #expect(row.double(2) == 0.25 && row.int(3) == 640)
            // The files stay as long as the try does.
            let used = try await stage.world.pool.query(
                "select asset_is_used(\(material)) and asset_is_used(\(reference))")
            #expect(used.first?.bool(0) == true)
        }
    }

    @Test("rule 21: what cannot be checked is no result, and does not pass whatever should come out")
    func errors() async throws {
        try await withTries { stage in
            _ = try await stage.start(
                .draft(kind: "TEXT_REVIEW", content: RpdContent(title: "Bare"), rpdID: nil),
                [.init(.line(speaker: "A", text: "Hello."), expectedSeverity: "SAFE")])
            _ = try await stage.start(
                .draft(kind: "VISUAL_REVIEW", content: RpdContent(title: "Eyes"), rpdID: nil),
                [
                    .init(.line(speaker: "A", text: "Hello."), expectedSeverity: nil),
                    .init(.asset(try await stage.picture("gone", isStored: false)), expectedSeverity: nil),
                ])
            try await stage.work()
            #expect(
                try await stage.rows()
                    == [
                        "1 COMPLETED ERROR false 0 dialogue-1 NO_APPELLATIONS",
                        "1 COMPLETED SKIPPED_IRRELEVANT 0 dialogue-1",
                        "2 COMPLETED ERROR 0 local-1 CONTENT_UNREADABLE",
                    ].map { $0.replacing("local-1", with: LocalReviewModel().modelName(for: .speed)) })
        }
    }

    @Test(
        "a cancelled or deleted try writes nothing any more, one that was killed is made once, and one that fails says so"
    )
    func lives() async throws {
        try await withTries { stage in
            let store = RpdTestStore(pool: stage.world.pool)
            let line = RpdTestStore.Material(.line(speaker: "ソラ", text: "レンさん"), expectedSeverity: nil)
            let ids = try await stage.start(
                .draft(kind: "TEXT_REVIEW", content: Self.words, rpdID: nil), [line, line, line, line])
            let claimed = try await stage.claim(lease: .zero)
            let jobs = try ids.map { id in try #require(claimed.first { $0.key == id.text }) }
            let plans = RpdTestRunStore(pool: stage.world.pool)
            let first = try #require(try await plans.begin(jobs[0], testID: ids[0]))
            let second = try #require(try await plans.begin(jobs[1], testID: ids[1]))
            try await store.cancel(viewer: stage.world.member, testID: ids[0])
            try await store.cancel(viewer: stage.world.member, testID: ids[0])
            try await store.delete(viewer: stage.world.member, testID: ids[1])
            for plan in [first, second] {
                #expect(
                    await code {
                        try await plans.complete(plan, as: OutcomeResult(state: .ok), findings: [])
                    } == .runLost)
            }
            // The third worker died; another one makes what is left.
            _ = try await plans.begin(jobs[2], testID: ids[2])
            try await stage.run.bury(jobs[3], reason: "x")
            try await stage.work()
            #expect(
                try await stage.rows() == [
                    "1 CANCELLED 0", "3 COMPLETED OK RISK 1 dialogue-1", "4 FAILED 0 TEST_FAILED",
                ])
            #expect(try await stage.world.count("select count(*) from rpd_test_findings") == 1)
            #expect(try await stage.events(ids[0]) == ["PENDING", "PROCESSING", "CANCELLED"])
            for test in [ids[0], ids[1]] {
                #expect(await code { try await store.cancel(viewer: stage.world.stranger, testID: test) } == .notFound)
                #expect(await code { try await store.delete(viewer: stage.world.stranger, testID: test) } == .notFound)
            }
        }
    }

    @Test("the input is checked as if it were saved, materials are the project's, and a request key makes a call once")
    func inputs() async throws {
        try await withTries { stage in
            let line = RpdTestStore.Material(.line(speaker: "A", text: "Hello."), expectedSeverity: nil)
            let draft = RpdTestStore.Subject.draft(kind: "TEXT_REVIEW", content: Self.words, rpdID: nil)
            func faults(_ subject: RpdTestStore.Subject, _ materials: [RpdTestStore.Material]) async -> [String] {
                await problems { _ = try await stage.start(subject, materials) }
            }
            #expect(await faults(draft, []) == ["materials: REQUIRED"])
            #expect(await faults(draft, Array(repeating: line, count: 21)) == ["materials: TOO_LONG"])
            #expect(
                await faults(.draft(kind: "VISUAL_REVIEW", content: Self.words, rpdID: UUID()), [line]) == [
                    "subject.draft.content.appellations: INVALID", "subject.draft.rpdId: NOT_FOUND",
                ])
            #expect(await faults(.version(UUID()), [line]) == ["subject.rpdVersionId: NOT_FOUND"])
            let unready = try await stage.picture("unready", state: "PENDING")
            #expect(
                await faults(
                    draft,
                    [
                        .init(.asset(UUID()), expectedSeverity: nil), .init(.asset(unready), expectedSeverity: nil),
                        .init(.line(speaker: "", text: " "), expectedSeverity: nil),
                    ]) == [
                        "materials.0.content.assetId: NOT_FOUND", "materials.1.content.assetId: ASSET_NOT_READY",
                        "materials.2.content.line.text: REQUIRED",
                    ])
            let point = try await stage.world.rpd("Eyes")
            #expect(
                await faults(.draft(kind: "TEXT_REVIEW", content: Self.words, rpdID: point), [line]) == [
                    "subject.draft.kind: INVALID"
                ])
            let other = try await RpdStore(pool: stage.world.pool).create(
                viewer: stage.world.stranger, projectID: stage.world.otherProjectID, kind: "TEXT_REVIEW",
                content: Self.words, isActive: true)
            #expect(await faults(.version(other.versionID), [line]) == ["subject.rpdVersionId: NOT_FOUND"])
            #expect(try await stage.world.count("select count(*) from rpd_tests") == 0)
            let key = UUID()
            async let one = stage.start(draft, [line, line], requestKey: key)
            async let two = stage.start(draft, [line, line], requestKey: key)
            let (made, again) = (try await one, try await two)
            #expect(made == again && made.count == 2)
            #expect(try await stage.world.count("select count(distinct batch_key) from rpd_tests") == 1)
        }
    }
}

/// What a model was asked.
private actor Asked {
    private(set) var requests: [ReviewRequest] = []

    func add(_ request: ReviewRequest) { requests.append(request) }
}

private struct TryStage: Sendable {
    let world: World
    let objects: DirectoryObjectStore

    var run: RpdTestRun { RpdTestRun(pool: world.pool, objects: objects, model: LocalReviewModel()) }

    func start(
        _ subject: RpdTestStore.Subject, _ materials: [RpdTestStore.Material], requestKey: UUID? = nil
    ) async throws -> [UUID] {
        try await RpdTestStore(pool: world.pool).start(
            viewer: world.member, projectID: world.projectID, subject: subject, materials: materials, mode: "SPEED",
            requestKey: requestKey)
    }

    func claim(lease: Duration = .seconds(60)) async throws -> [Job] {
        try await JobStore(pool: world.pool).claim(kinds: [.rpdTest], worker: "test/1", lease: lease, limit: 10)
    }

    /// Does all jobs that wait.
    func work(_ model: any ReviewModel = LocalReviewModel()) async throws {
        let run = RpdTestRun(pool: world.pool, objects: objects, model: model)
        for job in try await claim() { try await run.run(job) }
    }

    /// A picture of the project.
    func picture(_ key: String, isStored: Bool = true, state: String = "READY") async throws -> UUID {
        let id = try await world.picture(key: key)
        if isStored {
            let bytes = try Picture(Bitmap(width: 640, height: 480, color: RGBColor(20, 120, 220))).pngBytes()
            try await objects.put(.bytes(bytes), at: try ObjectKey(key))
        }
        _ = try await world.pool.query("update assets set state = \(state) where id = \(id)")
        return id
    }

    func rows() async throws -> [String] {
        try await world.pool.query(
            """
            select concat_ws(
                ' ', number, status, outcome, severity, passed::text, finding_count, model_name, error_code
            )
            from rpd_tests
            order by created_at, number
            """
        ).map { $0.string(0) }
    }

    func events(_ id: UUID) async throws -> [String] {
        try await EventStore(pool: world.pool).read(.rpdTest(id), after: 0).compactMap { $0.payload["status"]?.string }
    }
}

private func withTries(_ body: @escaping @Sendable (TryStage) async throws -> Void) async throws {
    try await withTestDatabase { pool in
        try await withObjects { objects in
            try await body(TryStage(world: try await World.make(pool), objects: objects))
        }
    }
}
