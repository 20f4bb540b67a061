import Clients
import Hashing
import Imaging

/// Looks at the real bytes of a file: type, size in pixels, SHA-256.
///
/// Computes; call it on the blocking pool.
struct FileInspector: Sendable {
    /// What the bytes are.
    struct Inspection: Sendable, Hashable {
        let mediaType: String
        /// Nil for what is neither a picture nor a video.
        let width: Int?
        let height: Int?
        /// 64 hexadecimal digits.
        let sha256: String
        /// The small copy; nil for what cannot be seen.
        let thumbnail: [UInt8]?
        /// The copy that screens show; nil for what is small enough as it is.
        var preview: [UInt8]?
        /// A PNG or JPEG of the same size that everything reads in the place of the bytes; nil for what is one itself.
        var converted: [UInt8]?
        /// How long a video or a recording lasts; nil for everything else.
        var durationSeconds: Double?
        /// The frames of a video in a second, on average.
        var frameRate: Double?
    }

    /// A condition in SQL: the row of `assets` is a picture that has been measured, and no video.
    static let isPicture = "width is not null and duration_seconds is null"

    /// How large a picture may be.
    var limits = PictureLimits(maximumPixels: 50_000_000, maximumBytes: FilePurpose.maximumPictureBytes)

    /// How large a frame of a video may be: as many pixels as a picture has, in the bytes that our own JPEG takes for them.
    static let frameLimits = PictureLimits(maximumPixels: FileInspector().limits.maximumPixels)

    /// Looks at what is said to be a picture of the type `announced`.
    ///
    /// The magic number decides what it is, never the name. All pixels are decoded, so that a picture whose end is
    /// missing is refused here and not in the middle of a review.
    func inspect(picture bytes: [UInt8], announced: String) throws -> Inspection {
        try inspect(picture: .bytes(bytes), announced: announced)
    }

    /// Looks at what is said to be a picture, in memory or in a file.
    func inspect(picture source: PictureSource, announced: String) throws -> Inspection {
        do {
            var limits = limits
            limits.maximumBytes = FilePurpose.subtaskContent.maximumBytes(of: announced)
            let format = try source.checkedFormat(limits)
            guard format.mediaType == announced else {
                throw Self.refusal(.uploadType, "The bytes are \(format.mediaType), not \(announced).")
            }
            let picture = try Picture.decode(source, limits: limits)
            return try inspection(of: picture, source, format.mediaType, isConverted: !format.isCommon)
        } catch let error as ImagingError {
            throw try Self.refusal(of: error)
        }
    }

    /// Looks at what is said to be a drawing of the type `announced`.
    ///
    /// The beginning of the bytes decides what it is: the ending `.ai` is told as PostScript by many, and is PDF inside.
    func inspect(
        drawing bytes: [UInt8], announced: String, by reader: DrawingReader?, checkCancellation: () throws -> Void
    ) throws -> Inspection {
        let kind = DrawingKind(magicNumber: bytes)
        switch (DrawingKind(mediaType: announced), kind) {
        case (.postScript, .postScript), (.postScript, .illustrator), (.illustrator, .illustrator), (.svg, .svg): break
        case (.illustrator, .postScript): throw Self.refusal(.uploadUnreadable, DrawingReader.Refusal.noPages.message)
        default: throw Self.refusal(.uploadType, "The bytes are not \(announced).")
        }
        guard let reader, reader.reads(kind) else { throw Self.refusal(.mediaToolsMissing, kind.unavailable) }
        do {
            let png = try reader.png(of: bytes, kind, checkCancellation: checkCancellation)
            let picture = try Picture.decode(.bytes(png), limits: Self.frameLimits)
            return try inspection(of: picture, .bytes(bytes), kind.mediaType, isConverted: true)
        } catch let refusal as DrawingReader.Refusal {
            throw Self.refusal(.uploadUnreadable, refusal.message)
        } catch let error as ImagingError {
            throw try Self.refusal(of: error)
        }
    }

    private func inspection(
        of picture: Picture, _ source: PictureSource, _ mediaType: String, isConverted: Bool
    ) throws -> Inspection {
        let isLarge = picture.width > Preview.width || picture.height > Preview.height
        let sha256 =
            switch source {
            case .bytes(let bytes): Hex.encode(SHA256.hash(bytes))
            case .file(let path): try FileDigest(of: path).sha256
            }
        return Inspection(
            mediaType: mediaType, width: picture.width, height: picture.height, sha256: sha256,
            thumbnail: try Thumbnail.bytes(of: picture),
            preview: isLarge || isConverted ? try Preview.bytes(of: picture) : nil,
            converted: isConverted ? try converted(picture) : nil)
    }

    /// The picture as PNG, or as the best JPEG where that has too many bytes for what reads pictures.
    private func converted(_ picture: Picture) throws -> [UInt8] {
        let png = try picture.pngBytes()
        if png.count <= limits.maximumBytes { return png }
        for quality in [95, 85, 70, 50] {
            let jpeg = try picture.jpegBytes(quality: quality)
            if jpeg.count <= limits.maximumBytes { return jpeg }
        }
        throw Self.refusal(.uploadUnreadable, "The picture has too many details.")
    }

    /// What the beginning of some bytes says, if it is that of a picture that may be taken; the end may be missing all the same.
    func pictureHeader(of bytes: [UInt8]) -> PictureHeader? {
        do {
            var limits = limits
            limits.maximumBytes = FilePurpose.maximumScanBytes
            return try PictureHeader.read(.bytes(bytes), limits: limits)
        } catch {
            // Whatever is wrong with it, it is none.
            return nil
        }
    }

    static func refusal(_ code: InputProblem.Code, _ message: String) -> WorkflowError {
        WorkflowError(problems: [InputProblem(["assetId"], code, message)])
    }

    /// What a person is told; errors that do not speak of the bytes are thrown on.
    private static func refusal(of error: ImagingError) throws -> WorkflowError {
        switch error.code {
        case .unsupportedFormat:
            refusal(.uploadType, "The bytes are not a PNG, JPEG, WebP, GIF, BMP, TIFF, Photoshop or ICO picture.")
        case .tooManyBytes:
            refusal(.uploadSize, "The file is too large.")
        case .tooManyPixels:
            refusal(.uploadUnreadable, "The picture has too many pixels.")
        case .missingComposite:
            refusal(
                .uploadUnreadable,
                "The Photoshop document has layers only. Save it again with \u{201C}Maximize Compatibility\u{201D}.")
        case .corruptPicture:
            refusal(.uploadUnreadable, "The picture is damaged or incomplete.")
        default:
            throw error
        }
    }
}
