// Deck → the list of its slides. Everything that decides how many slides there are is done here, before a byte is
// written; each slide's text is then made only when it is its turn.

/// The slides of a deck, planned.
struct DeckPlan {
    /// What one slide shows.
    enum PlannedSlide {
        /// The title of the section at an index.
        case title(section: Int)
        /// The material at an index; `pages` is how many slides its list takes.
        case material(index: Int, cards: [PlacedCard], pages: Int)
        case continuation(index: Int, cards: [PlacedCard], page: Int, pages: Int)
        case statuses(rows: [StatusTable.Row], page: Int, pages: Int)
        case table(rows: [FindingsTable.Row], page: Int, pages: Int)
    }

    /// A material with its place among all.
    struct Material {
        let picture: ReviewedPicture
        let section: Int
        /// Its place in its section, from 1.
        let position: Int
        /// The number of its picture's part.
        let media: Int?
    }

    let deck: ReviewDeck
    let labels: DeckLabels
    private(set) var slides: [PlannedSlide] = []
    private(set) var materials: [Material] = []
    /// The pictures of the package; part n is at n - 1.
    private(set) var media: [DeckPicture] = []

    init(_ deck: ReviewDeck) {
        self.deck = deck
        labels = DeckLabels(deck.language)
        var entries: [FindingsTable.Entry] = []
        var statuses: [StatusTable.Entry] = []
        for (number, section) in deck.sections.enumerated() {
            slides.append(.title(section: number))
            for (position, picture) in section.slides.enumerated() {
                entries += tableEntries(of: picture, slide: slides.count + 1)
                statuses.append(StatusTable.Entry(picture, task: section.title, slide: slides.count + 1, labels))
                addSlides(of: picture, section: number, position: position + 1)
            }
        }
        if !statuses.isEmpty {
            let pages = StatusTable.pages(statuses, height: SlideLayout.content.height)
            for (page, rows) in pages.enumerated() {
                slides.append(.statuses(rows: rows, page: page + 1, pages: pages.count))
            }
        }
        guard deck.showsFindings else { return }
        let pages = FindingsTable.pages(
            entries, height: SlideLayout.content.height, continuedLabel: labels.continued)
        for (page, rows) in pages.enumerated() {
            slides.append(.table(rows: rows, page: page + 1, pages: pages.count))
        }
    }

    /// The numbers of the pictures that a slide is the first to show.
    func media(of slide: PlannedSlide) -> [Int] {
        switch slide {
        case .title, .statuses, .table: []
        case .material(let index, let cards, _):
            [materials[index].media].compactMap { $0 } + cards.compactMap { $0.card.picture?.number }
        case .continuation(_, let cards, _, _): cards.compactMap { $0.card.picture?.number }
        }
    }

    private mutating func addSlides(of picture: ReviewedPicture, section: Int, position: Int) {
        let index = materials.count
        let number = picture.isDrawable ? picture.picture.map { add($0) } : nil
        materials.append(Material(picture: picture, section: section, position: position, media: number))
        let cards = cards(of: picture) + picture.comments.flatMap { self.cards(of: $0) }
        let pages = CardFlow.place(
            cards, first: picture.isPicture ? [SlideLayout.panel] : SlideLayout.continuationColumns,
            later: SlideLayout.continuationColumns, continuedLabel: labels.continued)
        for (page, cards) in pages.enumerated() {
            slides.append(
                page == 0
                    ? .material(index: index, cards: cards, pages: pages.count)
                    : .continuation(index: index, cards: cards, page: page + 1, pages: pages.count))
        }
    }

    private mutating func add(_ picture: DeckPicture) -> Int {
        media.append(picture)
        return media.count
    }

    private func cards(of picture: ReviewedPicture) -> [Card] {
        picture.findings.map { finding in
            var badges = [labels.severity(finding.severity)]
            if finding.isHeld { badges.append(labels.held) }
            if !finding.origin.isEmpty { badges.append(finding.origin) }
            if picture.isPicture && !finding.isPlaced { badges.append(labels.wholePicture) }
            var paragraphs = [
                Card.Paragraph(kind: .badge, text: badges.joined(separator: " · ")),
                Card.Paragraph(kind: .title, text: finding.title),
                Card.Paragraph(kind: .body, text: finding.description),
            ]
            if !finding.suggestion.isBlank {
                paragraphs.append(
                    Card.Paragraph(kind: .suggestion, text: "\(labels.suggestion): \(finding.suggestion)"))
            }
            return Card(
                label: String(finding.number), colour: DeckStyle.colour(finding.severity), paragraphs: paragraphs)
        }
            + picture.failures.map { failure in
                Card(
                    label: "–", colour: DeckStyle.unjudged,
                    paragraphs: [
                        Card.Paragraph(kind: .badge, text: labels.unjudged),
                        Card.Paragraph(kind: .title, text: failure.title),
                        Card.Paragraph(kind: .body, text: failure.reason),
                    ])
            }
    }

    /// The cards of a thread: a picture ends a card, and what was answered then begins another one.
    private mutating func cards(of comment: ExportComment) -> [Card] {
        var badges = [comment.isByAI ? labels.aiComment : labels.comment]
        if comment.isSolved { badges.append(labels.solved) }
        if !comment.time.isEmpty { badges.append(comment.time) }
        var paragraphs = [Card.Paragraph(kind: .badge, text: badges.joined(separator: " · "))]
        var cards: [Card] = []
        for (index, post) in comment.posts.enumerated() {
            let byline = [post.author, post.date].filter { !$0.isBlank }.joined(separator: " · ")
            paragraphs.append(Card.Paragraph(kind: .byline, text: index == 0 ? byline : "↳ \(byline)"))
            if !post.text.isBlank { paragraphs.append(Card.Paragraph(kind: .body, text: post.text)) }
            guard let picture = post.picture, picture.hasSize else { continue }
            cards.append(
                Card(
                    label: comment.label, colour: comment.markColour, paragraphs: paragraphs,
                    picture: Card.Picture(
                        number: add(picture), format: picture.format, pixelWidth: picture.pixelWidth,
                        pixelHeight: picture.pixelHeight)))
            paragraphs = []
        }
        if !paragraphs.isEmpty {
            cards.append(Card(label: comment.label, colour: comment.markColour, paragraphs: paragraphs))
        }
        return cards
    }

    private func tableEntries(of picture: ReviewedPicture, slide: Int) -> [FindingsTable.Entry] {
        picture.findings.map { finding in
            let severity = labels.severity(finding.severity)
            return FindingsTable.Entry(
                number: String(finding.number), slide: slide,
                severity: finding.isHeld ? "\(severity)\n\(labels.held)" : severity,
                colour: DeckStyle.colour(finding.severity), title: finding.title, finding: finding.description,
                suggestion: finding.suggestion)
        }
            + picture.failures.map { failure in
                FindingsTable.Entry(
                    number: "–", slide: slide, severity: labels.unjudged, colour: DeckStyle.unjudged,
                    title: failure.title, finding: failure.reason, suggestion: "")
            }
    }
}

extension ExportFinding {
    /// Whether the finding has a box with an area on the picture.
    var isPlaced: Bool {
        let whole = EMURect(x: 0, y: 0, width: 1_000_000, height: 1_000_000)
        return box.map { SlideLayout.marker(for: $0, on: whole) != nil } ?? false
    }
}

extension DeckPicture {
    /// Whether there is something to show.
    var hasSize: Bool { pixelWidth > 0 && pixelHeight > 0 }
}

extension ReviewedPicture {
    /// Whether there is a picture to draw.
    var isDrawable: Bool { isPicture && picture?.hasSize == true }
}

extension String {
    /// Whether there is nothing but white space.
    var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
