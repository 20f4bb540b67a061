import Clients
import Database
import Foundation
import Imaging
import TestSupport
import Testing

@testable import Workflows

@Suite("Importing presentations", .timeLimit(.minutes(15)))
struct ImportDeckTests {
    private static let mediaType = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

    /// A slide with a text and a large picture.
    private static func slide(_ text: String, _ pictures: String...) -> String {
        DeckFile.text(text)
            + pictures.enumerated().map { DeckFile.picture($1, DeckFile.place($0 * 400, 0, 300, 300)) }.joined()
    }

    private static func png(_ color: UInt8) throws -> [UInt8] {
        try Picture(Bitmap(width: 40, height: 30, color: RGBColor(color, 0, 0))).pngBytes()
    }

    private func deck(_ stage: ImportStage, _ name: String, _ deck: DeckFile) async throws -> UUID {
        try await stage.file(name, Self.mediaType, purpose: "DOCUMENT", bytes: try deck.bytes())
    }

    /// The objects that imports have stored.
    private func stored(_ stage: ImportStage) async throws -> Int {
        try await stage.objects.list(prefix: "projects/", after: nil, limit: 100).count
    }

    @Test("a presentation becomes a task with a material for each slide that has a main picture")
    func tasks() async throws {
        try await withImport { stage in
            let file = DeckFile(
                slides: [
                    Self.slide("表紙"), Self.slide("Front", "a", "b"), Self.slide("No picture"),
                    Self.slide("Back", "b"), Self.slide("The same", "a"),
                ], media: ["a": try Self.png(1), "b": try Self.png(2)])
            let asset = try await deck(stage, "第１話.PPTX", file)
            let importID = try await stage.start([(asset, nil)])
            try await stage.work()
            #expect(try await stage.items(of: importID) == ["SUCCEEDED 1"])
            #expect(
                try await stage.tasks() == [
                    "第１話: 1 PICTURE 第１話 – slide 2, 2 PICTURE 第１話 – slide 4, 3 PICTURE 第１話 – slide 5"
                ])
            #expect(
                try await stage.lines(
                    """
                    select concat_ws(' ', tasks.description, subtasks.description, subtasks.slide_number, assets.width,
                        assets.purpose, assets.file_name, tasks.source_asset_id = \(asset))
                    from subtasks
                    join tasks on tasks.id = subtasks.task_id
                    join subtask_contents as contents on contents.subtask_id = subtasks.id
                    join assets on assets.id = contents.asset_id
                    order by subtasks.position
                    """) == [
                        "表紙 Front 2 40 SUBTASK_CONTENT 第１話-2.png t", "表紙 Back 4 40 SUBTASK_CONTENT 第１話-4.png t",
                        "表紙 The same 5 40 SUBTASK_CONTENT 第１話-2.png t",
                    ])
            // The picture that two slides show is stored once, with its small copy, and has the bytes that it had.
            #expect(try await stored(stage) == 4)
            for (name, color) in [("第１話-2.png", 1), ("第１話-4.png", 2)] as [(String, UInt8)] {
                let key = try #require(
                    try await stage.world.text("select object_key from assets where file_name = \(name)"))
                #expect(try await stage.objects.get(try ObjectKey(key)) == Self.png(color))
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: stage.temporaryFolder).isEmpty)
        }
    }

    @Test("of a slide whose main picture cannot be read the next one is taken; slides with none are counted")
    func unreadable() async throws {
        try await withImport { stage in
            let good = try Self.png(1)
            let file = DeckFile(
                slides: [
                    Self.slide("", "bad", "a"), Self.slide("", "bad"), Self.slide("", "emf"), Self.slide("", "none"),
                ], media: ["a": good, "bad": Array(good.prefix(good.count - 30)), "emf": [1, 0, 0, 0], "none": []])
            let importID = try await stage.start([(try await deck(stage, "deck.pptx", file), nil)])
            try await stage.work()
            #expect(try await stage.tasks() == ["deck: 1 PICTURE deck – slide 1"])
            #expect(
                try await stage.lines(
                    "select made_count || ' ' || skipped_count from import_items where import_id = \(importID)") == [
                        "1 3"
                    ])
        }
    }

    @Test("bitmaps and TIFF pictures of a presentation become pictures that everything reads")
    func bitmaps() async throws {
        try await withImport { stage in
            let media = [
                "a": PictureFiles.bmp(width: 40, height: 30, (10, 200, 30)),
                "b": PictureFiles.tiff(width: 50, height: 30, (10, 200, 30)),
            ]
            let file = DeckFile(slides: [Self.slide("", "a"), Self.slide("", "b")], media: media)
            let importID = try await stage.start([(try await deck(stage, "deck.pptx", file), nil)])
            try await stage.work()
            #expect(try await stage.items(of: importID) == ["SUCCEEDED 1"])
            let rows = try await stage.lines(
                """
                select concat_ws(' ', file_name, media_type, width, height, object_key)
                from assets
                where purpose = 'SUBTASK_CONTENT'
                order by width
                """
            ).map { $0.split(separator: " ").map(String.init) }
            #expect(
                rows.map { Array($0.prefix(4)) } == [
                    ["deck-1.png", "image/png", "40", "30"], ["deck-2.png", "image/png", "50", "30"],
                ])
            for key in rows.compactMap(\.last) {
                let bytes = try await stage.objects.get(try ObjectKey(key))
                #expect(PictureFormat(magicNumber: bytes) == .png)
                #expect(try Picture.decode(.bytes(bytes)).bitmap()[9, 9] == RGBColor(10, 200, 30))
            }
        }
    }

    @Test("a file that is damaged, hostile or without pictures fails alone, and leaves nothing behind")
    func refusals() async throws {
        try await withImport { stage in
            var typed = DeckFile(slides: [Self.slide("&a;", "a")], media: ["a": try Self.png(1)])
            typed.prolog = #"<!DOCTYPE x [<!ENTITY a "aaaa">]>"#
            let bomb = [UInt8](repeating: 0, count: 9 << 20)
            let tooMany = Array(repeating: "", count: PresentationReader.maximumSlides + 1)
            let files = [
                try await deck(stage, "empty.pptx", DeckFile(slides: [Self.slide("Nothing")])),
                try await deck(stage, "none.pptx", DeckFile(slides: [])),
                try await deck(stage, "typed.pptx", typed),
                try await deck(stage, "bomb.pptx", DeckFile(slides: [Self.slide("", "a")], media: ["a": bomb])),
                try await deck(stage, "long.pptx", DeckFile(slides: tooMany)),
                try await stage.file(
                    "cut.pptx", Self.mediaType, purpose: "DOCUMENT", bytes: Array("PK\u{3}\u{4}".utf8)),
                try await deck(
                    stage, "good.pptx", DeckFile(slides: [Self.slide("", "a")], media: ["a": try Self.png(1)])),
            ]
            let importID = try await stage.start(files.map { ($0, nil) })
            try await stage.work()
            #expect(
                try await stage.items(of: importID) == [
                    "FAILED 1 NOTHING_TO_IMPORT", "FAILED 1 NOTHING_TO_IMPORT", "FAILED 1 UPLOAD_UNREADABLE",
                    "FAILED 1 UPLOAD_SIZE", "FAILED 1 UPLOAD_SIZE", "FAILED 1 UPLOAD_UNREADABLE", "SUCCEEDED 1",
                ])
            #expect(try await stage.tasks() == ["good: 1 PICTURE good – slide 1"])
            #expect(try await stored(stage) == 2)
            #expect(try FileManager.default.contentsOfDirectory(atPath: stage.temporaryFolder).isEmpty)
        }
    }

    @Test("for the registry every picture of a presentation becomes an entry, each once")
    func items() async throws {
        try await withImport { stage in
            let file = DeckFile(
                slides: [Self.slide("", "a", "b"), Self.slide("", "b", "c"), Self.slide("", "bad")],
                media: ["a": try Self.png(1), "b": try Self.png(2), "c": try Self.png(2), "bad": [1]])
            let importID = try await stage.start(
                [(try await deck(stage, "deck.pptx", file), nil)], .items(.init(description: "About", tags: ["x"])))
            try await stage.work()
            #expect(try await stage.items(of: importID) == ["SUCCEEDED 1"])
            #expect(
                try await stage.lines(
                    """
                    select concat_ws(' ', assets.file_name, items.description, items.tags::text, files.made_count,
                        files.skipped_count)
                    from import_items as files
                    join import_item_entries as entries on entries.import_item_id = files.id
                    join items on items.id = entries.item_id
                    join assets on assets.id = items.asset_id
                    order by items.created_at
                    """) == ["deck-1.png About {x} 2 1", "deck-1.png About {x} 2 1"])
            #expect(try await stage.world.count("select count(*) from jobs where kind = 'vector'") == 2)
        }
    }

    @Test("a run that has lost its job stores nothing, and the next one makes everything once")
    func restart() async throws {
        try await withImport { stage in
            let file = DeckFile(slides: [Self.slide("", "a")], media: ["a": try Self.png(1)])
            _ = try await stage.start([(try await deck(stage, "deck.pptx", file), nil)])
            let first = try #require(try await stage.claim(lease: .zero).first)
            let second = try #require(try await stage.claim(worker: "test/2").first)
            #expect(await code { try await stage.run.run(first) } == .runLost)
            #expect(try await stored(stage) == 0)
            #expect(try await stage.tasks() == [])
            try await stage.run.run(second)
            try await stage.run.run(second)
            #expect(try await stage.tasks() == ["deck: 1 PICTURE deck – slide 1"])
            #expect(try await stored(stage) == 2)
        }
    }

    @Test("the presentation goes with the last task that was made of it")
    func source() async throws {
        try await withImport { stage in
            let file = DeckFile(slides: [Self.slide("", "a")], media: ["a": try Self.png(1)])
            let asset = try await deck(stage, "deck.pptx", file)
            for _ in 0..<2 {
                _ = try await stage.start([(asset, nil)])
                try await stage.work()
            }
            func isThere() async throws -> Bool {
                try await stage.world.count("select count(*) from assets where id = \(asset)") == 1
            }
            _ = try await stage.world.pool.query(
                "delete from tasks where id = (select task_id from import_items order by finished_at limit 1)")
            #expect(try await isThere())
            _ = try await stage.world.pool.query("delete from tasks")
            #expect(try await isThere() == false)
            #expect(try await stage.world.count("select count(*) from import_items where asset_id is null") == 2)
        }
    }
}
