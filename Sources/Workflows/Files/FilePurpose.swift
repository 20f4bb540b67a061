/// What a file is for; it decides the allowed types and sizes.
///
/// The raw values are stored.
public enum FilePurpose: String, Sendable, Hashable, CaseIterable {
    /// A picture or a text to be reviewed.
    case subtaskContent = "SUBTASK_CONTENT"
    /// A picture that a review point compares with.
    case rpdReference = "RPD_REFERENCE"
    /// A document of a project.
    case document = "DOCUMENT"

    /// The largest picture, in bytes.
    static let maximumPictureBytes = 10_000_000

    /// The largest document, in bytes.
    static let maximumDocumentBytes = 200_000_000

    /// The largest file of this purpose, in bytes.
    var maximumBytes: Int { self == .document ? Self.maximumDocumentBytes : Self.maximumPictureBytes }

    private static let pictures = ["image/png", "image/jpeg", "image/webp", "image/gif"]

    /// The media types of this purpose.
    var mediaTypes: [String] {
        switch self {
        case .document: DocumentKind.allMediaTypes
        case .subtaskContent: Self.pictures + DocumentKind.text.mediaTypes
        case .rpdReference: Self.pictures
        }
    }
}
