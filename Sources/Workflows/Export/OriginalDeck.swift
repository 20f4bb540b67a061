// A presentation that people made → the same with what was found and said on its slides. The slides get one group more,
// and where the list is too long, further slides follow; every other part is copied as it is.

import Archive
import Imaging
import XML

/// Adds reviews to the slides of a presentation.
///
/// Not sendable; reads the disk: make and use it on the blocking pool. Throws `OfficeError`.
struct OriginalDeck {
    /// What was found and said on the main picture of a slide.
    struct Review: Sendable {
        /// The slide's place, from 1.
        let slide: Int
        let picture: ReviewedPicture
    }

    private let reader: PresentationReader
    private let slides: DeckSlides
    private let typography: SlideWriter.Typography
    private var changes: PackageChanges
    private var slideParts: [String] = []

    /// Opens a presentation and plans what it gets.
    init(
        path: String, reviews: [Review], language: ReviewDeck.Language, checkCancellation: () throws -> Void
    ) throws {
        reader = try PresentationReader(path: path)
        // The least that the format allows; what is smaller has no room for a word.
        guard min(reader.slideSize.width, reader.slideSize.height) >= EMU.inch else {
            throw OfficeError(kind: .corrupt, message: "The slides are smaller than any may be.")
        }
        guard let variant = reader.variant else {
            throw OfficeError(kind: .corrupt, message: "The presentation is of a variant that is not written here.")
        }
        changes = PackageChanges(of: reader.package, presentation: reader.mainPart, variant: variant)
        let deck = ReviewDeck(title: "", sections: [], language: language)
        slides = DeckSlides(plan: DeckPlan(deck))
        typography = SlideWriter.Typography(language: slides.labels.languageTag, font: deck.font)
        let originals = try reader.slides(checkCancellation: checkCancellation)
        slideParts = originals.map(\.part)
        for review in reviews where originals.indices.contains(review.slide - 1) {
            try checkCancellation()
            try add(review, to: originals[review.slide - 1])
        }
    }

    /// How many slides it has now.
    var slideCount: Int { slideParts.count }

    /// Writes it to a file; `progress` is told how many slides are done, and ends the writing by throwing.
    func write(to path: String, progress: (_ done: Int) throws -> Void) throws {
        let names = Swift.Set(slideParts)
        try withoutActuallyEscaping(progress) { progress in
            var done = 0
            try ZIPWriter.write(to: path) { zip in
                for part in changes.parts {
                    let isText = part.name.hasSuffix(".xml") || part.name.hasSuffix(".rels")
                    try zip.add(part.name, compression: isText ? .deflate : .stored) {
                        if names.contains(part.name) {
                            try progress(done)
                            done += 1
                        }
                        return try part.bytes()
                    }
                }
                for (name, picture) in changes.media { try picture.add(to: zip, as: name) }
            }
            try progress(slideCount)
        }
    }

    private mutating func add(_ review: Review, to original: PresentationReader.Slide) throws {
        let size = reader.slideSize
        let maker = DeckCards(labels: slides.labels)
        var cards = maker.cards(of: review.picture)
        for comment in review.picture.comments { cards += try maker.cards(of: comment) { try changes.addPicture($0) } }
        let panel = Self.panel(size)
        let pages = CardFlow.place(
            cards, first: [panel], later: Self.columns(size), continuedLabel: slides.labels.continued)
        var slide = Slide(layout: .content, referenceIDs: try changes.freeReferences(of: original.part))
        if let place = try mainPlace(of: original) {
            slides.addMarks(of: review.picture, on: place, within: size, to: &slide)
        }
        for card in pages[0] { slides.add(card, to: &slide) }
        guard !slide.items.isEmpty else { return }
        let bytes = try changes.bytes(of: original.part)
        let (variant, firstID) = try SlideInsertion.survey(bytes)
        let group = SlideWriter.group(
            "Aimage Supervision", slide.items, in: size, firstID: firstID, typography, variant: variant)
        changes.replace(original.part, with: try SlideInsertion.insert(group, into: bytes))
        try changes.addReferences(of: slide, to: original.part, variant: variant)
        let layout = try reader.package.relationships(of: original.part).first { $0.type == "slideLayout" }?.part
        var previous = original.reference
        for (page, cards) in pages.enumerated().dropFirst() {
            let title = "\(slides.labels.continued) \(page + 1) / \(pages.count)  ·  \(review.picture.title)"
            let added = try changes.addSlide(
                self.slide(title, cards), typography, layout: layout, behind: previous)
            slideParts.append(added.part)
            previous = added.reference
        }
    }

    /// Where that lies which was imported of a slide: the first that can be read, as far as its beginning tells.
    private func mainPlace(of slide: PresentationReader.Slide) throws -> PicturePlace? {
        for picture in slide.pictures {
            if picture.film != nil { return picture.place }
            if let part = picture.part, let bytes = try reader.bytes(ofPicture: part),
                let header = FileInspector().pictureHeader(of: bytes)
            {
                return picture.place.showing(orientation: header.orientation)
            }
        }
        return slide.pictures.count == 1 ? slide.pictures[0].place : nil
    }

    /// A further slide.
    private func slide(_ title: String, _ cards: [PlacedCard]) -> Slide {
        var slide = Slide(layout: .content)
        let columns = Self.columns(reader.slideSize)
        let heading = EMURect(
            x: columns[0].x, y: EMU.inches(0.2), width: columns[1].right - columns[0].x, height: EMU.inches(0.4))
        slide.add(
            slides.label(
                "Title", TextMeasure.truncated(title, width: heading.width, points: 14), heading, points: 14,
                colour: DeckStyle.brand, isBold: true, anchor: .middle))
        for card in cards { slides.add(card, to: &slide) }
        return slide
    }

    /// The list at the right edge of a slide.
    private static func panel(_ slide: EMURect) -> EMURect {
        let width = min(EMU.inches(3.5), slide.width * 3 / 10)
        let margin = EMU.inches(0.15)
        return EMURect(
            x: slide.width - width - margin, y: margin, width: width, height: max(slide.height - 2 * margin, 1))
    }

    private static func columns(_ slide: EMURect) -> [EMURect] {
        let (margin, top, gap) = (EMU.inches(0.3), EMU.inches(0.7), EMU.inches(0.15))
        let width = max((slide.width - 2 * margin - gap) / 2, 1)
        let height = max(slide.height - top - margin, 1)
        return [
            EMURect(x: margin, y: top, width: width, height: height),
            EMURect(x: margin + width + gap, y: top, width: width, height: height),
        ]
    }
}
