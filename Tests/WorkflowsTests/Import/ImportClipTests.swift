import Archive
import Clients
import Database
import Foundation
import TestSupport
import Testing

@testable import Workflows

@Suite("Importing films and sounds of presentations", .timeLimit(.minutes(15)))
struct ImportClipTests {
    private static let mediaType = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    private static let film = "-f lavfi -i testsrc=size=320x240:rate=25:d="

    private static func whole(_ film: String, poster: String = "a") -> String {
        DeckFile.film(film, poster: poster, DeckFile.place(500, 500, 400, 400))
    }

    private static func sound(_ sound: String) -> String {
        DeckFile.sound(sound, icon: "a", DeckFile.place(0, 0, 900, 900))
    }

    private static let picture = DeckFile.picture("a", DeckFile.place(0, 0, 300, 300))

    /// Imports a presentation, and gives the import's id.
    private func run(
        _ stage: ImportStage, _ deck: DeckFile, _ target: ImportStore.Target = .tasks(.init()),
        on run: ImportRun? = nil
    ) async throws -> UUID {
        let asset = try await stage.file("deck.pptx", Self.mediaType, purpose: "DOCUMENT", bytes: try deck.bytes())
        let importID = try await stage.start([(asset, nil)], target)
        try await stage.work(run)
        return importID
    }

    private func withStage(_ body: @escaping @Sendable (ImportStage, MediaFiles) async throws -> Void) async throws {
        try await MediaFiles.with { files in
            try await withImport { stage in
                try await body(stage, files)
                #expect(try FileManager.default.contentsOfDirectory(atPath: stage.temporaryFolder).isEmpty)
            }
        }
    }

    @Test("a slide with a film becomes a video with its bytes and its length, whose scenes are looked for")
    func films() async throws {
        try await withStage { stage, files in
            let paths = [
                "m": try files.make("m.mp4", Self.film + "2"), "q": try files.make("q.mov", Self.film + "1"),
                "w": try files.make("w.webm", Self.film + "1", "-c:v libvpx"),
            ]
            let clips = try paths.mapValues(MediaFiles.bytes)
            let deck = DeckFile(
                slides: [
                    DeckFile.text("第１話") + Self.picture, Self.picture + Self.whole("m"), Self.whole("w", poster: ""),
                    Self.whole("q") + Self.sound("m"), Self.whole("m"),
                ], media: ["a": try pngBytes()], clips: clips)
            let importID = try await run(stage, deck)
            #expect(try await stage.items(of: importID) == ["SUCCEEDED 1"])
            #expect(try await stage.warnings(of: importID) == [])
            #expect(
                try await stage.tasks() == [
                    "deck: 1 PICTURE deck – slide 1, 2 VIDEO deck – slide 2, 3 VIDEO deck – slide 3, "
                        + "4 VIDEO deck – slide 4, 5 VIDEO deck – slide 5"
                ])
            #expect(
                try await stage.lines(
                    """
                    select concat_ws(' ', slide_number, file_name, media_type, round(duration_seconds), frame_rate, width,
                        length(thumbnail_key) > 0)
                    from subtasks
                    join subtask_contents as contents on contents.subtask_id = subtasks.id
                    join assets on assets.id = contents.asset_id
                    where kind = 'VIDEO'
                    order by position
                    """) == [
                        "2 deck-2.mp4 video/mp4 2 25 320 t", "3 deck-3.webm video/webm 1 25 320 t",
                        "4 deck-4.mov video/quicktime 1 25 320 t", "5 deck-2.mp4 video/mp4 2 25 320 t",
                    ])
            for (name, file) in [("m", "deck-2.mp4"), ("w", "deck-3.webm"), ("q", "deck-4.mov")] {
                let row = try #require(
                    try await stage.world.pool.queryFirst(
                        "select object_key, byte_count, sha256 from assets where file_name = \(file)"))
                #expect(try await stage.objects.get(try ObjectKey(row.string(0))) == clips[name])
                let path = try #require(paths[name])
                let digest = try FileDigest(of: path)
                #expect(row.int(1) == digest.byteCount && row.string(2) == digest.sha256)
            }
            // Three films and a picture with their small copies, and the presentation's own file elsewhere.
            #expect(try await stage.objects.list(prefix: "projects/", after: nil, limit: 100).count == 8)
            #expect(try await stage.world.count("select count(*) from jobs where kind = 'scenes'") == 3)
        }
    }

    @Test("a film that is linked is never fetched, and its poster is imported with a warning")
    func linked() async throws {
        let server = try ContractServer { _ in .response(200, ["Content-Type": "video/mp4"], "film") }
        defer { server.stop() }
        try await withStage { stage, _ in
            var deck = DeckFile(slides: [Self.picture, Self.whole("far")], media: ["a": try pngBytes()])
            deck.references = """
                <Relationship Id="far" Type="x/media" Target="\(server.url)/a.mp4" TargetMode="External"/>
                <Relationship Id="far-old" Type="x/video" Target="\(server.url)/a.mp4" TargetMode="External"/>
                """
            let importID = try await run(stage, deck)
            #expect(try await stage.tasks() == ["deck: 1 PICTURE deck – slide 1, 2 PICTURE deck – slide 2"])
            #expect(
                try await stage.warnings(of: importID) == [
                    "2 MEDIA_LINKED The video is linked, not in the presentation, and was not fetched. "
                        + "Its poster was imported instead."
                ])
            #expect(server.requests.isEmpty)
        }
    }

    @Test("of a film that is damaged or none the poster is imported with a warning, and the others stay what they are")
    func damaged() async throws {
        try await withStage { stage, files in
            let good = try MediaFiles.bytes(try files.make("good.mp4", Self.film + "1"))
            let avi = try MediaFiles.bytes(try files.make("a.avi", Self.film + "1"))
            let tone = try MediaFiles.bytes(try files.make("a.m4a", "-f lavfi -i sine=d=1"))
            var deck = DeckFile(
                slides: ["half", "avi", "list", "tone", "gone", "half", "good"].map { Self.whole($0) }
                    + [Self.whole("half", poster: ""), Self.sound("tone"), Self.sound("good")],
                media: ["a": try pngBytes()],
                clips: [
                    "half": Array(good.prefix(good.count / 2)), "avi": avi, "tone": tone, "good": good,
                    "list": Array("#EXTM3U\n/etc/passwd\n".utf8),
                ])
            deck.references = #"<Relationship Id="gone" Type="x/media" Target="../media/gone"/>"#
            let importID = try await run(stage, deck)
            let kinds = try await stage.lines("select kind || ' ' || slide_number from subtasks order by position")
            // What is a film for one slide is none for another that calls it a sound, and the other way round.
            #expect(kinds == (1...6).map { "PICTURE \($0)" } + ["VIDEO 7", "AUDIO 9"])
            #expect(
                try await stage.lines("select made_count || ' ' || skipped_count from import_items") == ["8 2"])
            let taken = "Its poster was imported instead."
            let broken = "The video was not taken: The file is damaged or incomplete."
            let unknown = "The video was not taken: The bytes are no video and no recording that is known here."
            let types = MediaInspector.videoTypes.joined(separator: ", ")
            let sounds = MediaInspector.soundTypes.joined(separator: ", ")
            #expect(
                try await stage.warnings(of: importID) == [
                    "1 MEDIA_REFUSED \(broken) \(taken)", "2 MEDIA_REFUSED \(unknown) \(taken)",
                    "3 MEDIA_REFUSED \(unknown) \(taken)",
                    "4 MEDIA_REFUSED The video was not taken: The bytes are audio/mp4, not \(types). \(taken)",
                    "5 MEDIA_REFUSED The presentation has not the bytes of the video. \(taken)",
                    "6 MEDIA_REFUSED \(broken) \(taken)",
                    "8 MEDIA_REFUSED \(broken) It has no poster that could be imported.",
                    "10 MEDIA_REFUSED The recording was not taken: The bytes are video/mp4, not \(sounds).",
                ])
            // The film, the picture, and their small copies; the sound has none.
            #expect(try await stage.objects.list(prefix: "projects/", after: nil, limit: 100).count == 5)
        }
    }

    @Test("a film whose bytes were changed in the archive is damaged, though a program could show it")
    func checksum() async throws {
        try await withStage { stage, files in
            let film = try MediaFiles.bytes(try files.make("a.mp4", Self.film + "2"))
            let deck = DeckFile(slides: [Self.whole("m")], media: ["a": try pngBytes()], clips: ["m": film])
            var bytes = try deck.bytes()
            // Some bytes from the middle of the film, whose beginning can still be shown.
            let middle = Array(film[film.count / 2..<film.count / 2 + 32])
            let place = try #require((0..<bytes.count - 32).first { bytes[$0..<$0 + 32].elementsEqual(middle) })
            bytes[place] ^= 0xFF
            let asset = try await stage.file("deck.pptx", Self.mediaType, purpose: "DOCUMENT", bytes: bytes)
            let importID = try await stage.start([(asset, nil)])
            try await stage.work()
            #expect(try await stage.tasks() == ["deck: 1 PICTURE deck – slide 1"])
            #expect(
                try await stage.warnings(of: importID) == [
                    "1 MEDIA_REFUSED The video was not taken: The file cannot be read: damaged. "
                        + "Its poster was imported instead."
                ])
        }
    }

    @Test("a sound becomes a recording where a slide shows nothing else; one that cannot be read is told of")
    func sounds() async throws {
        try await withStage { stage, files in
            let sound = try MediaFiles.bytes(try files.make("a.mp3", "-f lavfi -i sine=d=3"))
            let wave = try MediaFiles.bytes(try files.make("a.wav", "-f lavfi -i sine=d=1"))
            var deck = DeckFile(
                slides: [
                    DeckFile.text("声") + Self.sound("s"), Self.sound("s") + Self.picture, Self.sound("bad"),
                    Self.sound("bad") + Self.sound("w"), Self.sound("far"),
                    Self.sound("s") + DeckFile.picture("emf", DeckFile.place(0, 0, 300, 300)),
                ], media: ["a": try pngBytes(), "emf": [1]],
                clips: ["s": sound, "w": wave, "bad": Array(sound.prefix(40))])
            deck.references = #"<Relationship Id="far" Type="x/audio" Target="file:///etc/x" TargetMode="External"/>"#
            let importID = try await run(stage, deck)
            #expect(
                try await stage.lines(
                    """
                    select concat_ws(' ', kind, slide_number, file_name, media_type, round(duration_seconds),
                        thumbnail_key is null, subtasks.description)
                    from subtasks
                    join subtask_contents as contents on contents.subtask_id = subtasks.id
                    join assets on assets.id = contents.asset_id
                    order by position
                    """) == [
                        "AUDIO 1 deck-1.mp3 audio/mpeg 3 t 声", "PICTURE 2 deck-2.png image/png f ",
                        "AUDIO 4 deck-4.wav audio/wav 1 t ",
                    ])
            #expect(
                try await stage.lines("select made_count || ' ' || skipped_count from import_items") == ["3 3"])
            let warnings = try await stage.warnings(of: importID)
            #expect(
                warnings.map { String($0.prefix(15)) } == ["3 MEDIA_REFUSED", "4 MEDIA_REFUSED", "5 MEDIA_LINKED "])
            #expect(warnings.last?.hasSuffix(" is linked, not in the presentation, and was not fetched.") == true)
        }
    }

    @Test("a recording that is larger than one may be is not read")
    func limits() async throws {
        try await withStage { stage, _ in
            // A hundredth of it is at random, so that the archive is no bomb.
            var large = [UInt8](repeating: 0, count: FilePurpose.maximumSoundBytes + 1)
            for start in stride(from: 0, to: large.count - 4_000, by: 100_000) {
                for index in start..<start + 4_000 { large[index] = UInt8.random(in: 0...255) }
            }
            let deck = DeckFile(
                slides: [Self.sound("s"), Self.picture], media: ["a": try pngBytes()], clips: ["s": large],
                clipCompression: .deflate)
            let importID = try await run(stage, deck)
            #expect(try await stage.tasks() == ["deck: 1 PICTURE deck – slide 2"])
            #expect(
                try await stage.warnings(of: importID) == [
                    "1 MEDIA_REFUSED The recording was not taken: At most 200000000 bytes are allowed."
                ])
        }
    }

    @Test("where ffmpeg is missing posters are imported, and people are told")
    func missing() async throws {
        try await withStage { stage, files in
            let film = try MediaFiles.bytes(try files.make("a.mp4", Self.film + "1"))
            let deck = DeckFile(slides: [Self.whole("m")], media: ["a": try pngBytes()], clips: ["m": film])
            let importID = try await run(stage, deck, on: stage.makeRun(media: nil))
            #expect(try await stage.tasks() == ["deck: 1 PICTURE deck – slide 1"])
            #expect(
                try await stage.warnings(of: importID).first?.contains(MediaReader.Refusal.unavailable.message) == true)
        }
    }

    @Test("the registry gets the posters of films, and no icons of sounds")
    func items() async throws {
        try await withStage { stage, files in
            let film = try MediaFiles.bytes(try files.make("a.mp4", Self.film + "1"))
            let deck = DeckFile(
                slides: [
                    Self.whole("m"), Self.whole("m", poster: ""),
                    DeckFile.sound("m", icon: "b", DeckFile.place(0, 0, 900, 900)),
                ], media: ["a": try pngBytes(), "b": try pngBytes(width: 9)], clips: ["m": film])
            let importID = try await run(stage, deck, .items(.init()))
            #expect(try await stage.items(of: importID) == ["SUCCEEDED 1"])
            #expect(try await stage.lines("select made_count || ' ' || skipped_count from import_items") == ["1 0"])
            #expect(
                try await stage.lines("select file_name from assets where purpose = 'SUBTASK_CONTENT'") == [
                    "deck-1.png"
                ])
        }
    }

    @Test("a run that has lost its job leaves no film and no recording behind")
    func lost() async throws {
        try await withStage { stage, files in
            let deck = DeckFile(
                slides: [Self.whole("m"), Self.sound("s")], media: ["a": try pngBytes()],
                clips: [
                    "m": try MediaFiles.bytes(try files.make("a.mp4", Self.film + "1")),
                    "s": try MediaFiles.bytes(try files.make("a.mp3", "-f lavfi -i sine=d=1")),
                ])
            let asset = try await stage.file("deck.pptx", Self.mediaType, purpose: "DOCUMENT", bytes: try deck.bytes())
            _ = try await stage.start([(asset, nil)])
            let first = try #require(try await stage.claim(lease: .zero).first)
            let second = try #require(try await stage.claim(worker: "test/2").first)
            #expect(await code { try await stage.run.run(first) } == .runLost)
            #expect(try await stage.objects.list(prefix: "projects/", after: nil, limit: 100).isEmpty)
            try await stage.run.run(second)
            #expect(try await stage.tasks() == ["deck: 1 VIDEO deck – slide 1, 2 AUDIO deck – slide 2"])
            #expect(try await stage.objects.list(prefix: "projects/", after: nil, limit: 100).count == 3)
        }
    }
}
