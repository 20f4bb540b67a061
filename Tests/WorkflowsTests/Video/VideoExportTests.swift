import Clients
import Database
import FoundationEssentials
import Imaging
import TestSupport
import Testing

@testable import Workflows

@Suite("Videos in exports", .timeLimit(.minutes(15)))
struct VideoExportTests {
    @Test("each moment at which something begins has a slide with the frame of that moment, and the rest comes first")
    func moments() async throws {
        try await withVideoExport { media, exportID, folder in
            let deck = try await deck(media, exportID, folder, reader: .installed(searchPath: "/usr/bin"))
            let slides = try #require(deck.sections.first?.slides)
            #expect(slides.map(\.note) == ["v1", "v1　0:00", "v1　0:01"])
            #expect(slides.map(\.comments.count) == [1, 1, 2])
            for (slide, isRed) in zip(slides, [true, true, false]) {
                let picture = try #require(slide.picture)
                #expect((picture.pixelWidth, picture.pixelHeight) == (320, 240))
                guard case .file(let path) = picture.source else {
                    Issue.record("A frame is a file.")
                    continue
                }
                let pixel = try Picture.decode(.file(path)).bitmap()[160, 120]
                #expect((pixel.red > 200) == isRed && (pixel.blue > 200) == !isRed)
            }
        }
    }

    @Test("a frame that cannot be had is missing on its slide, and the export is made all the same")
    func missing() async throws {
        try await withVideoExport { media, exportID, folder in
            let blind = try await deck(media, exportID, folder, reader: nil)
            #expect(blind.sections.first?.slides.map { $0.picture == nil } == [true, true, true])
            let key = try #require(
                try await media.world.text("select object_key from assets where purpose <> 'EXPORT'"))
            try await media.objects.put(.bytes(Array("no video".utf8)), at: try ObjectKey(key))
            let damaged = try await deck(media, exportID, folder, reader: .installed(searchPath: "/usr/bin"))
            #expect(damaged.sections.first?.slides.map(\.comments.count) == [1, 1, 2])
            #expect(damaged.sections.first?.slides.map { $0.picture == nil } == [true, true, true])
        }
    }

    @Test("what the AI has found begins moments of its own; what could not be judged is with the whole")
    func findings() async throws {
        try await withMedia { media, files in
            let video = try await media.send(try files.colors("a.mp4", [("red", 1), ("blue", 1)]), "video/mp4")
            let material = try await media.material(video)
            try await media.searchScenes()
            let review = try await media.review(material.subtaskID, titles: ["Eyes", "Broken"])
            try await review.run(
                ScriptedModel { request in
                    if request.title == "Broken" { return .failed(code: "modelFailed", "no answer") }
                    return .ok([finding(try colorName(of: request.picture), .risk)])
                })
            let pool = media.world.pool
            let started = try await ExportStore(pool: pool).start(
                viewer: media.world.member, ExportStore.Request(taskIDs: [material.taskID]))
            let plan = try await pool.withTransaction {
                try await ExportPlanReader.plan(started.exportID, runToken: UUID(), in: $0)
            }
            let moments = try #require(plan.parts.first?.pages.first).moments
            #expect(moments.map(\.seconds) == [nil, 0, 1])
            #expect(moments.map(\.page.findings.count) == [0, 1, 1])
            #expect(moments.map(\.page.failures.count) == [1, 0, 0])
        }
    }

    /// The slides of an export, as its worker makes them.
    private func deck(
        _ media: MediaStage, _ exportID: UUID, _ folder: String, reader: MediaReader?
    ) async throws -> ReviewDeck {
        let plan = try await media.world.pool.withTransaction {
            try await ExportPlanReader.plan(exportID, runToken: UUID(), in: $0)
        }
        let run = ExportRun(
            pool: media.world.pool, objects: media.objects, pdfWriter: nil, media: reader, temporaryFolder: folder)
        return try await run.deck(of: plan, in: folder)
    }
}

/// Runs a test with an export of a video, red for a second and then blue, with four annotations.
private func withVideoExport(
    _ body: @escaping @Sendable (MediaStage, UUID, String) async throws -> Void
) async throws {
    try await withMedia { media, files in
        let video = try await media.send(try files.colors("a.mp4", [("red", 1), ("blue", 1)]), "video/mp4")
        let material = try await media.material(video)
        let annotations = AnnotationStore(pool: media.world.pool)
        for seconds in [nil, 1.5, 0.5, 1.5] {
            _ = try await annotations.create(
                viewer: media.world.member, subtaskID: material.subtaskID, parentID: nil,
                content: AnnotationContent(text: "Here", startSeconds: seconds))
        }
        let started = try await ExportStore(pool: media.world.pool).start(
            viewer: media.world.member, ExportStore.Request(taskIDs: [material.taskID]))
        try await body(media, started.exportID, files.folder)
    }
}
