import Clients
import EventLoop
import FoundationEssentials
import JSON

// Reviews of scripts: the dialogue check is mechanical, whatever model looks at pictures. It only reads the file.
extension ReviewRun {
    /// The most spoken lines of a text.
    static let maximumLines = 5_000

    /// What became of reading a script.
    enum ReadScript: Sendable {
        case script(DialogueScript)
        /// The bytes were checked when they were sent, so this is rare; no review point can be checked then.
        case unreadable(code: String, message: String)
    }

    /// Reads the reviewed file.
    func script(of plan: ReviewPlan) async throws -> ReadScript {
        let mediaType = plan.mediaType
        return try await withFile(of: plan, "reading a script") { path in
            do {
                return .script(try Self.script(path, mediaType: mediaType))
            } catch let error as OfficeError {
                return switch error.kind {
                case .corrupt: .unreadable(code: "SCRIPT_CORRUPT", message: "ファイルが壊れているため、読めません。")
                case .tooLarge: .unreadable(code: "SCRIPT_TOO_LARGE", message: "ファイルの行、セルまたは段落が多すぎるため、読めません。")
                }
            }
        }
    }

    /// Lends the reviewed file to something that blocks: pictures make it large, and only its texts are read.
    func withFile<T: Sendable>(
        of plan: ReviewPlan, _ what: StaticString, _ body: @escaping @Sendable (_ path: String) throws -> T
    ) async throws -> T {
        let key = try ObjectKey(plan.contentKey)
        guard try await objects.size(of: key) != nil else {
            throw WorkflowError(.contentUnreadable, "The reviewed file is gone from the store.")
        }
        let folder = FileManager.default.temporaryDirectory.path
        return try await objects.withLocalFile(key, in: folder, blocking: .shared) { path in
            try await BlockingPool.shared.run(what) { try body(path) }
        }
    }

    private static func script(_ path: String, mediaType: String) throws -> DialogueScript {
        switch DocumentKind(mediaType: mediaType) {
        case .excel: return DialogueScript(try Workbook(try OfficePackage(path: path)))
        case .word: return DialogueScript(try WordText(try OfficePackage(path: path)))
        default:
            let file = try FileBytes(path: path)
            let bytes = try file.read(0..<file.count)
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw WorkflowError(.contentUnreadable, "The reviewed file is no text.")
            }
            return mediaType == "text/csv" ? DialogueScript(csv: text) : DialogueScript(text: text)
        }
    }

    /// Checks all lines for one review point, with one finding for each.
    static func verdict(about read: ReadScript, by check: ReviewPlan.Check) -> ReviewVerdict {
        guard check.kind == ReviewKind.text.rawValue else {
            return .skipped("この項目はテキストには適用されません。")
        }
        guard let table = check.appellations.flatMap(AppellationTable.init) else {
            return .failed(code: "NO_APPELLATIONS", "この監修ポイントには呼称表がないため、確認できません。")
        }
        switch read {
        case .unreadable(let code, let message): return .failed(code: code, message)
        case .script(let script):
            return verdict(about: script, by: DialogueCheck(table: table, rules: check.specialRules))
        }
    }

    private static func verdict(about script: DialogueScript, by check: DialogueCheck) -> ReviewVerdict {
        guard script.isRecognized else {
            return .failed(
                code: "NO_DIALOGUE_COLUMNS",
                """
                話者と台詞が見つかりません。表の先頭\(DialogueScript.rowsWithHeadings)行以内に「話者」と「本文」などの見出しを置くか、\
                「話者：台詞」の形で書いてください。
                """)
        }
        if script.lines.isEmpty { return .skipped("話者のある台詞が見つかりませんでした。") }
        guard script.lines.count <= maximumLines else {
            return .failed(
                code: "TOO_MANY_LINES",
                "台詞が \(script.lines.count) 行あります。確認できるのは \(maximumLines) 行までです。")
        }
        let measurements: JSONValue =
            script.hiddenSheets.isEmpty
            ? [:] : ["hiddenSheetsLeftOut": .array(script.hiddenSheets.map { .string($0) })]
        return .ok(script.lines.map(check.finding(about:)), measurements: measurements)
    }
}
