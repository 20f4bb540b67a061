/// The formats of exports, by the names that are stored.
enum ExportFormat: String, Sendable {
    case pptx = "PPTX"
    case pdf = "PDF"
    case zip = "ZIP"
    case xlsx = "XLSX"

    /// How names of files end.
    var ending: String { rawValue.lowercased() }

    var mediaType: String {
        switch self {
        case .pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation"
        case .pdf: "application/pdf"
        case .zip: "application/zip"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        }
    }
}
