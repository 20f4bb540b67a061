import Clients
import Database
import EventLoop
import FoundationEssentials
import JSON
import Synchronization
import TestSupport
import Testing

@testable import Workflows

@Suite("Tries of review points on videos", .timeLimit(.minutes(15)))
struct RpdTestVideoTests {
    @Test("every scene is looked at once; all of them are one result, the worst first, with where in time it is")
    func scenes() async throws {
        try await withFilm { media, film in
            // No material has it: the try itself has the scenes looked for.
            _ = try await media.tryWording(on: film, expecting: "RISK")
            try await media.searchScenes()
            let asked = Mutex<[String]>([])
            try await media.makeTries(
                ScriptedModel { request in
                    let color = try colorName(of: request.picture)
                    asked.withLock { $0.append("\(request.title) \(color)") }
                    return .ok([color == "red" ? finding("fine", .safe) : finding("wrong", .risk)])
                })
            #expect(asked.withLock { $0.sorted() } == ["Eyes blue", "Eyes lime", "Eyes red"])
            #expect(try await media.tries() == ["COMPLETED OK RISK true 2 scripted-speed"])
            #expect(try await media.found() == ["RISK 1-2.96 2 320x240", "SAFE 0-1 1 320x240"])
            let measured = try #require(
                try await media.world.text("select measurements ->> 'scenes' from rpd_tests"))
            #expect(try JSONReader.read(Array(measured.utf8)).array?.map { $0["number"]?.int } == [1, 2, 3])
        }
    }

    @Test("rule 21: an error in one scene is an error of the whole, and does not pass whatever should come out")
    func errors() async throws {
        try await withFilm { media, film in
            _ = try await media.tryWording(on: film, expecting: "SAFE")
            try await media.searchScenes()
            try await media.makeTries(
                ScriptedModel { request in
                    if try colorName(of: request.picture) == "blue" { return .failed(code: "modelFailed", "no answer") }
                    return .ok([finding("fine", .safe)])
                })
            #expect(try await media.tries() == ["COMPLETED ERROR false 0 scripted-speed modelFailed"])
            #expect(try await media.world.text("select error_message from rpd_tests") == "2: no answer")
            #expect(try await media.found() == [])
        }
    }

    @Test("without scenes, or without a picture to compare with, nothing is asked and the try says why")
    func unaskable() async throws {
        try await withFilm { media, film in
            let nothing = ScriptedModel { _ in
                Issue.record("The model is not asked.")
                return .ok([])
            }
            _ = try await media.tryWording(on: film)
            try await media.searchScenes(reader: nil)
            try await media.makeTries(nothing)
            // The next one has them looked for again.
            let gone = try await media.world.picture(key: "gone")
            _ = try await media.tryWording(
                on: film, RpdContent(title: "Eyes", referenceAssetIDs: [gone]))
            try await media.searchScenes()
            try await media.makeTries(nothing)
            #expect(
                try await media.tries() == [
                    "COMPLETED ERROR 0 scripted-speed SCENES_NOT_FOUND",
                    "COMPLETED ERROR 0 scripted-speed REFERENCE_UNREADABLE",
                ])
        }
    }

    @Test("no more looks run at once than the budget allows")
    func budget() async throws {
        try await withFilm { media, film in
            _ = try await media.tryWording(on: film)
            try await media.searchScenes()
            let loop = media.world.pool.loop
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
            try await media.makeTries(model, budget: RunBudget(concurrentChecks: 2))
            let (_, most, all) = counts.withLock { $0 }
            #expect(most == 2 && all == 3)
            #expect(try await media.found() == ["SAFE 0-2.96 1 320x240"])
        }
    }

    @Test("a recording is refused: nobody listens to it")
    func recordings() async throws {
        try await withMedia { media, files in
            let sound = try await media.send(try files.make("a.mp3", "-f lavfi -i sine=d=1"), "audio/mpeg")
            let refused = await problems { _ = try await media.tryWording(on: sound) }
            #expect(refused == ["materials.0.content.assetId: ASSET_NOT_READY"])
            #expect(try await media.world.count("select count(*) from jobs where kind = 'rpd-test'") == 0)
        }
    }
}

extension MediaStage {
    fileprivate func tryWording(
        on asset: UUID, _ content: RpdContent = RpdContent(title: "Eyes"), expecting severity: String? = nil
    ) async throws -> [UUID] {
        try await RpdTestStore(pool: world.pool).start(
            viewer: world.member, projectID: world.projectID,
            subject: .draft(kind: "VISUAL_REVIEW", content: content, rpdID: nil),
            materials: [.init(.asset(asset), expectedSeverity: severity)], mode: "SPEED")
    }

    /// Makes the tries that wait.
    fileprivate func makeTries(_ model: any ReviewModel, budget: RunBudget = RunBudget()) async throws {
        let run = RpdTestRun(pool: world.pool, objects: objects, model: model, budget: budget)
        for job in try await claim(.rpdTest) {
            try await run.run(job)
            try await JobStore(pool: world.pool).end(job, as: .completed)
        }
    }

    fileprivate func tries() async throws -> [String] {
        try await world.pool.query(
            """
            select concat_ws(' ', status, outcome, severity, passed::text, finding_count, model_name, error_code)
            from rpd_tests
            order by created_at
            """
        ).map { $0.string(0) }
    }

    fileprivate func found() async throws -> [String] {
        try await world.pool.query(
            """
            select concat(found.severity, ' ', found.start_seconds, '-', found.end_seconds, ' ', scenes.number, ' ',
                found.image_width, 'x', found.image_height)
            from rpd_test_findings as found
            join video_scenes as scenes on scenes.id = found.scene_id
            order by found.ordinal
            """
        ).map { $0.string(0) }
    }
}

/// Runs a test with a video of three scenes: one red second, 1.24 blue ones, 0.72 green ones.
private func withFilm(_ body: @escaping @Sendable (MediaStage, UUID) async throws -> Void) async throws {
    try await withMedia { media, files in
        let path = try files.colors("a.mp4", [("red", 1), ("blue", 1.24), ("lime", 0.72)])
        try await body(media, try await media.send(path, "video/mp4"))
    }
}
