import Clients
import FoundationEssentials
import JSON

// Reviews of texts: the dialogue check is mechanical, whatever model looks at pictures. It only reads the file.
extension ReviewRun {
    /// The most spoken lines of a text.
    static let maximumLines = 5_000

    /// The spoken lines of the reviewed file.
    func lines(of plan: ReviewPlan) async throws -> [DialogueLine] {
        let key = try ObjectKey(plan.contentKey)
        guard try await objects.size(of: key) != nil,
            let text = String(validating: try await objects.get(key), as: UTF8.self)
        else { throw WorkflowError(.contentUnreadable, "The reviewed file is gone from the store, or no text.") }
        return DialogueScript.lines(of: text, isTable: plan.mediaType == "text/csv")
    }

    /// Checks all lines for one review point, with one finding for each.
    static func verdict(about lines: [DialogueLine], by check: ReviewPlan.Check) -> ReviewVerdict {
        guard check.kind == ReviewKind.text.rawValue else {
            return .skipped("この項目はテキストには適用されません。")
        }
        guard let table = check.appellations.flatMap(AppellationTable.init) else {
            return .failed(code: "NO_APPELLATIONS", "この監修ポイントには呼称表がないため、確認できません。")
        }
        if lines.isEmpty { return .skipped("話者のある台詞が見つかりませんでした。") }
        guard lines.count <= maximumLines else {
            return .failed(code: "TOO_MANY_LINES", "台詞が \(lines.count) 行あります。確認できるのは \(maximumLines) 行までです。")
        }
        let dialogue = DialogueCheck(table: table, rules: check.specialRules)
        return .ok(lines.map(dialogue.finding(about:)))
    }
}
