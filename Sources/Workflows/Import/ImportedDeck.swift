import FoundationEssentials
import Imaging

/// What is imported of a presentation: its pictures, films and sounds as files of this machine, and what its slides say
/// beside them.
///
/// Computes, reads the disk and runs programs: make it on the blocking pool.
struct ImportedDeck: Sendable {
    /// A picture, a film or a sound, once however many slides show it.
    struct File: Sendable {
        let path: String
        let byteCount: Int
        let inspection: FileInspector.Inspection
        let fileName: String

        /// The sort of material that it is.
        var kind: String { MediaInspector.kind(of: inspection.mediaType) ?? "PICTURE" }
    }

    /// A slide of which something is imported.
    struct Slide: Sendable {
        let number: Int
        let text: String
        /// The position of its main film, picture or sound.
        let file: Int
    }

    /// The texts of the first slide.
    private(set) var title = ""
    private(set) var files: [File] = []
    /// The slides with something that can be read.
    private(set) var slides: [Slide] = []
    /// Of slides, those that show or play something of which nothing can be read; of pictures, those that cannot.
    private(set) var skipped = 0
    /// What was imported otherwise than it stands there.
    private(set) var warnings: [ImportWarning] = []

    /// Films and sounds that were looked at, by their parts: the positions, or why they are not among the files.
    var clips: [ClipKind: [String: Result<Int, ClipRefusal>]] = [:]
    /// The positions of files by their bytes: the same ones may be in the presentation more than once.
    private(set) var known: [String: Int] = [:]
    private var positions: [String: Int?] = [:]
    private let folder: String
    private let stem: String

    /// Reads a presentation and writes its files into `folder`, which has to exist.
    ///
    /// Of each slide the main film, picture or sound, or with `everyPicture` all pictures that are no ornaments, and
    /// nothing else. `stem` is what the files are named after. Throws a problem of the input for a file that is no
    /// presentation, is damaged, or has nothing in it.
    init(
        path: String, everyPicture: Bool, folder: String, stem: String, media: MediaInspector,
        checkCancellation: () throws -> Void
    ) throws {
        self.folder = folder
        self.stem = String(stem.prefix(200))
        do {
            let reader = try PresentationReader(path: path)
            let slides = try reader.slides(checkCancellation: checkCancellation)
            title = slides.first?.text ?? ""
            for slide in slides {
                try checkCancellation()
                if everyPicture {
                    for case let part? in slide.pictures.map(\.part) where try add(part, of: slide, reader) == nil {
                        skipped += 1
                    }
                } else if let main = try main(of: slide, reader, media, checkCancellation) {
                    self.slides.append(Slide(number: slide.number, text: slide.text, file: main))
                } else if !slide.pictures.isEmpty || !slide.sounds.isEmpty {
                    skipped += 1
                }
            }
        } catch let error as OfficeError {
            throw FileInspector.refusal(error.kind == .tooLarge ? .uploadSize : .uploadUnreadable, error.message)
        }
        if files.isEmpty {
            throw FileInspector.refusal(
                .nothingToImport,
                everyPicture
                    ? "No slide has a picture that could be imported."
                    : "No slide has a picture, a video or a recording that could be imported.")
        }
    }

    /// The first of what a slide shows that can be read, in the order in which they are its main one.
    ///
    /// Of a film that cannot, its poster. A sound counts only where nothing is shown.
    private mutating func main(
        of slide: PresentationReader.Slide, _ reader: PresentationReader, _ media: MediaInspector,
        _ checkCancellation: () throws -> Void
    ) throws -> Int? {
        for picture in slide.pictures {
            var refusal: ClipRefusal?
            if let film = picture.film {
                switch try find(film, .film, of: slide, reader, media, checkCancellation) {
                case .success(let position): return position
                case .failure(let found): refusal = found
                }
            }
            let shown = if let part = picture.part { try add(part, of: slide, reader) } else { nil as Int? }
            if let refusal { warnings.append(refusal.warning(slide.number, isPosterTaken: shown != nil)) }
            if let shown { return shown }
        }
        for sound in slide.sounds where slide.pictures.isEmpty {
            switch try find(sound, .sound, of: slide, reader, media, checkCancellation) {
            case .success(let position): return position
            case .failure(let refusal): warnings.append(refusal.warning(slide.number))
            }
        }
        return nil
    }

    /// The position of a picture among the files; nil for one that cannot be read.
    private mutating func add(
        _ part: String, of slide: PresentationReader.Slide, _ reader: PresentationReader
    ) throws -> Int? {
        if let position = positions[part] { return position }
        let position = try read(part, of: slide, reader)
        positions[part] = .some(position)
        return position
    }

    private mutating func read(
        _ part: String, of slide: PresentationReader.Slide, _ reader: PresentationReader
    ) throws -> Int? {
        guard var bytes = try reader.bytes(ofPicture: part), var format = PictureFormat(magicNumber: bytes) else {
            return nil
        }
        var inspection: FileInspector.Inspection
        do {
            inspection = try FileInspector().inspect(picture: bytes, announced: format.mediaType)
            // The presentation keeps a bitmap; its material is a file that everything reads.
            if let copy = inspection.converted, let common = PictureFormat(magicNumber: copy) {
                (bytes, format) = (copy, common)
                inspection = try FileInspector().inspect(picture: bytes, announced: format.mediaType)
            }
        } catch let error as WorkflowError where error.code == .invalidInput {
            return nil
        }
        if let position = known[inspection.sha256] { return position }
        let path = nextPath
        try Data(bytes).write(to: URL(filePath: path))
        return append(path, bytes.count, inspection, of: slide, format.fileExtension)
    }

    /// Where the bytes of the next file belong.
    var nextPath: String { "\(folder)/\(files.count)" }

    /// Adds a file that is at `nextPath`, and gives its position.
    mutating func append(
        _ path: String, _ byteCount: Int, _ inspection: FileInspector.Inspection, of slide: PresentationReader.Slide,
        _ fileExtension: String
    ) -> Int {
        let position = files.count
        files.append(
            File(
                path: path, byteCount: byteCount, inspection: inspection,
                fileName: "\(stem)-\(slide.number).\(fileExtension)"))
        known[inspection.sha256] = position
        return position
    }
}
