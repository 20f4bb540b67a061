import XML

/// Reads the slides of a presentation: what they say, and which pictures and films they show.
///
/// Not sendable; computes and reads the disk: make and use it on the blocking pool. Throws `OfficeError`.
struct PresentationReader {
    /// The most slides.
    static let maximumSlides = 500
    /// The largest part that is read as XML, in bytes: a slide with drawings has some megabytes.
    private static let maximumPartBytes = 32 << 20

    /// What a slide shows.
    struct Slide: Sendable, Hashable {
        /// Its place, from 1.
        let number: Int
        /// Its texts, a paragraph a line.
        let text: String
        /// Its pictures and the posters of its films, without ornaments, the main one first.
        let pictures: [SlideReader.Picture]
        /// Its sounds, in the order of the file.
        let sounds: [SlideReader.Clip]
        /// The name of its part.
        let part: String
        /// The id by which the presentation refers to it.
        let reference: String
    }

    let package: OfficePackage
    /// The part that lists the slides.
    let mainPart: String
    /// The variant of the format; nil if it is one that nobody knows, which may be readable all the same.
    let variant: OfficeVariant?
    private let slideParts: [(part: String, reference: String)]
    private let wholeSlide: SlideFrame

    /// Opens a file of this machine.
    init(path: String) throws {
        package = try OfficePackage(path: path)
        let main = try package.mainPart()
        mainPart = main
        var references: [String] = []
        // The size of slides of a file that does not say it: 10 by 7.5 inches.
        var size = SlideFrame(width: 9_144_000, height: 6_858_000)
        var variant: OfficeVariant?
        try Self.read(main, of: package) { reader in
            while let node = try reader.next() {
                guard case .start(let element) = node else { continue }
                if element.name == "presentation" {
                    variant = OfficeVariant(presentationNamespace: element.namespace)
                }
                if element.name == "sldId", let id = SlideReader.reference(element, "id") { references.append(id) }
                if element.name == "sldSz", let width = element["cx"].flatMap(Double.init),
                    let height = element["cy"].flatMap(Double.init), width > 0, height > 0
                {
                    (size.width, size.height) = (width, height)
                }
            }
        }
        guard references.count <= Self.maximumSlides else {
            throw OfficeError(kind: .tooLarge, message: "At most \(Self.maximumSlides) slides are imported.")
        }
        let parts = Self.parts(try package.relationships(of: main), ofTypes: "slide")
        slideParts = references.compactMap { id in parts[id].map { ($0, id) } }
        wholeSlide = size
        self.variant = variant
    }

    /// The whole slide, in EMU.
    var slideSize: EMURect {
        EMURect(x: 0, y: 0, width: Int(min(wholeSlide.width, 1e9)), height: Int(min(wholeSlide.height, 1e9)))
    }

    /// Reads all slides.
    func slides(checkCancellation: () throws -> Void) throws -> [Slide] {
        var layouts: [String: [String: SlideFrame]] = [:]
        return try slideParts.enumerated().map { index, place in
            let part = place.part
            try checkCancellation()
            let references = try package.relationships(of: part)
            var placeholders: [String: SlideFrame] = [:]
            if let layout = references.first(where: { $0.type == "slideLayout" })?.part {
                placeholders = try layouts[layout] ?? frames(ofLayout: layout)
                layouts[layout] = placeholders
            }
            let parts = SlideReader.Parts(
                pictures: Self.parts(references, ofTypes: "image"),
                clips: Self.parts(references, ofTypes: "media", "video", "audio"))
            let content = try read(part, parts: parts, placeholders)
            return Slide(
                number: index + 1, text: content.lines.joined(separator: "\n"),
                pictures: MainPicture.order(content.pictures, width: wholeSlide.width, height: wholeSlide.height),
                sounds: content.sounds, part: part, reference: place.reference)
        }
    }

    /// The bytes of a picture's part; nil for one that is missing, or larger than any picture may be.
    func bytes(ofPicture part: String) throws -> [UInt8]? {
        guard let count = package.byteCount(of: part), count <= FilePurpose.maximumScanBytes else { return nil }
        return try package.bytes(of: part)
    }

    private func frames(ofLayout part: String) throws -> [String: SlideFrame] {
        guard package.byteCount(of: part) != nil else { return [:] }
        return try read(part, parts: SlideReader.Parts(), [:]).frames
    }

    private func read(
        _ part: String, parts: SlideReader.Parts, _ placeholders: [String: SlideFrame]
    ) throws -> SlideReader {
        try Self.read(part, of: package) {
            try SlideReader($0, parts: parts, placeholders: placeholders, wholeSlide: wholeSlide)
        }
    }

    private static func read<T>(
        _ part: String, of package: OfficePackage, _ body: (XMLReader) throws -> T
    ) throws -> T {
        guard package.byteCount(of: part) ?? 0 <= maximumPartBytes else {
            throw OfficeError(kind: .tooLarge, message: "A part of the file is too large.")
        }
        return try package.read(part, body)
    }

    private static func parts(
        _ references: [OfficePackage.Relationship], ofTypes types: String...
    ) -> [String: String] {
        let wanted = references.filter { types.contains($0.type) }
        return Dictionary(wanted.map { ($0.id, $0.part) }, uniquingKeysWith: { first, _ in first })
    }
}
