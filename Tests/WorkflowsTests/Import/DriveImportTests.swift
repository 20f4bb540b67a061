import Clients
import Database
import Foundation
import Imaging
import TestSupport
import Testing

@testable import Workflows

@Suite("Imports from Google Drive", .timeLimit(.minutes(15)))
struct DriveImportTests {
    private static let ids = (0..<5).map { "1a_B-cdefgh-\($0)" }

    private static func deck() throws -> [UInt8] {
        let picture = try pngBytes()
        return try DeckFile(
            slides: [DeckFile.text("表紙") + DeckFile.picture("a", DeckFile.place(0, 0, 900, 900))], media: ["a": picture]
        ).bytes()
    }

    /// Runs a test beside a Drive with these files, and looks whether all requests kept to the contract.
    private func withDrive(
        _ files: [DriveServer.File], failures: [ContractServer.Reply] = [],
        _ body: @escaping @Sendable (ImportStage, DriveServer) async throws -> Void
    ) async throws {
        let named = Dictionary(uniqueKeysWithValues: zip(Self.ids, files))
        let server = try DriveServer(named, failures: failures)
        defer { server.stop() }
        try await withImport(driveURL: server.url) { stage in
            try await body(stage, server)
            #expect(try FileManager.default.contentsOfDirectory(atPath: stage.temporaryFolder).isEmpty)
        }
        #expect(server.faults == [])
    }

    private func start(
        _ stage: ImportStage, _ count: Int, _ token: String = DriveServer.token, viewer: UUID? = nil,
        projectID: UUID? = nil
    ) async throws -> UUID {
        try await stage.store.startDrive(
            viewer: viewer ?? stage.world.member, projectID: projectID ?? stage.world.projectID,
            target: .tasks(.init()),
            accessToken: token, files: Self.ids.prefix(count).map { .init(fileID: $0) })
    }

    private func tokens(_ stage: ImportStage) async throws -> Int {
        try await stage.world.count("select count(*) from import_tokens")
    }

    @Test("files of Drive are downloaded, checked like uploads and imported; then the token is gone")
    func tasks() async throws {
        let files = [
            DriveServer.File(name: "第１話/絵コンテ.pptx", bytes: try Self.deck()),
            DriveServer.File(name: "cover.png", mediaType: "image/png", bytes: try pngBytes()),
            DriveServer.File(name: "fake.png", mediaType: "image/png", bytes: Array("no picture".utf8)),
            DriveServer.File(name: "plan.pdf", mediaType: "application/pdf", bytes: [1]),
        ]
        try await withDrive(files) { stage, server in
            let importID = try await start(stage, 4)
            #expect(try await tokens(stage) == 1)
            try await stage.work()
            #expect(
                try await stage.items(of: importID) == [
                    "SUCCEEDED 1", "SUCCEEDED 1", "FAILED 1 UPLOAD_TYPE", "FAILED 1 UPLOAD_TYPE",
                ])
            #expect(
                try await stage.tasks() == [
                    "cover: 1 PICTURE cover", "第１話_絵コンテ: 1 PICTURE 第１話_絵コンテ – slide 1",
                ])
            #expect(try await tokens(stage) == 0)
            // What cannot be imported is not downloaded.
            #expect(!wasDownloaded(3, from: server))
        }
    }

    private func wasDownloaded(_ index: Int, from server: DriveServer) -> Bool {
        server.requests.contains { $0.target.contains(Self.ids[index]) && $0.target.contains("alt=media") }
    }

    @Test("videos and recordings of Drive become materials after the checks of those that people send")
    func media() async throws {
        try await MediaFiles.with { media in
            let film = try media.make("a.mov", "-f lavfi -i testsrc=size=320x240:rate=25:d=2")
            let sound = try MediaFiles.bytes(try media.make("a.mp3", "-f lavfi -i sine=d=3"))
            let bytes = try MediaFiles.bytes(film)
            let files = [
                DriveServer.File(name: "本編.mov", mediaType: "video/quicktime", bytes: bytes),
                DriveServer.File(name: "声.mp3", mediaType: "audio/mpeg", bytes: sound),
                DriveServer.File(name: "list.mp4", mediaType: "video/mp4", bytes: Array("#EXTM3U\n".utf8)),
                DriveServer.File(name: "tone.mp4", mediaType: "video/mp4", bytes: sound),
                // Drive says that there is less of it than there is: no more than that is taken.
                DriveServer.File(
                    name: "half.mov", mediaType: "video/quicktime", bytes: bytes,
                    changes: ["size": "\"\(bytes.count / 2)\""]),
            ]
            try await withDrive(files) { stage, _ in
                let importID = try await start(stage, 5)
                try await stage.work()
                #expect(
                    try await stage.items(of: importID) == [
                        "SUCCEEDED 1", "SUCCEEDED 1", "FAILED 1 UPLOAD_TYPE", "FAILED 1 UPLOAD_TYPE",
                        "FAILED 1 UPLOAD_UNREADABLE",
                    ])
                #expect(try await stage.tasks() == ["声: 1 AUDIO 声", "本編: 1 VIDEO 本編"])
                #expect(
                    try await stage.lines(
                        """
                        select concat_ws(' ', file_name, media_type, byte_count, round(duration_seconds), width)
                        from assets
                        where state = 'READY'
                        order by media_type
                        """) == [
                            "声.mp3 audio/mpeg \(sound.count) 3", "本編.mov video/quicktime \(bytes.count) 2 320",
                        ])
                #expect(try await stage.world.count("select count(*) from jobs where kind = 'scenes'") == 1)
            }
        }
    }

    @Test("a gigabyte of video is let through, a fifth of it of a recording, of all else 50 MB; more is not asked for")
    func sizes() async throws {
        func file(_ mediaType: String, _ size: Int) -> DriveServer.File {
            DriveServer.File(name: "a", mediaType: mediaType, changes: ["size": "\"\(size)\""])
        }
        let files = [
            file("video/mp4", 1_000_000_001), file("audio/flac", 200_000_001), file("image/png", 50_000_001),
            file("video/mp4", 1_000_000_000), file("audio/flac", 200_000_000),
        ]
        try await withDrive(files) { stage, server in
            let importID = try await start(stage, 5)
            try await stage.work()
            let tooLarge = Array(repeating: "FAILED 1 DRIVE_TOO_LARGE", count: 3)
            // The last two are begun, and then there are no such bytes.
            let begun = Array(repeating: "FAILED 1 DRIVE_INVALID_RESPONSE", count: 2)
            #expect(try await stage.items(of: importID) == tooLarge + begun)
            #expect((0..<5).map { wasDownloaded($0, from: server) } == [false, false, false, true, true])
        }
    }

    @Test("what the registry does not take, and what no program is there for, is not downloaded")
    func refusedMedia() async throws {
        let film = DriveServer.File(name: "a.mp4", mediaType: "video/mp4", bytes: [1])
        try await withDrive([film]) { stage, server in
            let entries = try await stage.store.startDrive(
                viewer: stage.world.member, projectID: stage.world.projectID, target: .items(.init()),
                accessToken: DriveServer.token, files: [.init(fileID: Self.ids[0])])
            try await stage.work()
            #expect(try await stage.items(of: entries) == ["FAILED 1 UPLOAD_TYPE"])
            let blind = try await start(stage, 1)
            try await stage.work(stage.makeRun(media: nil))
            #expect(try await stage.items(of: blind) == ["FAILED 1 MEDIA_TOOLS_MISSING"])
            #expect(!wasDownloaded(0, from: server))
            #expect(try await stage.world.count("select count(*) from assets") == 0)
        }
    }

    @Test("the token is nowhere to be read while it is needed, and belongs to its import")
    func secrecy() async throws {
        try await withDrive([DriveServer.File(bytes: try Self.deck())]) { stage, _ in
            let importID = try await start(stage, 1)
            for table in try await stage.lines(
                "select relname::text from pg_class where relkind = 'r' and relnamespace = current_schema()::regnamespace"
            ) {
                let hits = try await stage.world.count(
                    """
                    select count(*)
                    from \(unsafeSQL: "\"\(table)\"") as rows
                    where rows::text like '%ya29%'
                    or rows::text like \("%" + Self.hexadecimal(DriveServer.token) + "%")
                    """)
                #expect(hits == 0, "\(table)")
            }
            #expect(try await ImportStage.tokens.token(of: importID, stage.world.pool) == DriveServer.token)
            let other = try await start(stage, 1)
            _ = try await stage.world.pool.query(
                """
                update import_tokens
                set sealed = (select sealed from import_tokens where import_id = \(importID))
                where import_id = \(other)
                """)
            #expect(try await ImportStage.tokens.token(of: other, stage.world.pool) == nil)
        }
    }

    private static func hexadecimal(_ text: String) -> String {
        text.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    @Test("a sign-in that has ended is told as such; another token goes on, none does not")
    func signIn() async throws {
        try await withDrive([DriveServer.File(bytes: try Self.deck())]) { stage, _ in
            let importID = try await start(stage, 1, "ended")
            try await stage.work()
            #expect(try await stage.items(of: importID) == ["FAILED 1 DRIVE_SIGN_IN"])
            #expect(try await tokens(stage) == 0)
            let store = stage.store
            let missing = await problems { try await store.retry(viewer: stage.world.member, importID: importID) }
            #expect(missing == ["accessToken: REQUIRED"])
            try await store.retry(viewer: stage.world.member, importID: importID, accessToken: DriveServer.token)
            try await stage.work()
            #expect(try await stage.items(of: importID) == ["SUCCEEDED 2"])
            #expect(try await stage.lines("select name from import_items") == ["絵コンテ.pptx"])
            #expect(try await tokens(stage) == 0)
        }
    }

    @Test("the token goes with a cancelled import, and when it is too old for anything")
    func tokensEnd() async throws {
        try await withDrive([DriveServer.File(bytes: try Self.deck())]) { stage, server in
            let cancelled = try await start(stage, 1)
            try await stage.store.cancel(viewer: stage.world.member, importID: cancelled)
            #expect(try await tokens(stage) == 0)
            let late = try await start(stage, 1)
            _ = try await stage.world.pool.query("update import_tokens set created_at = now() - interval '61 minutes'")
            try await stage.work()
            #expect(try await stage.items(of: late) == ["FAILED 1 DRIVE_SIGN_IN"])
            #expect(server.requests.isEmpty)
            _ = try await start(stage, 1)
            #expect(try await ImportTokens.deleteExpired(stage.world.pool) == 0)
            _ = try await stage.world.pool.query("update import_tokens set created_at = now() - interval '61 minutes'")
            #expect(try await ImportTokens.deleteExpired(stage.world.pool) == 1)
        }
    }

    @Test("what Drive refuses fails with its reason; what it cannot give at the moment can be had later")
    func refusals() async throws {
        let away = DriveServer.failure(503, "backendError")
        try await withDrive([DriveServer.File(bytes: try Self.deck())], failures: [away, away]) { stage, _ in
            let importID = try await start(stage, 1)
            try await stage.work()
            #expect(try await stage.items(of: importID) == ["FAILED 1 DRIVE_UNAVAILABLE"])
            try await stage.store.retry(
                viewer: stage.world.member, importID: importID, accessToken: DriveServer.token)
            try await stage.work()
            #expect(try await stage.items(of: importID) == ["SUCCEEDED 2"])
            let missing = try await stage.store.startDrive(
                viewer: stage.world.member, projectID: stage.world.projectID, target: .items(.init()),
                accessToken: DriveServer.token, files: [.init(fileID: "not-there-1234")])
            try await stage.work()
            #expect(try await stage.items(of: missing) == ["FAILED 1 DRIVE_NOT_FOUND"])
        }
    }

    @Test("a file that is in one project can be imported in another one")
    func twoProjects() async throws {
        try await withDrive([DriveServer.File(bytes: try Self.deck())]) { stage, _ in
            _ = try await start(stage, 1)
            let other = try await start(
                stage, 1, viewer: stage.world.stranger, projectID: stage.world.otherProjectID)
            try await stage.work()
            #expect(try await stage.items(of: other) == ["SUCCEEDED 1"])
            #expect(try await stage.world.count("select count(distinct project_id) from tasks") == 2)
        }
    }

    @Test("what is no file of Drive's, no token, twice or too much is refused with its place, and nothing is kept")
    func inputs() async throws {
        try await withImport { (stage) async throws in
            func start(_ token: String, _ files: [String]) async -> [String] {
                await problems {
                    _ = try await stage.store.startDrive(
                        viewer: stage.world.member, projectID: stage.world.projectID, target: .tasks(.init()),
                        accessToken: token, files: files.map { .init(fileID: $0) })
                }
            }
            #expect(await start("", []) == ["accessToken: REQUIRED", "files: REQUIRED"])
            #expect(await start("a\r\nX: y", [Self.ids[0]]) == ["accessToken: INVALID"])
            #expect(
                await start("x", [Self.ids[0], "../secrets", Self.ids[0]]) == [
                    "files.1.fileId: INVALID", "files.2.fileId: DUPLICATE",
                ])
            #expect(await start("x", Array(repeating: Self.ids[0], count: 11)) == ["files: TOO_LONG"])
            #expect(try await tokens(stage) == 0)
            #expect(try await stage.world.count("select count(*) from imports") == 0)
        }
    }

    @Test("names of Drive become names of files here")
    func names() {
        let long = String(repeating: "絵", count: 300)
        for (name, expected) in [
            ("a.png", "a.png"), ("a/b\\c\n.png", "a_b_c_.png"), ("  ", "file"),
            ("\(long).pptx", String(repeating: "絵", count: 250) + ".pptx"),
        ] {
            #expect(DriveDownload.name(name) == expected)
        }
    }
}
