import FoundationEssentials
import Imaging

/// What is imported of a presentation: its pictures as files of this machine, and what its slides say beside them.
///
/// Computes and reads the disk: make it on the blocking pool.
struct ImportedDeck: Sendable {
    /// A picture, once however many slides show it.
    struct Picture: Sendable {
        let path: String
        let byteCount: Int
        let inspection: FileInspector.Inspection
        let fileName: String
    }

    /// A slide of which something is imported.
    struct Slide: Sendable {
        let number: Int
        let text: String
        /// The position of its main picture.
        let picture: Int
    }

    /// The texts of the first slide.
    private(set) var title = ""
    private(set) var pictures: [Picture] = []
    /// The slides with a main picture that can be read.
    private(set) var slides: [Slide] = []
    /// Of slides, those with pictures of which none can be read; of pictures, those that cannot.
    private(set) var skipped = 0

    private let folder: String
    private let stem: String
    private var positions: [String: Int?] = [:]
    private var known: [String: Int] = [:]

    /// Reads a presentation and writes its pictures into `folder`, which has to exist.
    ///
    /// Of each slide the main one, or with `everyPicture` all that are no ornaments. `stem` is what the files are named
    /// after. Throws a problem of the input for a file that is no presentation, is damaged, or has nothing in it.
    init(
        path: String, everyPicture: Bool, folder: String, stem: String, checkCancellation: () throws -> Void
    ) throws {
        self.folder = folder
        self.stem = String(stem.prefix(200))
        do {
            let reader = try PresentationReader(path: path)
            let slides = try reader.slides(checkCancellation: checkCancellation)
            title = slides.first?.text ?? ""
            for slide in slides where !slide.pictures.isEmpty {
                try checkCancellation()
                if everyPicture {
                    for picture in slide.pictures where try add(picture, of: slide, reader) == nil { skipped += 1 }
                } else if let main = try main(of: slide, reader) {
                    self.slides.append(Slide(number: slide.number, text: slide.text, picture: main))
                } else {
                    skipped += 1
                }
            }
        } catch let error as OfficeError {
            throw FileInspector.refusal(error.kind == .tooLarge ? .uploadSize : .uploadUnreadable, error.message)
        }
        if pictures.isEmpty {
            throw FileInspector.refusal(.nothingToImport, "No slide has a picture that could be imported.")
        }
    }

    /// The first picture of a slide that can be read, in the order in which they are its main one.
    private mutating func main(of slide: PresentationReader.Slide, _ reader: PresentationReader) throws -> Int? {
        for picture in slide.pictures {
            if let position = try add(picture, of: slide, reader) { return position }
        }
        return nil
    }

    /// The position of a picture among those that are imported; nil for one that cannot be read.
    private mutating func add(
        _ picture: SlideReader.Picture, of slide: PresentationReader.Slide, _ reader: PresentationReader
    ) throws -> Int? {
        if let position = positions[picture.part] { return position }
        let position = try read(picture, of: slide, reader)
        positions[picture.part] = .some(position)
        return position
    }

    private mutating func read(
        _ picture: SlideReader.Picture, of slide: PresentationReader.Slide, _ reader: PresentationReader
    ) throws -> Int? {
        guard let bytes = try reader.bytes(of: picture), let format = PictureFormat(magicNumber: bytes) else {
            return nil
        }
        let inspection: FileInspector.Inspection
        do {
            inspection = try FileInspector().inspect(picture: bytes, announced: format.mediaType)
        } catch let error as WorkflowError where error.code == .invalidInput {
            return nil
        }
        // The same picture may be in the file more than once.
        if let position = known[inspection.sha256] { return position }
        let position = pictures.count
        let path = "\(folder)/\(position)"
        try Data(bytes).write(to: URL(filePath: path))
        pictures.append(
            Picture(
                path: path, byteCount: bytes.count, inspection: inspection,
                fileName: "\(stem)-\(slide.number).\(format.fileExtension)"))
        known[inspection.sha256] = position
        return position
    }
}
