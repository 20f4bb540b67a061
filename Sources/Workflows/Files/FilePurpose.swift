import Clients

/// What a file is for; it decides the allowed types and sizes.
///
/// The raw values are stored.
public enum FilePurpose: String, Sendable, Hashable, CaseIterable {
    /// A picture, a script, a video or a recording to be reviewed.
    case subtaskContent = "SUBTASK_CONTENT"
    /// A picture that a review point compares with.
    case rpdReference = "RPD_REFERENCE"
    /// A document of a project.
    case document = "DOCUMENT"
    /// How characters call each other, for a review point.
    case appellationTable = "APPELLATION_TABLE"

    /// The largest picture, in bytes.
    static let maximumPictureBytes = 10_000_000

    /// The largest picture of the types that hardly compress, in bytes.
    static let maximumScanBytes = 100_000_000

    /// The largest document, in bytes.
    static let maximumDocumentBytes = 200_000_000

    /// The largest presentation, in bytes: it is full of pictures.
    static let maximumPresentationBytes = 500_000_000

    /// The largest Word or Excel file to be reviewed, in bytes: it is read whole.
    static let maximumScriptBytes = 20_000_000

    /// The largest video, in bytes.
    static let maximumVideoBytes = 1_000_000_000

    /// The largest recording, in bytes.
    static let maximumSoundBytes = 200_000_000

    /// The largest file of this purpose and of one of its media types, in bytes.
    func maximumBytes(of mediaType: String) -> Int {
        switch (self, DocumentKind(mediaType: mediaType)) {
        case (.document, .powerPoint): Self.maximumPresentationBytes
        case (.document, _): Self.maximumDocumentBytes
        case (.subtaskContent, .word), (.subtaskContent, .excel): Self.maximumScriptBytes
        case (.subtaskContent, _) where MediaInspector.videoTypes.contains(mediaType): Self.maximumVideoBytes
        case (.subtaskContent, _) where MediaInspector.soundTypes.contains(mediaType): Self.maximumSoundBytes
        default: Self.scans.contains(mediaType) ? Self.maximumScanBytes : Self.maximumPictureBytes
        }
    }

    /// Pictures of which a copy is made that everything reads.
    private static let scans = ["image/bmp", "image/tiff"]

    private static let pictures =
        ["image/png", "image/jpeg", "image/webp", "image/gif"] + scans + [DrawingReader.mediaType]

    /// The media types of this purpose.
    var mediaTypes: [String] {
        switch self {
        case .document: DocumentKind.allMediaTypes
        case .subtaskContent:
            Self.pictures + DocumentKind.scripts.flatMap(\.mediaTypes) + MediaInspector.videoTypes
                + MediaInspector.soundTypes
        case .rpdReference: Self.pictures
        case .appellationTable: AppellationFile.mediaTypes
        }
    }
}
