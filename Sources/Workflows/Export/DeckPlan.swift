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
        let maker = DeckCards(labels: labels)
        let cards =
            maker.cards(of: picture) + picture.comments.flatMap { maker.cards(of: $0) { add($0) } }
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
