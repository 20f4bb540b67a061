import Clients

/// What a document is, by the media type that its bytes were checked for.
///
/// The raw values are stored.
public enum DocumentKind: String, Sendable, Hashable, CaseIterable {
    case pdf = "PDF"
    case word = "WORD"
    case excel = "EXCEL"
    case powerPoint = "POWERPOINT"
    case text = "TEXT"

    /// The kind of a media type; nil for one that no document has.
    init?(mediaType: String) {
        guard let kind = Self.allCases.first(where: { $0.mediaTypes.contains(mediaType) }) else { return nil }
        self = kind
    }

    /// The media type of what is read: an old file of Office has a copy of it.
    var mediaType: String { mediaTypes[0] }

    var mediaTypes: [String] {
        let office = "application/vnd.openxmlformats-officedocument"
        return switch self {
        case .pdf: ["application/pdf"]
        case .word: ["\(office).wordprocessingml.document", OldOfficeKind.word.mediaType]
        case .excel: ["\(office).spreadsheetml.sheet", OldOfficeKind.excel.mediaType]
        case .powerPoint: ["\(office).presentationml.presentation", OldOfficeKind.powerPoint.mediaType]
        case .text: ["text/plain", "text/csv"]
        }
    }

    /// The part that an Office file of this kind has in its ZIP archive (ECMA-376, Part 2); nil for other files.
    var mainPart: String? {
        switch self {
        case .word: "word/document.xml"
        case .excel: "xl/workbook.xml"
        case .powerPoint: "ppt/presentation.xml"
        case .pdf, .text: nil
        }
    }

    /// The kinds of scripts, whose spoken lines can be checked.
    static let scripts: [DocumentKind] = [.text, .word, .excel]

    /// The media types of all kinds.
    static var allMediaTypes: [String] { allCases.flatMap(\.mediaTypes) }
}
