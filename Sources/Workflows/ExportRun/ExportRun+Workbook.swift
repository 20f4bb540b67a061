import Database
import EventLoop

extension ExportRun {
    /// Writes the findings and threads of a plan as a table, and gives its path.
    func writeWorkbook(of plan: ExportPlan, in folder: String) async throws -> String {
        let path = "\(folder)/\(Self.stem).xlsx"
        let sheet = ReviewTable(language).sheet(of: plan)
        try await tell(plan, total: sheet.rows.count) { progress in
            try WorkbookWriter.write(sheet, to: path) { done in try progress(done) }
        }
        return path
    }
}

/// Findings and threads as the rows of a sheet.
struct ReviewTable {
    private let isJapanese: Bool

    init(_ language: ReviewDeck.Language) { isJapanese = language == .japanese }

    /// The sheet of a plan: by task, material and version, first what was found, then what was said.
    func sheet(of plan: ExportPlan) -> WorkbookWriter.Sheet {
        WorkbookWriter.Sheet(
            name: word("監修", "Review"), columns: columns,
            rows: plan.parts.flatMap { part in
                part.pages.flatMap { page in
                    let place: [WorkbookWriter.Cell] = [
                        .text(part.name), .text(page.title), .number(Double(page.contentVersion)),
                    ]
                    return (findings(of: page) + failures(of: page) + threads(of: page)).map { place + $0 }
                }
            })
    }

    private func word(_ japanese: String, _ english: String) -> String { isJapanese ? japanese : english }

    private var columns: [WorkbookWriter.Column] {
        let columns: [(String, String, Int)] = [
            ("タスク", "Task", 24), ("素材", "Material", 24), ("版", "Version", 8), ("種類", "Entry", 12), ("No.", "No.", 8),
            ("監修種別", "Kind of review point", 20), ("監修項目", "Review point", 28), ("判定", "Severity", 10),
            ("ステータス", "Status", 12), ("保留", "Held", 8), ("内容", "Description", 60), ("提案", "Suggestion", 40),
            ("X", "X", 9), ("Y", "Y", 9), ("幅", "Width", 9), ("高さ", "Height", 9), ("開始 (秒)", "Start (s)", 10),
            ("終了 (秒)", "End (s)", 10), ("作成者", "Author", 18), ("作成日時 (UTC)", "Created (UTC)", 20),
            ("更新日時 (UTC)", "Updated (UTC)", 20), ("解決済み", "Solved", 10), ("解決日時 (UTC)", "Solved at (UTC)", 20),
        ]
        return columns.map { WorkbookWriter.Column(title: word($0.0, $0.1), width: $0.2) }
    }

    private func findings(of page: ExportPlan.Page) -> [[WorkbookWriter.Cell]] {
        let labels = DeckLabels(isJapanese ? .japanese : .english)
        return zip(page.findings, page.findingRecords).map { finding, record in
            [
                .text(word("指摘", "Finding")), .number(Double(finding.number)), .text(record.kind),
                .text(finding.title), .text(labels.severity(finding.severity)), .text(status(record.status)),
                .truth(finding.isHeld), .text(finding.description),
                finding.suggestion.isEmpty ? .empty : .text(finding.suggestion),
            ] + place(finding.box) + [.empty, .empty] + made(record) + [.empty, .empty]
        }
    }

    private func failures(of page: ExportPlan.Page) -> [[WorkbookWriter.Cell]] {
        page.failures.map { failure in
            let cells: [WorkbookWriter.Cell] = [
                .text(word("未評価", "Not judged")), .empty, .empty, .text(failure.title), .empty, .empty, .empty,
                .text(failure.reason),
            ]
            return cells + Array(repeating: .empty, count: columns.count - 3 - cells.count)
        }
    }

    private func threads(of page: ExportPlan.Page) -> [[WorkbookWriter.Cell]] {
        page.threads.flatMap { thread in
            let comment = thread.comment
            return zip(comment.posts, thread.records).enumerated().map { index, entry in
                let (post, record) = entry
                let isFirst = index == 0
                let kind =
                    switch (isFirst, comment.isByAI) {
                    case (false, _): word("返信", "Reply")
                    case (true, true): word("AIコメント", "AI comment")
                    case (true, false): word("コメント", "Comment")
                    }
                return [
                    .text(kind), .text(comment.label), .empty, .empty, .empty, .empty, .empty, .text(post.text), .empty,
                ] + place(isFirst ? comment.box : nil) + [seconds(record.startSeconds), seconds(record.endSeconds)]
                    + made(record) + [
                        isFirst ? .truth(comment.isSolved) : .empty, record.solvedAt.map { .moment($0) } ?? .empty,
                    ]
            }
        }
    }

    /// Fractions of the picture.
    private func place(_ box: ExportFinding.Box?) -> [WorkbookWriter.Cell] {
        guard let box else { return [.empty, .empty, .empty, .empty] }
        return [.number(box.x), .number(box.y), .number(box.width), .number(box.height)]
    }

    private func seconds(_ value: Double?) -> WorkbookWriter.Cell { value.map { .number($0) } ?? .empty }

    private func made(_ record: ExportRecord) -> [WorkbookWriter.Cell] {
        [
            record.author.isEmpty ? .empty : .text(record.author), .moment(record.createdAt),
            .moment(record.updatedAt),
        ]
    }

    private func status(_ stored: String) -> String {
        let words = [
            "PENDING": ("未確認", "Pending"), "ACCEPTED": ("採用", "Accepted"), "REJECTED": ("却下", "Rejected"),
            "RESOLVED": ("解決", "Resolved"), "IGNORED": ("対象外", "Ignored"),
        ]
        return words[stored].map { word($0.0, $0.1) } ?? stored
    }
}
