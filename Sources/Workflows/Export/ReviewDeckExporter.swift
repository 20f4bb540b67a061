// Deck → PPTX. The way on one page: plan the slides, list the parts, and let the archive ask for each part at its turn,
// so that one slide and one picture lie in memory at a time however many there are.

import Archive

/// Makes presentations of reviewed pictures.
///
/// Pure apart from reading the pictures and writing the result; both block, so call it from the blocking pool.
public enum ReviewDeckExporter {
    /// Called before each slide is written with the number of those done, and once more at the end.
    ///
    /// An error that it throws ends the export and is thrown to the caller: that is how a job is cancelled.
    public typealias Progress = (_ done: Int, _ total: Int) throws -> Void

    /// Returns a presentation's bytes.
    ///
    /// Throws `ArchiveError`, and what a picture's source or `progress` throws.
    public static func write(_ deck: ReviewDeck, progress: Progress = { _, _ in }) throws -> [UInt8] {
        try withoutActuallyEscaping(progress) { progress in
            let plan = DeckPlan(deck)
            let bytes = try ZIPWriter.bytes { try addParts(of: plan, to: $0, progress) }
            try progress(plan.slides.count, plan.slides.count)
            return bytes
        }
    }

    /// Writes a presentation to a file; if it throws, there is no file, or the one that was there before.
    ///
    /// Throws as `write(_:progress:)`.
    public static func write(
        _ deck: ReviewDeck, to path: String, progress: Progress = { _, _ in }
    ) throws {
        try withoutActuallyEscaping(progress) { progress in
            let plan = DeckPlan(deck)
            try ZIPWriter.write(to: path) { try addParts(of: plan, to: $0, progress) }
            try progress(plan.slides.count, plan.slides.count)
        }
    }

    /// The number of slides that a deck will have.
    public static func slideCount(of deck: ReviewDeck) -> Int { DeckPlan(deck).slides.count }

    private static func addParts(
        of plan: DeckPlan, to zip: ZIPWriter, _ progress: @escaping Progress
    ) throws {
        let slides = DeckSlides(plan: plan)
        let typography = SlideWriter.Typography(language: plan.labels.languageTag, font: plan.deck.font)
        let total = plan.slides.count
        let package = PPTXPackage(
            title: plan.deck.title, typography: typography, createdAt: plan.deck.createdAt, slideCount: total)
        for part in package.fixedParts() { try zip.add(part.name, part.bytes) }
        for index in 0..<total {
            try zip.add(PPTXPackage.slideName(index + 1)) {
                try progress(index, total)
                return SlideWriter.part(slides.slide(index), typography)
            }
            try zip.add(PPTXPackage.slideRelationshipsName(index + 1)) {
                PPTXPackage.relationships(of: slides.slide(index))
            }
            for number in plan.media(of: plan.slides[index]) {
                let picture = plan.media[number - 1]
                try picture.add(to: zip, as: PPTXPackage.mediaName(number, picture.format))
            }
        }
    }
}

extension DeckPicture {
    /// Adds its bytes to an archive, which asks for them when their turn has come.
    func add(to zip: ZIPWriter, as name: String) throws {
        switch source {
        case .bytes(let bytes): try zip.add(name, bytes, compression: .stored)
        case .file(let path): try zip.add(name, file: path, compression: .stored)
        case .load(let load): try zip.add(name, compression: .stored, load: load)
        }
    }
}
