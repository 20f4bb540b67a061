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

    private init(
        languageTag: String, reviewReport: String, pictures: String, findings: String, risk: String, alert: String,
        safe: String, unjudged: String, held: String, wholePicture: String, suggestion: String, continued: String,
        noFindings: String, pictureUnavailable: String, moreFollows: String, findingsTable: String, columns: [String]
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
    }

    private static let japanese = DeckLabels(
        languageTag: "ja-JP", reviewReport: "監修レポート", pictures: "画像", findings: "指摘", risk: "リスク",
        alert: "注意", safe: "安全", unjudged: "未評価", held: "保留", wholePicture: "画像全体", suggestion: "提案",
        continued: "続き", noFindings: "指摘はありません", pictureUnavailable: "画像を表示できません",
        moreFollows: "次のページに続く", findingsTable: "指摘一覧",
        columns: ["No.", "頁", "判定", "監修項目", "指摘内容", "提案"])

    private static let english = DeckLabels(
        languageTag: "en-US", reviewReport: "Review report", pictures: "Pictures", findings: "Findings", risk: "Risk",
        alert: "Alert", safe: "Safe", unjudged: "Not judged", held: "Held", wholePicture: "Whole picture",
        suggestion: "Suggestion", continued: "continued", noFindings: "No findings",
        pictureUnavailable: "The picture is not available", moreFollows: "Continued on the next slide",
        findingsTable: "Findings", columns: ["No.", "Slide", "Severity", "Review point", "Finding", "Suggestion"])
}
