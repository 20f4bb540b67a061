/// What a file is for; it decides the allowed types and sizes.
///
/// The raw values are stored.
public enum FilePurpose: String, Sendable, Hashable, CaseIterable {
    /// A picture to be reviewed.
    case subtaskContent = "SUBTASK_CONTENT"
    /// A picture that a review point compares with.
    case rpdReference = "RPD_REFERENCE"

    /// The largest picture, in bytes.
    static let maximumPictureBytes = 10_000_000

    /// The largest file of this purpose, in bytes.
    var maximumBytes: Int { Self.maximumPictureBytes }

    /// The media types of this purpose.
    var mediaTypes: [String] { ["image/png", "image/jpeg", "image/webp", "image/gif"] }
}
