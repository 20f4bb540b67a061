// The slide of a picture: the picture with numbered boxes, and beside it the list of what was found.

extension DeckSlides {
    /// The slide that shows the material at an index.
    func material(_ index: Int, _ cards: [PlacedCard], _ pages: Int, number: Int) -> Slide {
        let material = plan.materials[index]
        let picture = material.picture
        let note = picture.note.isBlank ? position(of: material) : "\(picture.note)  ·  \(position(of: material))"
        var slide = content(picture.title, note: note, number: number)
        if picture.isPicture {
            slide.add(Slide.Shape(name: "Mat", frame: SlideLayout.mat, fill: DeckStyle.mat))
            if let shown = picture.picture, let media = material.media {
                addPicture(shown, media, of: picture, to: &slide)
            } else {
                slide.add(
                    label(
                        "Missing picture", labels.pictureUnavailable, SlideLayout.mat, points: 14,
                        colour: DeckStyle.muted, alignment: .centre, anchor: .middle))
            }
            addCounts(of: picture, to: &slide)
            if pages > 1 {
                slide.add(
                    label(
                        "More follows", labels.moreFollows, SlideLayout.panelFooter, points: 8, colour: DeckStyle.muted,
                        alignment: .right, anchor: .middle))
            }
        }
        if cards.isEmpty { addNothing(about: picture, to: &slide) }
        for card in cards { add(card, to: &slide) }
        return slide
    }

    /// A further slide of the list of the material at an index.
    func continuation(_ index: Int, _ cards: [PlacedCard], _ page: Int, _ pages: Int, number: Int) -> Slide {
        let material = plan.materials[index]
        var slide = content(
            material.picture.title, note: "\(labels.continued) \(page) / \(pages)  ·  \(position(of: material))",
            number: number)
        for card in cards { add(card, to: &slide) }
        return slide
    }

    private func position(of material: DeckPlan.Material) -> String {
        "\(labels.pictures) \(material.position) / \(deck.sections[material.section].slides.count)"
    }

    private func addPicture(
        _ shown: DeckPicture, _ media: Int, of picture: ReviewedPicture, to slide: inout Slide
    ) {
        let frame = SlideLayout.pictureFrame(pixelWidth: shown.pixelWidth, pixelHeight: shown.pixelHeight)
        let relationship = slide.relationship(to: .media(number: media, format: shown.format))
        slide.items.append(
            .picture(
                Slide.Picture(
                    name: "Picture \(media)", description: picture.title, relationship: relationship, frame: frame)))
        addMarks(of: picture, on: PicturePlace(frame), within: SlideLayout.mat, to: &slide)
    }

    /// Boxes, shapes and their labels on the picture at a place; the labels stay within bounds.
    func addMarks(of picture: ReviewedPicture, on place: PicturePlace, within bounds: EMURect, to slide: inout Slide) {
        let markers = picture.findings.compactMap { finding in
            finding.box.flatMap { place.marker(for: $0) }.map { (finding, $0) }
        }
        for (finding, marker) in markers {
            slide.add(
                Slide.Shape(
                    name: "Finding \(finding.number)", description: finding.title, frame: marker.frame,
                    rotation: marker.rotation,
                    line: Slide.Shape.Line(
                        colour: DeckStyle.colour(finding.severity), width: DeckStyle.markerLine,
                        isDashed: finding.isHeld)))
        }
        let marks = picture.comments.compactMap { comment in
            CommentMark(comment, on: place).map { (comment, $0) }
        }
        for (_, mark) in marks { for item in mark.items { slide.items.append(item) } }
        // The labels lie above all boxes, so that no box crosses a number.
        var placed: [EMURect] = []
        for (finding, marker) in markers {
            addLabel(
                "Finding \(finding.number) label", String(finding.number), DeckStyle.colour(finding.severity),
                at: marker.cover,
                within: bounds, avoiding: &placed, to: &slide)
        }
        for (comment, mark) in marks {
            addLabel(
                "Comment \(comment.number) label", comment.label, comment.markColour, at: mark.frame, within: bounds,
                avoiding: &placed,
                to: &slide)
        }
    }

    private func addLabel(
        _ name: String, _ text: String, _ colour: String, at marker: EMURect, within bounds: EMURect,
        avoiding placed: inout [EMURect],
        to slide: inout Slide
    ) {
        let place = SlideLayout.label(for: marker, text: text, within: bounds, avoiding: placed)
        placed.append(place)
        var chip = label(
            name, text, place, points: 11, colour: DeckStyle.ink(on: colour), isBold: true, alignment: .centre,
            anchor: .middle)
        chip.fill = colour
        chip.text?.wraps = false
        slide.add(chip)
    }

    private func addCounts(of picture: ReviewedPicture, to slide: inout Slide) {
        var parts: [(text: String, colour: String)] = []
        if deck.showsFindings {
            parts.append(("\(labels.findings) \(picture.findings.count)", DeckStyle.brand))
            for severity in ExportFinding.Severity.allCases {
                let count = picture.findings.count { $0.severity == severity }
                if count > 0 { parts.append(("\(labels.severity(severity)) \(count)", DeckStyle.colour(severity))) }
            }
        }
        if !picture.failures.isEmpty {
            parts.append(("\(labels.unjudged) \(picture.failures.count)", DeckStyle.unjudged))
        }
        if !picture.comments.isEmpty {
            parts.append(("\(labels.comments) \(picture.comments.count)", DeckStyle.comment))
        }
        let line = parts.map(\.text).joined(separator: "   ")
        let points = [11.0, 9.5, 8.0].first {
            TextMeasure.width(of: line, points: $0) < SlideLayout.panelHeader.width
        }
        let runs = parts.enumerated().map { index, part in
            Slide.Run(
                text: index == 0 ? part.text : "   \(part.text)", points: points ?? 7, isBold: true, colour: part.colour
            )
        }
        slide.add(
            Slide.Shape(
                name: "Counts", frame: SlideLayout.panelHeader,
                text: Slide.TextBody(
                    paragraphs: [Slide.Paragraph(runs: runs, line: 16)], anchor: .middle)))
    }

    /// Says that there is nothing to say, where the list would be.
    private func addNothing(about picture: ReviewedPicture, to slide: inout Slide) {
        let list = picture.isPicture ? SlideLayout.panel : SlideLayout.continuationColumns[0]
        slide.add(
            label(
                "Nothing", deck.showsFindings ? labels.noFindings : labels.noComments,
                EMURect(x: list.x, y: list.y, width: list.width, height: EMU.inches(0.5)), points: 12,
                colour: DeckStyle.muted))
    }

    func add(_ placed: PlacedCard, to slide: inout Slide) {
        let card = placed.card
        let paragraphs = card.paragraphs.map { paragraph in
            let colour =
                switch paragraph.kind {
                case .badge: DeckStyle.text(card.colour)
                case .title, .body: DeckStyle.ink
                case .suggestion: DeckStyle.brand
                case .byline: DeckStyle.muted
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
            points: card.label.utf8.count > 2 ? 8 : 10, colour: DeckStyle.ink(on: card.colour), isBold: true,
            alignment: .centre,
            anchor: .middle)
        chip.geometry = .ellipse
        chip.fill = card.colour
        chip.text?.wraps = false
        slide.add(chip)
        if let picture = card.picture { add(picture, of: placed, to: &slide) }
    }

    private func add(_ picture: Card.Picture, of placed: PlacedCard, to slide: inout Slide) {
        let room = placed.frame.width - CardFlow.insets.left - CardFlow.insets.right
        let size = picture.size(in: room)
        let frame = EMURect(
            x: placed.frame.x + CardFlow.insets.left, y: placed.frame.bottom - CardFlow.insets.bottom - size.height,
            width: size.width, height: size.height)
        let relationship = slide.relationship(to: .media(number: picture.number, format: picture.format))
        slide.items.append(
            .picture(
                Slide.Picture(
                    name: "Attachment \(picture.number)", description: placed.card.label, relationship: relationship,
                    frame: frame)))
    }
}
