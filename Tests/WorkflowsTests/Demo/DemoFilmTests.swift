import Clients
import Database
import FoundationEssentials
import Hashing
import Imaging
import TestSupport
import Testing

@testable import Workflows

@Suite("The film of the demo data", .timeLimit(.minutes(15)))
struct DemoFilmTests {
    @Test("it is made of the shots, is what its row says, has a remark at a time, and waits for its review")
    func film() async throws {
        try await withFilmSeed { stage in
            let seed = stage.seed(hasTools: true)
            let summary = try await seed.seed()
            #expect(summary.films == 1)
            let row = try #require(
                try await stage.pool.query(
                    """
                    select assets.object_key, assets.byte_count, assets.sha256, assets.media_type,
                        assets.duration_seconds, assets.frame_rate, assets.thumbnail_key, assets.width, assets.height
                    from subtasks
                    join subtask_contents as contents on contents.subtask_id = subtasks.id
                    join assets on assets.id = contents.asset_id
                    where subtasks.kind = 'VIDEO'
                    and assets.state = 'READY'
                    """
                ).first)
            let bytes = try await stage.objects.get(try ObjectKey(row.string(0)))
            #expect(row.int(1) == bytes.count && row.string(2) == Hex.encode(SHA256.hash(bytes)))
            #expect(row.string(3) == "video/mp4" && row.double(4) == 6 && row.double(5) == 25)
            #expect((row.int(7), row.int(8)) == (16, 12))
            #expect(try await stage.objects.size(of: try ObjectKey(row.string(6))) != nil)
            let run = SceneRun(
                pool: stage.pool, objects: stage.objects, reader: .installed(searchPath: "/usr/bin"),
                temporaryFolder: stage.folder)
            for job in try await JobStore(pool: stage.pool).claim(
                kinds: [.scenes], worker: "test/1", lease: .seconds(60), limit: 9)
            {
                try await run.run(job)
            }
            let scenes = try await stage.pool.query("select start_seconds from video_scenes order by number")
            #expect(scenes.map { $0.double(0) } == [0, 2, 4])
            let remark = try #require(
                try await stage.pool.query(
                    """
                    select annotations.start_seconds, annotations.end_seconds
                    from annotations
                    join subtasks on subtasks.id = annotations.subtask_id
                    where subtasks.kind = 'VIDEO'
                    """
                ).first)
            #expect(remark.double(0) < remark.double(1) && remark.double(1) <= row.double(4))
            let review = try await stage.pool.query(
                """
                select reviews.status, count(*)
                from reviews
                join subtasks on subtasks.id = reviews.subtask_id
                join review_outcomes as outcomes on outcomes.review_id = reviews.id
                where subtasks.kind = 'VIDEO'
                group by reviews.id
                """)
            #expect(review.map { [$0.string(0), "\($0.int(1))"] } == [["PENDING", "9"]])
            try await stage.expect(summary)
            let again = try await seed.seed()
            #expect(!again.isNew)
            try await stage.expect(summary)
        }
    }

    @Test("without ffmpeg there is no film, and everything else is there")
    func absence() async throws {
        try await withFilmSeed { stage in
            let summary = try await stage.seed(hasTools: false).seed()
            #expect(summary.films == 0)
            #expect(try await stage.count("subtasks where kind = 'VIDEO'") == 0)
            try await stage.expect(summary)
        }
    }

    @Test("an ffmpeg that cannot make a film is none")
    func failure() async throws {
        try await withFilmSeed { stage in
            var seed = stage.seed(hasTools: true)
            // ffmpeg makes no film of one column: the codec wants even sides.
            seed.draw = { picture in
                guard case .material(_, _, let number, _) = picture, (181...183).contains(number) else {
                    return try quickly(picture)
                }
                return try Picture(Bitmap(width: 1, height: 12, color: RGBColor(9, 9, 9))).pngBytes()
            }
            let summary = try await seed.seed()
            #expect(summary.films == 0)
            try await stage.expect(summary)
        }
    }

    @Test(
        "an interrupted seed goes on, and what it had made of the film serves",
        arguments: [("Writing projects", true), ("Starting reviews: 10", false)])
    func interruption(_ step: String, hasToolsLater: Bool) async throws {
        try await withFilmSeed { stage in
            await #expect(throws: (any Error).self) {
                // In a task of its own, which ends as the process does.
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        try await stage.seed(hasTools: true).seed { line in
                            if line.hasPrefix(step) { withUnsafeCurrentTask { $0?.cancel() } }
                        }
                    }
                    try await group.waitForAll()
                }
            }
            // The second process may be another machine.
            let summary = try await stage.seed(hasTools: hasToolsLater).seed()
            #expect(summary.isNew && summary.films == 1)
            try await stage.expect(summary)
            #expect(try await stage.objects.list(prefix: "", after: nil, limit: 1000).count == 2 * summary.files)
        }
    }
}

/// A database and a place for files that are empty at first.
private struct FilmSeedStage: Sendable {
    let pool: ConnectionPool
    let objects: DirectoryObjectStore
    let folder: String

    func seed(hasTools: Bool) -> DemoSeed {
        var seed = DemoSeed(
            pool: pool, objects: objects,
            films: hasTools ? .installed(searchPath: "/usr/bin", temporaryFolder: folder) : nil)
        seed.draw = quickly
        return seed
    }

    func count(_ rows: String) async throws -> Int? {
        try await pool.query("select count(*) from \(unsafeSQL: rows)").first?.int(0)
    }

    /// Expects as much as a summary says.
    func expect(_ summary: DemoSeed.Summary) async throws {
        #expect(try await count("tasks") == summary.tasks)
        #expect(try await count("subtasks") == summary.subtasks + summary.films)
        #expect(try await count("assets") == summary.files)
        #expect(try await count("reviews") == summary.reviews)
        #expect(try await count("annotations") == summary.films)
    }
}

private func withFilmSeed(_ body: @escaping @Sendable (FilmSeedStage) async throws -> Void) async throws {
    try await withTestDatabase { pool in
        try await withObjects { objects in
            try await MediaFiles.with { files in
                try await body(FilmSeedStage(pool: pool, objects: objects, folder: files.folder))
            }
        }
    }
}
