// Findings and threads → the cards of the list beside a picture.

/// Makes cards.
struct DeckCards {
    let labels: DeckLabels

    func cards(of picture: ReviewedPicture) -> [Card] {
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
    ///
    /// `number` gives the number of a picture's part.
    func cards(of comment: ExportComment, number: (DeckPicture) throws -> Int) rethrows -> [Card] {
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
                        number: try number(picture), format: picture.format, pixelWidth: picture.pixelWidth,
                        pixelHeight: picture.pixelHeight)))
            paragraphs = []
        }
        if !paragraphs.isEmpty {
            cards.append(Card(label: comment.label, colour: comment.markColour, paragraphs: paragraphs))
        }
        return cards
    }
}
