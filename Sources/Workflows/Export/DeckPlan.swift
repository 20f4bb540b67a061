// Deck → the list of its slides. Everything that decides how many slides there are is done here, before a byte is
// written; each slide's text is then made only when it is its turn.

/// The slides of a deck, planned.
struct DeckPlan {
    /// What one slide shows.
    enum PlannedSlide {
        case title
        /// The picture at an index of the deck; `pages` is how many slides its list takes.
        case picture(index: Int, cards: [PlacedCard], pages: Int)
        case continuation(index: Int, cards: [PlacedCard], page: Int, pages: Int)
        case table(rows: [FindingsTable.Row], page: Int, pages: Int)
    }

    let deck: ReviewDeck
    let labels: DeckLabels
    private(set) var slides: [PlannedSlide] = [.title]

    init(_ deck: ReviewDeck) {
        self.deck = deck
        labels = DeckLabels(deck.language)
        var entries: [FindingsTable.Entry] = []
        for (index, picture) in deck.slides.enumerated() {
            entries += tableEntries(of: picture, slide: slides.count + 1)
            addSlides(of: picture, index)
        }
        let pages = FindingsTable.pages(
            entries, height: SlideLayout.content.height, continuedLabel: labels.continued)
        for (page, rows) in pages.enumerated() {
            slides.append(.table(rows: rows, page: page + 1, pages: pages.count))
        }
    }

    private mutating func addSlides(of picture: ReviewedPicture, _ index: Int) {
        let pages = CardFlow.place(
            cards(of: picture), first: SlideLayout.panel, later: SlideLayout.continuationColumns,
            continuedLabel: labels.continued)
        for (page, cards) in pages.enumerated() {
            slides.append(
                page == 0
                    ? .picture(index: index, cards: cards, pages: pages.count)
                    : .continuation(index: index, cards: cards, page: page + 1, pages: pages.count))
        }
    }

    private func cards(of picture: ReviewedPicture) -> [Card] {
        picture.findings.map { finding in
            var badges = [labels.severity(finding.severity)]
            if finding.isHeld { badges.append(labels.held) }
            if !finding.isPlaced { badges.append(labels.wholePicture) }
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

extension String {
    /// Whether there is nothing but white space.
    var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
