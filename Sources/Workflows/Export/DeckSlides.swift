// Planned slides → slides as values: the title slide, and what all others share.

/// Builds the slides of a plan.
struct DeckSlides {
    let plan: DeckPlan
    var deck: ReviewDeck { plan.deck }
    var labels: DeckLabels { plan.labels }

    /// The slide at an index of the plan.
    func slide(_ index: Int) -> Slide {
        switch plan.slides[index] {
        case .title(let section): title(deck.sections[section])
        case .material(let material, let cards, let pages): self.material(material, cards, pages, number: index + 1)
        case .continuation(let material, let cards, let page, let pages):
            continuation(material, cards, page, pages, number: index + 1)
        case .statuses(let rows, let page, let pages): statuses(rows, page, pages, number: index + 1)
        case .table(let rows, let page, let pages): table(rows, page, pages, number: index + 1)
        }
    }

    private func title(_ section: DeckSection) -> Slide {
        var slide = Slide(layout: .title, background: DeckStyle.brand)
        slide.add(
            label(
                "Report kind", labels.reviewReport, EMURect(inches: 0.9, 1.0, 11.5, 0.4), points: 14,
                colour: DeckStyle.brandLight, isBold: true))
        slide.add(
            Slide.Shape(
                name: "Accent", frame: EMURect(inches: 0.9, 1.47, 0.9, 0.045), fill: DeckStyle.brandLight))
        let frame = EMURect(inches: 0.9, 1.65, 11.5, 1.85)
        let points = TextMeasure.lines(of: section.title, width: frame.width, points: 36).count <= 2 ? 36.0 : 26.0
        var heading = label(
            "Title",
            TextMeasure.truncated(section.title, width: frame.width, points: points, lines: points > 30 ? 2 : 3), frame,
            points: points, colour: DeckStyle.white, isBold: true)
        heading.placeholder = .centredTitle
        slide.add(heading)
        let below = EMURect(inches: 0.9, 3.55, 11.5, 0.45)
        var subtitle = label(
            "Subtitle", TextMeasure.truncated(section.subtitle, width: below.width, points: 18), below, points: 18,
            colour: DeckStyle.brandLight)
        subtitle.placeholder = .subtitle
        slide.add(subtitle)
        addDetails(of: section, to: &slide)
        addCounts(of: section, to: &slide)
        return slide
    }

    private func addDetails(of section: DeckSection, to slide: inout Slide) {
        let frame = EMURect(inches: 0.9, 4.1, 11.5, 0.95)
        let lines = (section.details + (deck.createdAt.map { [String($0.prefix(10))] } ?? []))
            .filter { !$0.isBlank }.prefix(4)
            .map { TextMeasure.truncated($0, width: frame.width, points: 12) }
        guard !lines.isEmpty else { return }
        let paragraphs = lines.map { text in
            Slide.Paragraph(runs: [Slide.Run(text: text, points: 12, colour: DeckStyle.brandLight)], line: 17)
        }
        slide.add(Slide.Shape(name: "Details", frame: frame, text: Slide.TextBody(paragraphs: paragraphs)))
    }

    private func addCounts(of section: DeckSection, to slide: inout Slide) {
        let findings = section.slides.flatMap(\.findings)
        let failures = section.slides.reduce(0) { $0 + $1.failures.count }
        let comments = section.slides.reduce(0) { $0 + $1.comments.count }
        var counts = [(labels.pictures, section.slides.count, DeckStyle.brand)]
        for severity in ExportFinding.Severity.allCases where deck.showsFindings {
            let count = findings.count { $0.severity == severity }
            counts.append((labels.severity(severity), count, DeckStyle.colour(severity)))
        }
        if failures > 0 { counts.append((labels.unjudged, failures, DeckStyle.unjudged)) }
        if comments > 0 { counts.append((labels.comments, comments, DeckStyle.comment)) }
        for (index, count) in counts.enumerated() {
            slide.add(
                Slide.Shape(
                    name: "Count \(index + 1)", frame: EMURect(inches: 0.9 + Double(index) * 1.95, 5.35, 1.75, 1.2),
                    geometry: .rounded, fill: DeckStyle.white,
                    text: Slide.TextBody(
                        paragraphs: [
                            Slide.Paragraph(
                                runs: [
                                    Slide.Run(text: String(count.1), points: 28, isBold: true, colour: count.2)
                                ], alignment: .centre, line: 36),
                            Slide.Paragraph(
                                runs: [Slide.Run(text: count.0, points: 11, colour: DeckStyle.muted)],
                                alignment: .centre, line: 16),
                        ], anchor: .middle)))
        }
    }
}

extension DeckSlides {
    /// A content slide with heading, remark, rule and footer.
    func content(_ heading: String, note: String, number: Int) -> Slide {
        var slide = Slide(layout: .content)
        let noteWidth = min(TextMeasure.width(of: note, points: DeckStyle.notePoints) + EMU.inches(0.2), EMU.inches(5))
        var frame = SlideLayout.heading
        frame.width = SlideLayout.content.width - noteWidth
        var title = label(
            "Title", TextMeasure.truncated(heading, width: frame.width, points: DeckStyle.headingPoints), frame,
            points: DeckStyle.headingPoints, colour: DeckStyle.brand, isBold: true, anchor: .bottom)
        title.placeholder = .title
        slide.add(title)
        if !note.isBlank {
            let place = EMURect(
                x: frame.right, y: frame.y, width: noteWidth, height: frame.height)
            slide.add(
                label(
                    "Note", TextMeasure.truncated(note, width: noteWidth, points: DeckStyle.notePoints), place,
                    points: DeckStyle.notePoints, colour: DeckStyle.muted, alignment: .right, anchor: .bottom))
        }
        slide.add(
            Slide.Shape(
                name: "Rule", frame: SlideLayout.headingRule,
                line: Slide.Shape.Line(colour: DeckStyle.brand, width: 15_875)))
        slide.add(
            label(
                "Footer",
                TextMeasure.truncated(deck.title, width: SlideLayout.footer.width, points: DeckStyle.footerPoints),
                SlideLayout.footer, points: DeckStyle.footerPoints, colour: DeckStyle.muted, anchor: .middle))
        var page = label(
            "Slide number", String(number), SlideLayout.slideNumber, points: DeckStyle.footerPoints,
            colour: DeckStyle.muted, alignment: .right, anchor: .middle)
        page.placeholder = .slideNumber
        page.text?.paragraphs[0].runs[0].isSlideNumber = true
        slide.add(page)
        return slide
    }

    /// A text of one paragraph.
    func label(
        _ name: String, _ text: String, _ frame: EMURect, points: Double, colour: String, isBold: Bool = false,
        alignment: Slide.Paragraph.Alignment = .left, anchor: Slide.TextBody.Anchor = .top
    ) -> Slide.Shape {
        let run = Slide.Run(text: text, points: points, isBold: isBold, colour: colour)
        let paragraph = Slide.Paragraph(runs: [run], alignment: alignment, line: (points * 1.3).rounded())
        return Slide.Shape(
            name: name, frame: frame, text: Slide.TextBody(paragraphs: [paragraph], anchor: anchor))
    }
}
