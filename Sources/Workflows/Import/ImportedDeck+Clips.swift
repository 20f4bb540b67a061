import FoundationEssentials

// The films and sounds of presentations: their bytes go from the archive to the disk piece by piece, and are looked at there
// like those that people upload.
extension ImportedDeck {
    /// What a clip is by the slide's word; its bytes have to agree.
    enum ClipKind {
        case film
        case sound

        /// The types that are taken.
        var mediaTypes: [String] {
            switch self {
            case .film: MediaInspector.videoTypes
            case .sound: MediaInspector.soundTypes
            }
        }

        /// The largest, in bytes.
        var maximumBytes: Int {
            switch self {
            case .film: FilePurpose.maximumVideoBytes
            case .sound: FilePurpose.maximumSoundBytes
            }
        }

        /// For people.
        var name: String {
            switch self {
            case .film: "video"
            case .sound: "recording"
            }
        }
    }

    /// Why a clip is not taken.
    struct ClipRefusal: Error {
        let code: ImportWarning.Code
        /// For people, in English.
        let message: String

        init(_ code: ImportWarning.Code, _ message: String) {
            self.code = code
            self.message = message
        }

        /// What is said of a slide with this clip; a sound has no poster.
        func warning(_ slideNumber: Int, isPosterTaken: Bool? = nil) -> ImportWarning {
            let poster =
                switch isPosterTaken {
                case true?: " Its poster was imported instead."
                case false?: " It has no poster that could be imported."
                case nil: ""
                }
            return ImportWarning(code, slideNumber: slideNumber, message + poster)
        }
    }

    /// The position of a film or a sound among the files, or why it is not taken.
    mutating func find(
        _ clip: SlideReader.Clip, _ kind: ClipKind, of slide: PresentationReader.Slide, _ reader: PresentationReader,
        _ media: MediaInspector, _ checkCancellation: () throws -> Void
    ) throws -> Result<Int, ClipRefusal> {
        guard case .embedded(let part) = clip else {
            return .failure(
                ClipRefusal(.mediaLinked, "The \(kind.name) is linked, not in the presentation, and was not fetched."))
        }
        if let found = clips[kind]?[part] { return found }
        var found = Result<Int, ClipRefusal>.failure(
            ClipRefusal(.mediaRefused, "The presentation has not the bytes of the \(kind.name)."))
        if let count = reader.package.byteCount(of: part) {
            do {
                let limit = kind.maximumBytes
                if count > limit { throw FileInspector.refusal(.uploadSize, "At most \(limit) bytes are allowed.") }
                found = .success(try read(part, kind, of: slide, reader, media, checkCancellation))
            } catch let error as WorkflowError where error.code == .invalidInput {
                found = .failure(ClipRefusal(.mediaRefused, "The \(kind.name) was not taken: \(error.message)"))
            }
        }
        clips[kind, default: [:]][part] = found
        return found
    }

    /// Writes a clip to the disk, looks at it, and gives its position; throws a problem of the input for one that cannot be
    /// read or is none of its kind.
    private mutating func read(
        _ part: String, _ kind: ClipKind, of slide: PresentationReader.Slide, _ reader: PresentationReader,
        _ media: MediaInspector, _ checkCancellation: () throws -> Void
    ) throws -> Int {
        let path = nextPath
        do {
            try reader.package.extract(part, to: path, checkCancellation: checkCancellation)
        } catch let error as OfficeError {
            throw FileInspector.refusal(.uploadUnreadable, error.message)
        }
        do {
            let inspection = try media.inspect(
                path: path, announced: kind.mediaTypes, checkCancellation: checkCancellation)
            if let position = known[inspection.sha256] {
                try FileManager.default.removeItem(atPath: path)
                return position
            }
            let size = reader.package.byteCount(of: part) ?? 0
            return append(
                path, size, inspection, of: slide, MediaInspector.fileExtension(of: inspection.mediaType))
        } catch let error as WorkflowError where error.code == .invalidInput {
            // The next file gets its place.
            try FileManager.default.removeItem(atPath: path)
            throw error
        }
    }
}
