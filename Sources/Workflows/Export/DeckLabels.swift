// The fixed words of a presentation.

/// The words of one language.
struct DeckLabels {
    let languageTag: String
    let reviewReport: String
    let pictures: String
    let findings: String
    let risk: String
    let alert: String
    let safe: String
    let unjudged: String
    let held: String
    let wholePicture: String
    let suggestion: String
    let continued: String
    let noFindings: String
    let pictureUnavailable: String
    let moreFollows: String
    let findingsTable: String
    let columns: [String]
    let comments: String
    let comment: String
    let aiComment: String
    let solved: String
    let noComments: String
    let pending: String
    let accepted: String
    let denied: String
    let statuses: String
    let statusColumns: [String]

    init(_ language: ReviewDeck.Language) {
        switch language {
        case .japanese: self = .japanese
        case .english: self = .english
        }
    }

    func severity(_ severity: ExportFinding.Severity) -> String {
        switch severity {
        case .risk: risk
        case .alert: alert
        case .safe: safe
        }
    }

    func status(_ status: ReviewedPicture.Status) -> String {
        switch status {
        case .pending: pending
        case .accepted: accepted
        case .denied: denied
        }
    }

    private init(
        languageTag: String, reviewReport: String, pictures: String, findings: String, risk: String, alert: String,
        safe: String, unjudged: String, held: String, wholePicture: String, suggestion: String, continued: String,
        noFindings: String, pictureUnavailable: String, moreFollows: String, findingsTable: String, columns: [String],
        comments: String, comment: String, aiComment: String, solved: String, noComments: String, pending: String,
        accepted: String, denied: String, statuses: String, statusColumns: [String]
    ) {
        self.languageTag = languageTag
        self.reviewReport = reviewReport
        self.pictures = pictures
        self.findings = findings
        self.risk = risk
        self.alert = alert
        self.safe = safe
        self.unjudged = unjudged
        self.held = held
        self.wholePicture = wholePicture
        self.suggestion = suggestion
        self.continued = continued
        self.noFindings = noFindings
        self.pictureUnavailable = pictureUnavailable
        self.moreFollows = moreFollows
        self.findingsTable = findingsTable
        self.columns = columns
        self.comments = comments
        self.comment = comment
        self.aiComment = aiComment
        self.solved = solved
        self.noComments = noComments
        self.pending = pending
        self.accepted = accepted
        self.denied = denied
        self.statuses = statuses
        self.statusColumns = statusColumns
    }

    private static let japanese = DeckLabels(
        languageTag: "ja-JP", reviewReport: "監修レポート", pictures: "画像", findings: "指摘", risk: "リスク",
        alert: "注意", safe: "安全", unjudged: "未評価", held: "保留", wholePicture: "画像全体", suggestion: "提案",
        continued: "続き", noFindings: "指摘はありません", pictureUnavailable: "画像を表示できません",
        moreFollows: "次のページに続く", findingsTable: "指摘一覧",
        columns: ["No.", "頁", "判定", "監修項目", "指摘内容", "提案"], comments: "コメント", comment: "コメント", aiComment: "AIコメント",
        solved: "解決済み", noComments: "コメントはありません", pending: "未判定", accepted: "承認", denied: "差し戻し",
        statuses: "ステータス一覧", statusColumns: ["頁", "タスク", "素材", "版", "状態", "リスク", "注意", "安全", "コメント"])

    private static let english = DeckLabels(
        languageTag: "en-US", reviewReport: "Review report", pictures: "Pictures", findings: "Findings", risk: "Risk",
        alert: "Alert", safe: "Safe", unjudged: "Not judged", held: "Held", wholePicture: "Whole picture",
        suggestion: "Suggestion", continued: "continued", noFindings: "No findings",
        pictureUnavailable: "The picture is not available", moreFollows: "Continued on the next slide",
        findingsTable: "Findings", columns: ["No.", "Slide", "Severity", "Review point", "Finding", "Suggestion"],
        comments: "Comments", comment: "Comment", aiComment: "AI comment", solved: "Solved", noComments: "No comments",
        pending: "Pending", accepted: "Accepted", denied: "Denied", statuses: "Statuses",
        statusColumns: ["Slide", "Task", "Material", "Version", "Status", "Risk", "Alert", "Safe", "Comments"])
}
