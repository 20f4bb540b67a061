import Clients
import Imaging

/// Looks at the real bytes of what is said to be a video or a recording.
///
/// Blocks; call it on the blocking pool.
struct MediaInspector: Sendable {
    /// The types of videos.
    static let videoTypes = ["video/mp4", "video/quicktime", "video/webm"]
    /// The types of recordings.
    static let soundTypes = [
        "audio/mpeg", "audio/mp4", "audio/x-m4a", "audio/wav", "audio/x-wav", "audio/ogg", "audio/flac",
    ]

    /// Nil where ffmpeg is not installed.
    let reader: MediaReader?
    /// How large a frame may be: what is shown is looked at like a picture.
    private let limits = FileInspector().limits

    init(reader: MediaReader?) { self.reader = reader }

    /// Whether a media type is one of a video or a recording.
    static func covers(_ mediaType: String) -> Bool {
        videoTypes.contains(mediaType) || soundTypes.contains(mediaType)
    }

    /// The sort of material that a file of a media type is; nil for one that is neither a video nor a recording.
    static func kind(of mediaType: String) -> String? {
        videoTypes.contains(mediaType) ? "VIDEO" : soundTypes.contains(mediaType) ? "AUDIO" : nil
    }

    /// The usual file name extension of a media type, without a dot.
    static func fileExtension(of mediaType: String) -> String {
        switch family(mediaType) {
        case "video/webm": "webm"
        case "video/mp4": mediaType == "video/quicktime" ? "mov" : "mp4"
        case "audio/mpeg": "mp3"
        case "audio/mp4": "m4a"
        case let sound: String(sound.drop { $0 != "/" }.dropFirst())
        }
    }

    /// Looks at a file; throws a problem of the input when it is nothing of what was announced.
    func inspect(
        path: String, announced: [String], checkCancellation: () throws -> Void
    ) throws -> FileInspector.Inspection {
        do {
            guard let reader else { throw MediaReader.Refusal.unavailable }
            let media = try reader.inspect(
                path, maximumPixels: limits.maximumPixels, checkCancellation: checkCancellation)
            guard announced.contains(where: { Self.family($0) == Self.family(media.mediaType) }) else {
                let types = announced.joined(separator: ", ")
                throw FileInspector.refusal(.uploadType, "The bytes are \(media.mediaType), not \(types).")
            }
            let poster = try media.pictures.map {
                try Self.poster(of: path, media.durationSeconds, $0, reader, checkCancellation)
            }
            return FileInspector.Inspection(
                mediaType: media.mediaType, width: media.pictures?.width, height: media.pictures?.height,
                sha256: try FileDigest(of: path).sha256, thumbnail: poster, durationSeconds: media.durationSeconds,
                frameRate: media.pictures?.frameRate)
        } catch let refusal as MediaReader.Refusal {
            let code: InputProblem.Code =
                switch refusal.reason {
                case .unavailable: .mediaToolsMissing
                case .wrongType: .uploadType
                case .unreadable: .uploadUnreadable
                }
            throw FileInspector.refusal(code, refusal.message)
        }
    }

    /// Where a video is looked into for its small picture, as a fraction of its length.
    private static let posterMoment = 0.1
    /// Where it is looked into if it shows nothing there: it may fade in from black.
    private static let laterMoments = [0.25, 0.5, 0.75]

    /// A small copy of the first of some frames that shows something; of the first of all if none does.
    private static func poster(
        of path: String, _ seconds: Double, _ pictures: MediaReader.Pictures, _ reader: MediaReader,
        _ checkCancellation: () throws -> Void
    ) throws -> [UInt8] {
        func picture(at fraction: Double) throws -> Picture {
            let frame = try reader.frame(
                at: seconds * fraction, of: path, width: pictures.width, height: pictures.height,
                checkCancellation: checkCancellation)
            return try Picture.decode(.bytes(frame), limits: FileInspector.frameLimits)
        }
        func isBlank(_ picture: Picture) throws -> Bool {
            PictureQuality(of: LuminanceMap(try picture.fitted(into: Thumbnail.side).bitmap())).isBlank
        }
        let first = try picture(at: posterMoment)
        var shown = first
        for fraction in laterMoments where try isBlank(shown) { shown = try picture(at: fraction) }
        return try Thumbnail.bytes(of: isBlank(shown) ? first : shown)
    }

    /// Types that are names of one thing: which of them a file is called is a matter of the program that made it.
    private static func family(_ mediaType: String) -> String {
        switch mediaType {
        case "video/quicktime": "video/mp4"
        case "audio/x-m4a": "audio/mp4"
        case "audio/x-wav": "audio/wav"
        default: mediaType
        }
    }
}
