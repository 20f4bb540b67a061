import Clients
import Imaging

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

    /// The largest document of layers, in bytes: only the picture that they make together is read.
    static let maximumLayeredBytes = 500_000_000

    /// The largest document, in bytes.
    static let maximumDocumentBytes = 200_000_000

    /// The largest presentation, in bytes: it is full of pictures.
    static let maximumPresentationBytes = 500_000_000

    /// The largest Word or Excel file to be reviewed, in bytes: only the parts with texts are read.
    static let maximumScriptBytes = 200_000_000

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
        case _ where mediaType == PictureFormat.psd.mediaType: Self.maximumLayeredBytes
        default: Self.scans.contains(mediaType) ? Self.maximumScanBytes : Self.maximumPictureBytes
        }
    }

    /// Types that hardly compress, or hold much that is not shown.
    private static let scans = [
        PictureFormat.bmp.mediaType, PictureFormat.tiff.mediaType, DrawingKind.illustrator.mediaType,
        DrawingKind.postScript.mediaType,
    ]

    /// The media types of pictures.
    static let pictures = PictureFormat.allCases.map(\.mediaType) + DrawingKind.allCases.map(\.mediaType)

    /// Other names of media types, as browsers and Google Drive give them.
    private static let otherNames = [
        "application/photoshop": PictureFormat.psd.mediaType, "application/x-photoshop": PictureFormat.psd.mediaType,
        "image/x-photoshop": PictureFormat.psd.mediaType, "image/psd": PictureFormat.psd.mediaType,
        "image/x-icon": PictureFormat.ico.mediaType, "image/ico": PictureFormat.ico.mediaType,
        "image/svg+xml-compressed": DrawingKind.svg.mediaType,
        "application/vnd.adobe.illustrator": DrawingKind.illustrator.mediaType,
        "application/eps": DrawingKind.postScript.mediaType, "application/x-eps": DrawingKind.postScript.mediaType,
        "image/eps": DrawingKind.postScript.mediaType, "image/x-eps": DrawingKind.postScript.mediaType,
    ]

    /// A media type in small letters, by the name that files here have it.
    static func canonical(_ mediaType: String) -> String {
        let mediaType = mediaType.lowercased()
        return otherNames[mediaType] ?? mediaType
    }

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
