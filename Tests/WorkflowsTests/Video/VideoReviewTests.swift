import Clients
import Database
import EventLoop
import FoundationEssentials
import Imaging
import JSON
import Synchronization
import TestSupport
import Testing

@testable import Workflows

@Suite("Reviewing videos and recordings", .timeLimit(.minutes(15)))
struct VideoReviewTests {
    @Test(
        "every review point looks at every scene once; what neighbouring scenes say alike is one finding with their times"
    )
    func scenes() async throws {
        try await withVideoReview(titles: ["Eyes", "Cross"]) { stage in
            let asked = Mutex<[String]>([])
            let model = ScriptedModel { request in
                let color = try colorName(of: request.picture)
                asked.withLock { $0.append("\(request.title) \(color)") }
                return .ok([color == "lime" ? finding("fine", .safe) : finding("wrong", .risk)])
            }
            try await stage.run(model)
            #expect(
                asked.withLock { $0.sorted() } == [
                    "Cross blue", "Cross lime", "Cross red", "Eyes blue", "Eyes lime", "Eyes red",
                ])
            #expect(try await stage.outcomes() == ["Eyes OK", "Cross OK"])
            let rows = try await stage.findings()
            #expect(rows == ["RISK 0-2.24 1 320x240", "SAFE 2.24-2.96 3 320x240"] + rows.prefix(2))
            #expect(rows.count == 4)
            let events = try await stage.events().filter { $0.kind == .reviewSceneChecked }
            #expect(events.count == 6)
            let counts = events.compactMap { $0.payload["scenesFinished"]?.int }.sorted()
            #expect(counts == [1, 1, 2, 2, 3, 3])
            #expect(events.allSatisfy { $0.payload["scenesTotal"]?.int == 3 })
            #expect(try await stage.status() == "COMPLETED")
        }
    }

    @Test("rules 21 and 27: an error in one scene is an error of the outcome, and nothing says that it is safe")
    func errors() async throws {
        try await withVideoReview(titles: ["Broken", "Slow", "Absent", "Partly"]) { stage in
            let loop = stage.world.pool.loop
            let model = ScriptedModel { request in
                let isMiddle = try colorName(of: request.picture) == "blue"
                switch request.title {
                case "Broken" where isMiddle: return .failed(code: "pictureUnreadable", "no picture")
                case "Slow" where isMiddle: try await loop.sleep(for: .seconds(3600))
                case "Absent": return .skipped("not there")
                case "Partly" where isMiddle: return .skipped("not there")
                default: break
                }
                return .ok([finding("bad", .alert), finding("fine", .safe)])
            }
            try await stage.run(model, budget: RunBudget(concurrentChecks: 4, checkTimeout: .seconds(4)))
            #expect(
                try await stage.outcomes() == [
                    "Broken ERROR pictureUnreadable", "Slow TIMEOUT TIMEOUT", "Absent SKIPPED_IRRELEVANT", "Partly OK",
                ])
            #expect(
                try await stage.world.text("select error_message from review_outcomes where position = 1")
                    == "2: no picture")
            let safe = try await stage.world.pool.query(
                """
                select outcomes.position, count(*) filter (where severity = 'SAFE'), count(*)
                from findings
                join review_outcomes as outcomes on outcomes.id = findings.outcome_id
                group by 1
                order by 1
                """)
            // Two findings each, on both sides of the scene about which nothing is known.
            #expect(safe.map { [$0.int(0), $0.int(1), $0.int(2)] } == [[1, 0, 2], [2, 0, 2], [4, 2, 4]])
        }
    }

    @Test("a run after a killed one looks at no scene twice, and stores every finding once")
    func takeOver() async throws {
        try await withVideoReview(titles: ["One", "Two"]) { stage in
            let store = ReviewRunStore(pool: stage.world.pool)
            let job = try await stage.claim(lease: .zero)
            let plan = try #require(try await store.begin(job, reviewID: stage.reviewID))
            let assetID = try #require(try await stage.world.pool.queryFirst("select asset_id from video_scenes"))
            let scenes = try await store.scenes(of: assetID.uuid(0))
            // Of the first all that can be known, of the second one scene: then the process died.
            for (check, count) in zip(plan.checks, [3, 1]) {
                _ = try await store.begin(check, of: plan)
                for scene in scenes.prefix(count) {
                    let draft = FindingDraft(
                        description: "old", severity: .risk, suggestion: "s", tag: "t",
                        area: BoundingBox(x: 0.1, y: 0.2, width: 0.3, height: 0.4), confidence: 0.5, method: "m")
                    let result = SceneResult(.ok([draft]), of: scene)
                    for _ in 0..<2 { try await store.store(result, of: check, scenesTotal: 3, in: plan) }
                }
            }
            let asked = Mutex<[String]>([])
            let model = ScriptedModel { request in
                let color = try colorName(of: request.picture)
                asked.withLock { $0.append("\(request.title) \(color)") }
                return .ok([finding("new", .alert)])
            }
            try await stage.run(model)
            #expect(asked.withLock { $0.sorted() } == ["Two blue", "Two lime"])
            #expect(
                try await stage.findings() == [
                    "RISK 0-2.96 1 320x240", "RISK 0-1 1 320x240", "ALERT 1-2.96 2 320x240",
                ])
            let kept = try await stage.world.text(
                """
                select concat_ws(' ', description, suggestion, tag, area_x, area_y, area_width, area_height, confidence,
                    method)
                from findings
                limit 1
                """)
            #expect(kept == "old s t 0.1 0.2 0.3 0.4 0.5 m")
            #expect(
                await code {
                    try await store.store(
                        SceneResult(.skipped("late"), of: scenes[2]), of: plan.checks[1], scenesTotal: 3, in: plan)
                } == .runLost)
        }
    }

    @Test("rule 23: a cancelled review of a video is not revived, and asks nothing more")
    func cancellation() async throws {
        try await withVideoReview(titles: ["One", "Two"]) { stage in
            let asked = Mutex(0)
            let model = ScriptedModel { _ in
                asked.withLock { $0 += 1 }
                try await ReviewStore(pool: stage.world.pool).cancel(
                    viewer: stage.world.member, reviewID: stage.reviewID)
                return .ok([finding("late", .risk)])
            }
            let end = await code { try await stage.run(model, budget: RunBudget(concurrentChecks: 1)) }
            let count = asked.withLock { $0 }
            let status = try await stage.status()
            let outcomes = try await stage.outcomes()
            let stored = try await stage.world.count("select count(*) from findings")
            #expect(end == .runLost && count == 1 && stored == 0)
            #expect(status == "CANCELLED" && outcomes == ["One CANCELLED", "Two CANCELLED"])
        }
    }

    @Test("without scenes every outcome is an error; another review has them looked for again")
    func noScenes() async throws {
        try await withMedia { media, files in
            let asset = try await media.send(try files.colors("a.mp4", [("red", 1), ("blue", 1)]), "video/mp4")
            let material = try await media.material(asset)
            let stage = try await media.review(material.subtaskID, titles: ["One"])
            let model = ScriptedModel { _ in .ok([finding("fine", .safe)]) }
            try await stage.run(model, budget: RunBudget(scenesTimeout: .zero))
            #expect(try await stage.outcomes() == ["One ERROR SCENES_NOT_READY"])
            try await media.searchScenes(reader: nil)
            let second = try await media.review(material.subtaskID, rpdIDs: stage.rpdIDs)
            #expect(
                try await media.world.text("select status || ' ' || attempt from scene_detections") == "PENDING 2")
            try await media.searchScenes(reader: nil)
            try await second.run(model)
            #expect(try await second.outcomes() == ["One ERROR SCENES_NOT_FOUND"])
            let third = try await media.review(material.subtaskID, rpdIDs: stage.rpdIDs)
            try await media.searchScenes()
            try await third.run(model)
            #expect(try await third.outcomes() == ["One OK"])
        }
    }

    @Test("a review point that cannot be executed ends once, and no more looks run at once than the budget allows")
    func budget() async throws {
        try await withVideoReview(titles: ["Unprepared", "A", "B"]) { stage in
            _ = try await stage.world.pool.query(
                """
                update rpd_versions
                set readiness = 'FAILED', error_code = 'X', error_message = 'x'
                where title = 'Unprepared'
                """)
            let loop = stage.world.pool.loop
            let counts = Mutex((now: 0, most: 0, all: 0))
            let model = ScriptedModel { _ in
                counts.withLock {
                    $0.now += 1
                    $0.all += 1
                    $0.most = max($0.most, $0.now)
                }
                // The first ones wait for each other, so that as many run at once as may.
                while counts.withLock({ $0.most }) < 2 { try await loop.sleep(for: .milliseconds(1)) }
                try await loop.sleep(for: .milliseconds(3))
                counts.withLock { $0.now -= 1 }
                return .ok([finding("fine", .safe)])
            }
            try await stage.run(model, budget: RunBudget(concurrentChecks: 2))
            let (_, most, all) = counts.withLock { $0 }
            #expect(most == 2 && all == 6)
            #expect(try await stage.outcomes() == ["Unprepared ERROR RPD_NOT_READY", "A OK", "B OK"])
        }
    }

    @Test("a recording asks for a person to listen, whatever the review point, and is never safe")
    func recordings() async throws {
        try await withMedia { media, files in
            let asset = try await media.send(try files.make("a.mp3", "-f lavfi -i sine=d=1"), "audio/mpeg")
            let stage = try await media.review(try await media.material(asset).subtaskID, titles: ["Voice"])
            try await stage.run(ScriptedModel { _ in .ok([finding("fine", .safe)]) })
            #expect(try await stage.outcomes() == ["Voice OK"])
            let told = try await stage.world.text("select severity || ' ' || tag || ' ' || description from findings")
            #expect(told == "ALERT human_check 「Voice」は音声のため自動では判定できません。人が聴いて確認してください。")
            #expect(try await stage.world.count("select count(*) from findings where start_seconds is null") == 1)
        }
    }
}

@Suite("Findings of neighbouring scenes")
struct SceneFindingTests {
    private func scene(_ number: Int) -> ReviewScene {
        ReviewScene(
            id: UUID(), number: number, startSeconds: Double(number), endSeconds: Double(number + 1), frameKey: "")
    }

    private func times(_ findings: [FindingDraft?]) -> [String] {
        let results = findings.enumerated().map { index, draft in
            SceneResult(draft.map { .ok([$0]) } ?? .skipped("nothing"), of: scene(index))
        }
        return SceneFinding.merged(results).map { "\($0.scene.startSeconds)-\($0.endSeconds)" }
    }

    @Test("only what follows directly, says the same and lies at places that overlap is one finding")
    func merging() {
        func at(_ x: Double, _ text: String = "a", _ severity: FindingSeverity = .risk, tag: String? = nil)
            -> FindingDraft
        {
            FindingDraft(
                description: text, severity: severity, tag: tag, area: BoundingBox(x: x, y: 0, width: 0.3, height: 1))
        }
        let whole = FindingDraft(description: "a", severity: .risk)
        // It moves, each place overlapping with the one before.
        #expect(times([at(0), at(0.2), at(0.4)]) == ["0.0-3.0"])
        #expect(times([at(0), at(0.5)]) == ["0.0-1.0", "1.0-2.0"])
        #expect(times([at(0), nil, at(0)]) == ["0.0-1.0", "2.0-3.0"])
        #expect(times([at(0), at(0, "b")]) == ["0.0-1.0", "1.0-2.0"])
        #expect(times([at(0), at(0, "a", .alert)]) == ["0.0-1.0", "1.0-2.0"])
        #expect(times([at(0), at(0, tag: "t")]) == ["0.0-1.0", "1.0-2.0"])
        #expect(times([at(0), whole]) == ["0.0-1.0", "1.0-2.0"])
        #expect(times([whole, whole]) == ["0.0-2.0"])
    }
}

/// What a frame shows: red, blue or lime.
func colorName(of picture: PictureSource) throws -> String {
    let pixel = try Picture.decode(picture).bitmap()[160, 120]
    return pixel.red > 150 ? "red" : pixel.blue > 150 ? "blue" : "lime"
}

extension MediaStage {
    /// A review of a material, started.
    func review(_ subtaskID: UUID, titles: [String] = [], rpdIDs: [UUID] = []) async throws -> ReviewStage {
        var ids = rpdIDs
        for title in titles { ids.append(try await world.rpd(title)) }
        let started = try await ReviewStore(pool: world.pool).start(
            viewer: world.member, subtaskID: subtaskID, selection: .rpds(ids), mode: "SPEED")
        return ReviewStage(
            world: world, objects: objects, subtaskID: subtaskID, rpdIDs: ids, reviewID: started.reviewID)
    }
}

extension ReviewStage {
    /// The findings in short, by outcome.
    fileprivate func findings() async throws -> [String] {
        try await world.pool.query(
            """
            select concat(findings.severity, ' ', findings.start_seconds, '-', findings.end_seconds, ' ', scenes.number,
                ' ', findings.image_width, 'x', findings.image_height)
            from findings
            join review_outcomes as outcomes on outcomes.id = findings.outcome_id
            join video_scenes as scenes on scenes.id = findings.scene_id
            order by outcomes.position, findings.ordinal
            """
        ).map { $0.string(0) }
    }
}

/// Runs a test with a started review of a video of three scenes: one red second, 1.24 blue ones, 0.72 green ones.
private func withVideoReview(
    titles: [String], _ body: @escaping @Sendable (ReviewStage) async throws -> Void
) async throws {
    try await withMedia { media, files in
        let path = try files.colors("a.mp4", [("red", 1), ("blue", 1.24), ("lime", 0.72)])
        let material = try await media.material(try await media.send(path, "video/mp4"))
        try await media.searchScenes()
        try await body(try await media.review(material.subtaskID, titles: titles))
    }
}
