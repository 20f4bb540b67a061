// Findings → cards in columns. What does not fit beside the picture goes on to further slides; nothing ever leaves a
// slide, and nothing is cut.

/// What one entry of the list beside a picture says.
struct Card {
    /// What a paragraph is, which decides its look.
    enum Kind {
        case badge
        case title
        case body
        case suggestion
        /// Who wrote what follows, and when.
        case byline
    }

    struct Paragraph {
        var kind: Kind
        var text: String
    }

    /// A picture below the text.
    struct Picture {
        /// The number of its part in the package.
        var number: Int
        var format: DeckPicture.Format
        var pixelWidth: Int
        var pixelHeight: Int

        /// Its size in a card whose text is so wide: not blown up, and small enough to leave room for others.
        func size(in width: Int) -> (width: Int, height: Int) {
            // A pixel of a screen with 96 to the inch.
            let pixel = Double(EMU.inch) / 96
            let scale = min(
                Double(width) / Double(pixelWidth), Double(CardFlow.maximumPictureHeight) / Double(pixelHeight), pixel)
            return (
                max(Int((Double(pixelWidth) * scale).rounded()), 1),
                max(Int((Double(pixelHeight) * scale).rounded()), 1)
            )
        }
    }

    /// The text of the chip, as a rule the finding's number.
    var label: String
    var colour: String
    var paragraphs: [Paragraph]
    var picture: Picture?
}

/// A card, or a part of one that is too long for a column, at its place.
struct PlacedCard {
    var card: Card
    var frame: EMURect
    var size: CardText
}

/// Places cards in columns, one under the other.
struct CardFlow {
    /// The room around a card's text; the chip stands in the left one.
    static let insets = Slide.Insets(
        left: EMU.inches(0.46), top: EMU.inches(0.07), right: EMU.inches(0.1), bottom: EMU.inches(0.07))
    private static let gap = EMU.inches(0.09)
    /// The height of a picture in a card.
    static let maximumPictureHeight = EMU.inches(1.5)
    /// The room between a card's text and its picture.
    static let pictureGap = EMU.inches(0.06)

    private let size: CardText
    private let laterColumns: [EMURect]
    private let continuedLabel: String
    private var columns: [EMURect]
    private var column = 0
    private var y: Int
    private var pages: [[PlacedCard]] = [[]]

    /// Places `cards` in `first`, and the rest on pages that have `later` as columns.
    ///
    /// The answer has one list for each page and at least one page. Smaller letters are taken where they spare a page.
    static func place(
        _ cards: [Card], first: [EMURect], later: [EMURect], continuedLabel: String
    ) -> [[PlacedCard]] {
        func pages(_ size: CardText) -> [[PlacedCard]] {
            var flow = CardFlow(size, first: first, later: later, continuedLabel: continuedLabel)
            for card in cards { flow.place(card) }
            return flow.pages
        }
        let normal = pages(.normal)
        guard normal.count > 1 else { return normal }
        let small = pages(.small)
        return small.count < normal.count ? small : normal
    }

    private init(_ size: CardText, first: [EMURect], later: [EMURect], continuedLabel: String) {
        self.size = size
        columns = first
        laterColumns = later
        self.continuedLabel = continuedLabel
        y = first[0].y
    }

    private mutating func place(_ card: Card) {
        var card = card
        while true {
            let here = columns[column]
            let text = MeasuredCard(card, size, width: here.width)
            let room = here.bottom - y
            if text.height <= room {
                add(card, height: text.height)
                return
            }
            let next = column + 1 < columns.count ? columns[column + 1] : laterColumns[0]
            let fitsNext = MeasuredCard(card, size, width: next.width).height <= next.height
            // A third of a column is enough to begin a card that no column holds as a whole.
            if y > here.y && (fitsNext || room < here.height / 3) {
                advance()
                continue
            }
            // What is cut in two has its picture at the end, like any other.
            let (head, tail) = text.split(room: room)
            let part = Card(label: card.label, colour: card.colour, paragraphs: head)
            add(part, height: min(MeasuredCard(part, size, width: here.width).height, room))
            card.paragraphs = [Card.Paragraph(kind: .badge, text: continuedLabel)] + tail
            advance()
        }
    }

    private mutating func add(_ card: Card, height: Int) {
        let here = columns[column]
        let frame = EMURect(x: here.x, y: y, width: here.width, height: height)
        pages[pages.count - 1].append(PlacedCard(card: card, frame: frame, size: size))
        y += height + Self.gap
    }

    private mutating func advance() {
        column += 1
        if column == columns.count {
            pages.append([])
            columns = laterColumns
            column = 0
        }
        y = columns[column].y
    }
}

/// A card's text as lines.
private struct MeasuredCard {
    private struct Line {
        var kind: Card.Kind
        var text: String
        var height: Int
        var startsParagraph: Bool
    }

    private var lines: [Line] = []
    private let pictureHeight: Int

    init(_ card: Card, _ size: CardText, width: Int) {
        let room = width - CardFlow.insets.left - CardFlow.insets.right
        pictureHeight = card.picture.map { $0.size(in: room).height + CardFlow.pictureGap } ?? 0
        for paragraph in card.paragraphs {
            for part in paragraph.text.split(whereSeparator: \.isNewline) {
                let points = size.points(of: paragraph.kind)
                let wrapped = TextMeasure.lines(of: String(part), width: room, points: points)
                for (index, text) in wrapped.enumerated() {
                    let height = size.line(of: paragraph.kind) + (index == 0 ? CardText.paragraphGap : 0)
                    lines.append(
                        Line(kind: paragraph.kind, text: text, height: EMU.points(height), startsParagraph: index == 0))
                }
            }
        }
    }

    var height: Int {
        CardFlow.insets.top + CardFlow.insets.bottom + lines.reduce(pictureHeight) { $0 + $1.height }
    }

    /// The paragraphs that fit into `room` (one line at the least), and those that don't.
    func split(room: Int) -> ([Card.Paragraph], [Card.Paragraph]) {
        var left = room - CardFlow.insets.top - CardFlow.insets.bottom
        var count = 0
        while count < lines.count && (count == 0 || lines[count].height <= left) {
            left -= lines[count].height
            count += 1
        }
        return (Self.paragraphs(lines[..<count]), Self.paragraphs(lines[count...]))
    }

    private static func paragraphs(_ lines: ArraySlice<Line>) -> [Card.Paragraph] {
        var result: [Card.Paragraph] = []
        for line in lines {
            if line.startsParagraph || result.isEmpty {
                result.append(Card.Paragraph(kind: line.kind, text: line.text))
            } else {
                result[result.count - 1].text += line.text
            }
        }
        return result
    }
}

/// The sizes of a card's letters.
enum CardText {
    /// For most lists.
    case normal
    /// For lists that would just not fit beside their picture.
    case small

    /// The room above a paragraph, in points.
    static let paragraphGap = 2.0

    /// The size of the letters, in points.
    func points(of kind: Card.Kind) -> Double {
        switch kind {
        case .badge, .byline: self == .normal ? 9 : 8
        case .title: self == .normal ? 11 : 10
        case .body, .suggestion: self == .normal ? 10 : 9
        }
    }

    /// The exact height of a line, in points.
    func line(of kind: Card.Kind) -> Double {
        switch kind {
        case .badge, .byline: self == .normal ? 12 : 10.5
        case .title: self == .normal ? 15 : 13
        case .body, .suggestion: self == .normal ? 14 : 12
        }
    }
}
