import Clients
import Database
import FoundationEssentials
import Hashing
import JSON
import TestSupport
import Testing

@testable import Workflows

@Suite("Reviews of spreadsheets and text documents", .timeLimit(.minutes(15)))
struct ScriptReviewTests {
    private static let table: JSONValue = ["ソラ": ["ソラ": "わたし", "レン": "レンくん"], "レン": ["レン": "俺", "ソラ": "ソラ"]]
    private static let sheet = OfficeFiles.Sheet(
        name: "第1話",
        content: OfficeFiles.rows([
            ["台本"], ["No", "話者", "本文１２３"], ["1", "ソラ", "レンくん、やあ"], ["2", "レン", "ソラさん！"], ["3", "通行人", "ソラだ"],
        ]))

    @Test(
        "rule 26: a spreadsheet is checked row by row for each review point, and its copy tells so; the file stays as it is"
    )
    func spreadsheet() async throws {
        let hidden = OfficeFiles.Sheet(name: "旧", state: "state=\"hidden\"", content: Self.sheet.content)
        let bytes = try OfficeFiles.workbook([Self.sheet, hidden])
        try await withScript(bytes, .excel) { stage in
            #expect(try await stage.world.text("select kind from subtasks where id = \(stage.subtaskID)") == "EXCEL")
            let (one, two) = (try await stage.rpd("呼称", Self.table), try await stage.rpd("別の表", Self.table))
            let id = try await stage.run([one, two])
            let findings = try await stage.world.pool.query(
                """
                select concat_ws(
                    ' ', line_number, severity, dialogue ->> 'sheetName', dialogue ->> 'rowNumber', dialogue ->> 'status',
                    dialogue ->> 'detectedSpeaker', dialogue #>> '{addresses,0,usedName}'
                )
                from findings
                where review_id = \(id)
                order by line_number
                """
            ).map { $0.string(0) }
            #expect(
                findings == [
                    "1 SAFE 第1話 3 OK ソラ レンくん", "1 SAFE 第1話 3 OK ソラ レンくん", "2 RISK 第1話 4 ERROR レン ソラさん",
                    "2 RISK 第1話 4 ERROR レン ソラさん", "3 ALERT 第1話 5 UNKNOWN_SPEAKER ソラ",
                    "3 ALERT 第1話 5 UNKNOWN_SPEAKER ソラ",
                ])
            #expect(
                try await stage.world.text("select measurements #>> '{hiddenSheetsLeftOut,0}' from review_outcomes")
                    == "旧")
            let copy = try #require(try await stage.annotated(id))
            let rows = try Workbook(try OfficePackage(bytes: copy)).sheets[0].rows
            #expect(rows[1].cells.map(\.text) == ["No", "話者", "本文１２３", "検出された話者", "呼ばれた名前", "結果"])
            #expect(rows[3].text(4) == "レン" && rows[3].text(5) == "ソラ（ソラさん）")
            #expect(rows[3].text(6).hasPrefix("【呼称】エラー: ") && rows[3].text(6).contains("\n【別の表】エラー: "))
            #expect(rows[4].text(4) == "不明")
            let colors = rows.dropFirst(2).map { $0.cells[2].rich?.runs.first?.properties.last?.attributes["rgb"] }
            #expect(colors == ["FF00B050", "FFFF0000", "FF7030A0"])
            #expect(try await stage.objects.get(try ObjectKey(stage.key)) == bytes)
        }
    }

    @Test("rule 26: a document has findings of its tables and no copy, nor has a review that knows nothing of any line")
    func document() async throws {
        let row =
            "<w:tr><w:tc><w:p><w:r><w:t>%1</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>%2</w:t></w:r></w:p></w:tc></w:tr>"
        func cells(_ speaker: String, _ line: String) -> String {
            row.replacing("%1", with: speaker).replacing("%2", with: line)
        }
        let body = "<w:tbl>\(cells("話者", "台詞"))\(cells("ソラ", "レンさま"))</w:tbl>"
        try await withScript(try OfficeFiles.document(body), .word) { stage in
            #expect(try await stage.world.text("select kind from subtasks where id = \(stage.subtaskID)") == "WORD")
            let id = try await stage.run([try await stage.rpd("呼称", Self.table)])
            #expect(try await stage.world.text("select line_number || severity from findings") == "2RISK")
            #expect(try await stage.annotated(id) == nil)
        }
        try await withScript(try OfficeFiles.workbook([Self.sheet]), .excel) { stage in
            let id = try await stage.run([try await stage.rpd("表なし", nil)])
            #expect(try await stage.world.text("select status from reviews where id = \(id)") == "COMPLETED")
            #expect(try await stage.annotated(id) == nil)
        }
    }

    @Test(
        "rules 21 and 26: what nobody can read is an error of the review point and never safe",
        arguments: [("columns", "NO_DIALOGUE_COLUMNS"), ("damaged", "SCRIPT_CORRUPT"), ("large", "SCRIPT_TOO_LARGE")])
    func unreadable(what: String, code: String) async throws {
        let bytes: [UInt8] =
            switch what {
            case "columns": try OfficeFiles.workbook([.init(name: "S", content: OfficeFiles.rows([["ソラ", "やあ"]]))])
            case "damaged": Array(try OfficeFiles.workbook([Self.sheet]).dropLast(60))
            default:
                try OfficeFiles.workbook([
                    .init(
                        name: "S",
                        content:
                            "<sheetData>\(String(repeating: "<row><c><v>1</v></c></row>", count: 100_001))</sheetData>")
                ])
            }
        try await withScript(bytes, .excel) { stage in
            let id = try await stage.run([try await stage.rpd("呼称", Self.table)])
            #expect(
                try await stage.world.text(
                    "select status || ' ' || error_code from review_outcomes where review_id = \(id)")
                    == "ERROR \(code)")
            #expect(try await stage.world.count("select count(*) from findings") == 0)
        }
    }

    @Test("a copy is made of the findings of both runs when the first one was killed, and goes with its review")
    func killedRun() async throws {
        try await withScript(try OfficeFiles.workbook([Self.sheet]), .excel) { stage in
            let points = [try await stage.rpd("呼称", Self.table), try await stage.rpd("別の表", Self.table)]
            let id = try await stage.start(points)
            let first = try await stage.claim(lease: .zero)
            let run = stage.run
            let plan = try #require(try await run.store.begin(first, reviewID: id))
            let script = try await run.script(of: plan)
            try await run.perform(try #require(plan.checks.first), of: plan) {
                .verdict(ReviewRun.verdict(about: script, by: plan.checks[0]))
            }
            // That was as far as the first worker came.
            try await run.run(try await stage.claim())
            let copy = try #require(try await stage.annotated(id))
            let rows = try Workbook(try OfficePackage(bytes: copy)).sheets[0].rows
            #expect(rows[3].text(6).contains("【呼称】") && rows[3].text(6).contains("【別の表】"))
            #expect(try await stage.world.count("select count(*) from assets where purpose = 'ANNOTATED_SCRIPT'") == 1)
            _ = try await stage.world.pool.query("delete from subtasks where id = \(stage.subtaskID)")
            #expect(try await stage.world.count("select count(*) from assets where purpose = 'ANNOTATED_SCRIPT'") == 0)
        }
    }
}

private struct ScriptStage: Sendable {
    let world: World
    let objects: DirectoryObjectStore
    let key: String
    let subtaskID: UUID

    var run: ReviewRun { ReviewRun(pool: world.pool, objects: objects, model: LocalReviewModel()) }

    func rpd(_ title: String, _ table: JSONValue?) async throws -> UUID {
        try await RpdStore(pool: world.pool).create(
            viewer: world.member, projectID: world.projectID, kind: "TEXT_REVIEW",
            content: RpdContent(title: title, appellations: table), isActive: true
        ).rpdID
    }

    func start(_ rpds: [UUID]) async throws -> UUID {
        try await ReviewStore(pool: world.pool).start(
            viewer: world.member, subtaskID: subtaskID, selection: .rpds(rpds), mode: "SPEED"
        ).reviewID
    }

    func claim(lease: Duration = .seconds(60)) async throws -> Job {
        try #require(
            try await JobStore(pool: world.pool).claim(kinds: [.review], worker: "test/1", lease: lease, limit: 1).first
        )
    }

    /// Starts a review, does it, and gives its id.
    func run(_ rpds: [UUID]) async throws -> UUID {
        let id = try await start(rpds)
        try await run.run(try await claim())
        return id
    }

    /// The bytes of a review's annotated copy, which are what the file says of them.
    func annotated(_ review: UUID) async throws -> [UInt8]? {
        let row = try await world.pool.queryFirst(
            """
            select assets.object_key, assets.byte_count, assets.sha256, assets.file_name
            from reviews
            join assets on assets.id = reviews.annotated_script_id
            where reviews.id = \(review)
            """)
        guard let row else { return nil }
        let bytes = try await objects.get(try ObjectKey(row.string(0)))
        #expect(row.int(1) == bytes.count && row.string(2) == Hex.encode(SHA256.hash(bytes)))
        #expect(row.string(3) == "台本_checked.xlsx")
        return bytes
    }
}

private func withScript(
    _ bytes: [UInt8], _ kind: DocumentKind, _ body: @escaping @Sendable (ScriptStage) async throws -> Void
) async throws {
    try await withTestDatabase { pool in
        try await withObjects { objects in
            let world = try await World.make(pool)
            let key = "scripts/\(UUID().text)"
            try await objects.put(.bytes(bytes), at: try ObjectKey(key))
            let asset = try await pool.query(
                """
                insert into assets (project_id, purpose, state, file_name, media_type, byte_count, object_key, sha256)
                values (
                    \(world.projectID), 'SUBTASK_CONTENT', 'READY', '台本.xlsx', \(kind.mediaTypes[0]), 1, \(key),
                    \(String(repeating: "0", count: 64))
                )
                returning id
                """)
            let tasks = TaskStore(pool: pool)
            let taskID = try await tasks.create(
                viewer: world.member, projectID: world.projectID, task: .init(name: "Script"))
            let subtaskID = try await tasks.createSubtask(
                viewer: world.member, taskID: taskID, name: "Episode 1", description: "",
                assetID: try #require(asset.first).uuid(0))
            try await body(ScriptStage(world: world, objects: objects, key: key, subtaskID: subtaskID))
        }
    }
}
