// The slide of a picture: the picture with numbered boxes, and beside it the list of what was found.

extension DeckSlides {
    /// The slide that shows the picture at an index of the deck.
    func picture(_ index: Int, _ cards: [PlacedCard], _ pages: Int, number: Int) -> Slide {
        let picture = deck.slides[index]
        let position = "\(labels.pictures) \(index + 1) / \(deck.slides.count)"
        let note = picture.note.isBlank ? position : "\(picture.note)  ·  \(position)"
        var slide = content(picture.title, note: note, number: number)
        slide.add(Slide.Shape(name: "Mat", frame: SlideLayout.mat, fill: DeckStyle.mat))
        if picture.isDrawable {
            addPicture(picture, number: index + 1, to: &slide)
        } else {
            slide.add(
                label(
                    "Missing picture", labels.pictureUnavailable, SlideLayout.mat, points: 14, colour: DeckStyle.muted,
                    alignment: .centre, anchor: .middle))
        }
        addCounts(of: picture, hasMore: pages > 1, to: &slide)
        for card in cards { add(card, to: &slide) }
        return slide
    }

    /// A further slide of the list of the picture at an index of the deck.
    func continuation(_ index: Int, _ cards: [PlacedCard], _ page: Int, _ pages: Int, number: Int) -> Slide {
        let position = "\(labels.pictures) \(index + 1) / \(deck.slides.count)"
        var slide = content(
            deck.slides[index].title, note: "\(labels.continued) \(page) / \(pages)  ·  \(position)", number: number)
        for card in cards { add(card, to: &slide) }
        return slide
    }

    private func addPicture(_ picture: ReviewedPicture, number: Int, to slide: inout Slide) {
        let frame = SlideLayout.pictureFrame(pixelWidth: picture.pixelWidth, pixelHeight: picture.pixelHeight)
        let relationship = slide.relationship(to: .media(number: number, format: picture.format))
        slide.items.append(
            .picture(
                Slide.Picture(
                    name: "Picture \(number)", description: picture.title, relationship: relationship, frame: frame)))
        let markers = picture.findings.compactMap { finding in
            finding.box.flatMap { SlideLayout.marker(for: $0, on: frame) }.map { (finding, $0) }
        }
        for (finding, marker) in markers {
            slide.add(
                Slide.Shape(
                    name: "Finding \(finding.number)", description: finding.title, frame: marker,
                    line: Slide.Shape.Line(
                        colour: DeckStyle.colour(finding.severity), width: DeckStyle.markerLine,
                        isDashed: finding.isHeld)))
        }
        var placed: [EMURect] = []
        // The labels lie above all boxes, so that no box crosses a number.
        for (finding, marker) in markers {
            let place = SlideLayout.label(for: marker, number: finding.number, avoiding: placed)
            placed.append(place)
            var chip = label(
                "Finding \(finding.number) label", String(finding.number), place, points: 11, colour: DeckStyle.white,
                isBold: true, alignment: .centre, anchor: .middle)
            chip.fill = DeckStyle.colour(finding.severity)
            chip.text?.wraps = false
            slide.add(chip)
        }
    }

    private func addCounts(of picture: ReviewedPicture, hasMore: Bool, to slide: inout Slide) {
        var runs = [
            Slide.Run(
                text: "\(labels.findings) \(picture.findings.count)", points: 12, isBold: true, colour: DeckStyle.brand)
        ]
        for severity in ExportFinding.Severity.allCases {
            let count = picture.findings.count { $0.severity == severity }
            guard count > 0 else { continue }
            let text = "   \(labels.severity(severity)) \(count)"
            runs.append(Slide.Run(text: text, points: 10, isBold: true, colour: DeckStyle.colour(severity)))
        }
        if !picture.failures.isEmpty {
            let text = "   \(labels.unjudged) \(picture.failures.count)"
            runs.append(Slide.Run(text: text, points: 10, isBold: true, colour: DeckStyle.unjudged))
        }
        if hasMore {
            slide.add(
                label(
                    "More findings", "\(labels.moreFollows) →", SlideLayout.panelFooter, points: DeckStyle.footerPoints,
                    colour: DeckStyle.muted, alignment: .right, anchor: .middle))
        }
        let paragraph = Slide.Paragraph(runs: runs, line: 16)
        slide.add(
            Slide.Shape(
                name: "Finding counts", frame: SlideLayout.panelHeader,
                text: Slide.TextBody(paragraphs: [paragraph], anchor: .middle)))
        guard picture.findings.isEmpty && picture.failures.isEmpty else { return }
        slide.add(
            label(
                "No findings", labels.noFindings,
                EMURect(
                    x: SlideLayout.panel.x, y: SlideLayout.panel.y, width: SlideLayout.panel.width,
                    height: EMU.inches(0.5)), points: 12, colour: DeckStyle.muted))
    }

    private func add(_ placed: PlacedCard, to slide: inout Slide) {
        let card = placed.card
        let paragraphs = card.paragraphs.map { paragraph in
            let colour =
                switch paragraph.kind {
                case .badge: card.colour
                case .title, .body: DeckStyle.ink
                case .suggestion: DeckStyle.brand
                }
            let run = Slide.Run(
                text: paragraph.text, points: placed.size.points(of: paragraph.kind),
                isBold: paragraph.kind == .badge || paragraph.kind == .title, colour: colour)
            return Slide.Paragraph(
                runs: [run], line: placed.size.line(of: paragraph.kind), spaceBefore: CardText.paragraphGap)
        }
        slide.add(
            Slide.Shape(
                name: "Card \(card.label)", frame: placed.frame, fill: DeckStyle.stripe,
                line: Slide.Shape.Line(colour: DeckStyle.rule, width: 6_350),
                text: Slide.TextBody(paragraphs: paragraphs, insets: CardFlow.insets)))
        slide.add(
            Slide.Shape(
                name: "Card \(card.label) edge",
                frame: EMURect(
                    x: placed.frame.x, y: placed.frame.y, width: EMU.inches(0.05), height: placed.frame.height),
                fill: card.colour))
        let side = EMU.inches(0.26)
        var chip = label(
            "Card \(card.label) number", card.label,
            EMURect(
                x: placed.frame.x + EMU.inches(0.13), y: placed.frame.y + EMU.inches(0.1), width: side, height: side),
            points: card.label.utf8.count > 2 ? 8 : 10, colour: DeckStyle.white, isBold: true, alignment: .centre,
            anchor: .middle)
        chip.geometry = .ellipse
        chip.fill = card.colour
        chip.text?.wraps = false
        slide.add(chip)
    }
}

extension ReviewedPicture {
    /// Whether there is a picture to draw.
    var isDrawable: Bool { source != nil && pixelWidth > 0 && pixelHeight > 0 }
}
