// A slide as a value: builders decide what is on it, `SlideWriter` only prints it.

/// One slide, ready to be printed.
struct Slide {
    /// The layouts of the master, by the number of their part.
    enum Layout: Int, CaseIterable {
        case title = 1
        case content = 2
    }

    /// What else of the package a slide refers to.
    enum Reference: Hashable {
        case media(number: Int, format: DeckPicture.Format)
        case slide(number: Int)
    }

    /// The ids by which a slide refers to other parts: a stem with a number.
    struct ReferenceIDs {
        var stem: String
        /// The number of the first one.
        var first: Int

        /// Those of our own slides; the first one is the layout's.
        static let own = ReferenceIDs(stem: "rId", first: 2)

        /// The id of the reference at an index.
        func id(_ index: Int) -> String { "\(stem)\(first + index)" }
    }

    enum Item {
        case shape(Shape)
        case picture(Picture)
        case table(Table)
        case arrow(Arrow)
        case drawing(Drawing)
    }

    var layout: Layout
    var background: String?
    var items: [Item] = []
    /// In the order of their relationship ids.
    private(set) var references: [Reference] = []
    private let referenceIDs: ReferenceIDs

    init(layout: Layout, background: String? = nil, referenceIDs: ReferenceIDs = .own) {
        self.layout = layout
        self.background = background
        self.referenceIDs = referenceIDs
    }

    /// The relationship id of something the slide refers to.
    mutating func relationship(to reference: Reference) -> String {
        let index = references.firstIndex(of: reference) ?? references.count
        if index == references.count { references.append(reference) }
        return referenceIDs.id(index)
    }

    /// What the slide refers to, with the relationship ids.
    var identifiedReferences: [(id: String, reference: Reference)] {
        references.enumerated().map { (referenceIDs.id($0), $1) }
    }

    mutating func add(_ shape: Shape) { items.append(.shape(shape)) }
}

extension Slide {
    /// A shape with or without text.
    struct Shape {
        enum Geometry: String {
            case rectangle = "rect"
            case rounded = "roundRect"
            case ellipse
        }

        /// A placeholder of the layout that the shape fills.
        enum Placeholder: String {
            case title
            case centredTitle = "ctrTitle"
            case subtitle = "subTitle"
            case slideNumber = "sldNum"
        }

        struct Line {
            var colour: String
            var width: Int
            var isDashed = false
            /// Whether corners are round, as a pen makes them.
            var isRound = false
        }

        var name: String
        var description = ""
        var frame: EMURect
        /// How far it is turned about its centre, clockwise, in sixty-thousandths of a degree.
        var rotation = 0
        var geometry = Geometry.rectangle
        var placeholder: Placeholder?
        var fill: String?
        var line: Line?
        var text: TextBody?
    }

    /// A straight line with a head at its end.
    struct Arrow {
        var name: String
        var description: String
        var from: EMUPoint
        var to: EMUPoint
        var line: Shape.Line
    }

    /// Lines by hand.
    struct Drawing {
        struct Stroke {
            var points: [EMUPoint]
            var isClosed: Bool
        }

        var name: String
        var description: String
        /// With all points in it.
        var frame: EMURect
        var strokes: [Stroke]
        var line: Shape.Line
    }

    /// A picture of the package's media.
    struct Picture {
        var name: String
        var description: String
        var relationship: String
        var frame: EMURect
    }

    /// A table; each row has as many cells as there are columns.
    struct Table {
        struct Cell {
            var paragraphs: [Paragraph]
            /// Whether the text stands in the middle of the height, not at the top.
            var isMiddle = false
        }

        struct Row {
            var height: Int
            var fill: String
            var cells: [Cell]
        }

        var name: String
        var x: Int
        var y: Int
        var columns: [Int]
        var rows: [Row]
        /// The room around the text of every cell.
        var insets: Insets
    }

    /// The room between the edges of a shape and its text, in EMU.
    struct Insets {
        var left = 0
        var top = 0
        var right = 0
        var bottom = 0
    }

    /// The text of a shape.
    struct TextBody {
        enum Anchor: String {
            case top = "t"
            case middle = "ctr"
            case bottom = "b"
        }

        var paragraphs: [Paragraph]
        var anchor = Anchor.top
        var insets = Insets()
        /// Whether lines break at the shape's edge; a number in a small shape must not.
        var wraps = true
    }

    struct Paragraph {
        enum Alignment: String {
            case left = "l"
            case centre = "ctr"
            case right = "r"
        }

        var runs: [Run]
        var alignment = Alignment.left
        /// The exact height of a line in points, so that every renderer makes the same pages.
        var line: Double?
        var spaceBefore = 0.0
    }

    struct Run {
        var text: String
        var points: Double
        var isBold = false
        var colour = DeckStyle.ink
        /// The text is the slide's number, kept up to date by the program that shows it.
        var isSlideNumber = false
        /// The relationship of the slide that a click leads to.
        var link: String?
    }
}
