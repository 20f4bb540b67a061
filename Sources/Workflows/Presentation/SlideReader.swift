import XML

/// Reads what one slide shows: its texts, and where which pictures lie (ECMA-376, Part 1, 19.3).
struct SlideReader {
    /// A film or a sound that plays on the slide.
    enum Clip: Sendable, Hashable {
        /// The part of the file that has its bytes.
        case embedded(part: String)
        /// It lies outside of the file, where nobody looks for it.
        case linked
    }

    /// A picture on the slide.
    struct Picture: Sendable, Hashable {
        /// The part of the file that has its bytes; nil for a film without a poster.
        let part: String?
        /// The film whose poster it is; nil for a picture that is only that.
        let film: Clip?
        /// The left edge of what it covers, in EMU.
        let left: Double
        /// The upper edge of what it covers, in EMU.
        let top: Double
        /// What it covers, in square EMU.
        let area: Double
        /// Where the whole picture lies, with what is cropped.
        let place: PicturePlace
    }

    /// The parts that references of a slide lead to, by their ids.
    struct Parts {
        var pictures: [String: String] = [:]
        /// Those of films and sounds; references out of the file are not among them.
        var clips: [String: String] = [:]
    }

    /// What plays when a shape is clicked: newer programs name its part beside what older ones understand.
    private struct Medium {
        private var isFilm: Bool?
        private var part: String?

        var film: Clip? { isFilm == true ? clip : nil }
        var sound: Clip? { isFilm == false ? clip : nil }
        private var clip: Clip { part.map { .embedded(part: $0) } ?? .linked }

        mutating func add(_ element: XMLElement, _ parts: Parts) {
            switch element.name {
            case "videoFile", "quickTimeFile": isFilm = true
            case "audioFile", "wavAudioFile": isFilm = false
            case "media": break
            default: return
            }
            let id = SlideReader.reference(element, "embed") ?? SlideReader.reference(element, "link")
            if let found = id.flatMap({ parts.clips[$0] }) { part = found }
        }
    }

    /// Shares of a rectangle's width and height between its edges and those of another one inside.
    private struct Margins {
        var left = 0.0
        var top = 0.0
        var right = 0.0
        var bottom = 0.0

        init() {}

        /// Reads what `srcRect` and `fillRect` have; a negative one leads outwards.
        init(_ element: XMLElement) {
            func share(_ name: String) -> Double { min(max(SlideReader.percentage(element, name), -100), 0.99) }
            (left, top, right, bottom) = (share("l"), share("t"), share("r"), share("b"))
        }

        /// The place inside one.
        func inside(_ place: SlidePlace) -> SlidePlace {
            var inner = place
            inner.x += left * place.width
            inner.y += top * place.height
            inner.width *= max(1 - left - right, 0.01)
            inner.height *= max(1 - top - bottom, 0.01)
            return inner
        }

        /// The place that has one inside.
        func around(_ place: SlidePlace) -> SlidePlace {
            var outer = place
            outer.width /= max(1 - left - right, 0.01)
            outer.height /= max(1 - top - bottom, 0.01)
            outer.x -= left * outer.width
            outer.y -= top * outer.height
            return outer
        }
    }

    /// Groups in each other beyond this are left out.
    private static let maximumDepth = 32
    /// Pictures of a slide beyond this are left out.
    private static let maximumPictures = 500
    /// Placeholders that say the same on every slide.
    private static let repeated: Swift.Set<String> = ["sldNum", "dt", "ftr"]

    private let reader: XMLReader
    /// The parts that references of the slide lead to, by their ids.
    private let parts: Parts
    /// Where placeholders of the layout lie, by index.
    private let placeholders: [String: SlideFrame]
    /// What a picture covers of which nothing says where it lies.
    private let wholeSlide: SlideFrame

    private(set) var lines: [String] = []
    private(set) var pictures: [Picture] = []
    /// The sounds that have a shape to click on; its picture is an icon.
    private(set) var sounds: [Clip] = []
    /// Where the placeholders lie, by index, if this is a layout.
    private(set) var frames: [String: SlideFrame] = [:]

    /// Reads a slide or a layout.
    init(
        _ reader: XMLReader, parts: Parts, placeholders: [String: SlideFrame], wholeSlide: SlideFrame
    ) throws {
        self.reader = reader
        self.parts = parts
        self.placeholders = placeholders
        self.wholeSlide = wholeSlide
        while let node = try reader.next() {
            if case .start(let element) = node, element.name == "spTree" { try readShapes(.slide, depth: 0) }
        }
    }

    /// Reads the shapes of the slide or of a group, whose start was the last node.
    private mutating func readShapes(_ outer: SlideSpace, depth: Int) throws {
        var space = outer
        while let node = try reader.next() {
            switch node {
            case .end: return
            case .text: continue
            case .start(let element):
                switch element.name {
                case "grpSpPr": space = try readGroupFrame(in: outer)
                case "grpSp" where depth < Self.maximumDepth: try readShapes(space, depth: depth + 1)
                case "sp", "pic": try readShape(space)
                case "graphicFrame": lines += try readParagraphs()
                // What only newer programs show stands beside what all of them do.
                case "AlternateContent" where depth < Self.maximumDepth: try readShapes(space, depth: depth + 1)
                case "Fallback": try readShapes(space, depth: depth)
                default: try reader.skipElement()
                }
            }
        }
    }

    /// Reads the frame of a group, whose properties' start was the last node.
    private func readGroupFrame(in outer: SlideSpace) throws -> SlideSpace {
        var space = outer
        try readChildren { element in
            guard element.name == "xfrm" else { return try reader.skipElement() }
            let (frame, children) = try readFrame(element)
            space = outer.group(frame, children: children)
        }
        return space
    }

    /// Reads a shape or a picture, whose start was the last node.
    private mutating func readShape(_ space: SlideSpace) throws {
        var placeholder: (type: String, index: String)?
        var frame: SlideFrame?
        var part: String?
        var crop = Margins()
        var fill = Margins()
        var medium = Medium()
        var paragraphs: [String] = []
        try readChildren { shape in
            switch shape.name {
            case "nvSpPr", "nvPicPr":
                try readAll { element in
                    if element.name == "ph" { placeholder = (element["type"] ?? "", element["idx"] ?? "0") }
                    medium.add(element, parts)
                }
            case "spPr":
                try readChildren { element in
                    guard element.name == "xfrm" else { return try reader.skipElement() }
                    frame = try readFrame(element).frame
                }
            case "blipFill":
                try readAll { element in
                    if element.name == "srcRect" { crop = Margins(element) }
                    if element.name == "fillRect" { fill = Margins(element) }
                    guard element.name == "blip", part == nil else { return }
                    part = Self.reference(element, "embed").flatMap { parts.pictures[$0] }
                }
            case "txBody": paragraphs = try readParagraphs()
            default: try reader.skipElement()
            }
        }
        if let placeholder, let frame { frames[placeholder.index] = frame }
        if !Self.repeated.contains(placeholder?.type ?? "") { lines += paragraphs }
        guard pictures.count + sounds.count < Self.maximumPictures else { return }
        if let sound = medium.sound { return sounds.append(sound) }
        guard part != nil || medium.film != nil else { return }
        let inherited = placeholder.flatMap { placeholders[$0.index] }
        let place = space.place(frame ?? inherited ?? wholeSlide)
        pictures.append(
            Picture(
                part: part, film: medium.film, left: place.left, top: place.top, area: place.area,
                place: PicturePlace(crop.around(fill.inside(place)))))
    }

    /// Reads a transform: the frame, and of a group the extent of its children.
    private func readFrame(_ transform: XMLElement) throws -> (frame: SlideFrame, children: SlideFrame) {
        var (frame, children) = (SlideFrame(), SlideFrame())
        // Sixty-thousandths of a degree.
        frame.rotation = Self.number(transform, "rot") / 60_000 * .pi / 180
        frame.isFlippedHorizontally = ["1", "true"].contains(transform["flipH"])
        frame.isFlippedVertically = ["1", "true"].contains(transform["flipV"])
        try readChildren { element in
            switch element.name {
            case "off": (frame.x, frame.y) = (Self.number(element, "x"), Self.number(element, "y"))
            case "ext": (frame.width, frame.height) = (Self.number(element, "cx"), Self.number(element, "cy"))
            case "chOff": (children.x, children.y) = (Self.number(element, "x"), Self.number(element, "y"))
            case "chExt": (children.width, children.height) = (Self.number(element, "cx"), Self.number(element, "cy"))
            default: break
            }
            try reader.skipElement()
        }
        return (frame, children)
    }

    /// The paragraphs in the element whose start was the last node, without empty ones.
    private func readParagraphs() throws -> [String] {
        var paragraphs = [""]
        try readAll { element in
            switch element.name {
            case "p", "br": paragraphs.append("")
            case "t": paragraphs[paragraphs.count - 1] += try reader.readText()
            default: break
            }
        } consumes: {
            $0.name == "t"
        }
        return paragraphs.map(\.trimmedSpaces).filter { !$0.isEmpty }
    }

    /// Calls for each child of the element whose start was the last node; the call has to go past the child.
    private func readChildren(_ body: (XMLElement) throws -> Void) throws {
        while let node = try reader.next() {
            switch node {
            case .start(let element): try body(element)
            case .text: continue
            case .end: return
            }
        }
    }

    /// Calls for each element inside the one whose start was the last node, however deep.
    ///
    /// The call goes past those that it `consumes`, and past no others.
    private func readAll(
        _ body: (XMLElement) throws -> Void, consumes: (XMLElement) -> Bool = { _ in false }
    ) throws {
        var depth = 1
        while depth > 0, let node = try reader.next() {
            switch node {
            case .start(let element):
                try body(element)
                if !consumes(element) { depth += 1 }
            case .end: depth -= 1
            case .text: continue
            }
        }
    }

    /// The id of a reference to another part: attributes of that sort have a namespace.
    static func reference(_ element: XMLElement, _ name: String) -> String? {
        element.attributes.first { $0.name == name && !$0.namespace.isEmpty }?.value
    }

    /// EMU in what a length may be given in (ECMA-376, part 1, 22.9.2.15).
    private static let units = [
        "mm": 36_000.0, "cm": 360_000, "in": 914_400, "pt": 12_700, "pc": 152_400, "pi": 152_400,
    ]

    /// A length in EMU, or another number; none of the file's is so long that it could not be computed with.
    private static func number(_ element: XMLElement, _ name: String) -> Double {
        guard let text = element[name] else { return 0 }
        let unit = units[String(text.suffix(2))]
        guard let value = Double(unit == nil ? text : String(text.dropLast(2))) else { return 0 }
        let number = value * (unit ?? 1)
        return abs(number) < 1e12 ? number : 0
    }

    /// A share of 1, written as thousandths of a percent or with a percent sign.
    private static func percentage(_ element: XMLElement, _ name: String) -> Double {
        guard let text = element[name], text.hasSuffix("%") else { return number(element, name) / 100_000 }
        return Double(text.dropLast()).flatMap { $0.isFinite ? $0 / 100 : nil } ?? 0
    }
}
