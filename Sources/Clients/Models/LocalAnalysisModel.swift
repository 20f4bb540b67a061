public import EventLoop
public import Imaging

// The looker that needs no account: it compares real pixels, and says nothing that it has not measured.

/// The local model of what pictures show.
///
/// A character is there where one of its pictures is found again, at whatever place and size, also mirrored; its
/// confidence is the likeness of that place. Objects are what stands out from the background: the model knows where
/// something is and what colour it has, not what it is.
public struct LocalAnalysisModel: AnalysisModel {
    private let pool: BlockingPool
    private let limits: PictureLimits
    private let language: ReviewLanguage

    /// Makes the model; labels come in the language.
    public init(
        pool: BlockingPool = .shared, limits: PictureLimits = .standard, language: ReviewLanguage = .japanese
    ) {
        self.pool = pool
        self.limits = limits
        self.language = language
    }

    /// The version of the rules by which it looks.
    public var modelName: String { "local-look-1" }

    /// Compares the picture with every picture of every sample.
    ///
    /// Each comparison is a stage of its own on the pool, so that cancelling is quick and other work gets its turn.
    public func characters(
        on picture: PictureSource, among samples: [CharacterSample]
    ) async throws -> [SeenCharacter] {
        let signal = CancellationSignal()
        return try await withTaskCancellationHandler {
            let picture = try await load(picture, signal)
            let search = try await pool.stage("preparing a picture for search", signal) {
                try RegionSearch(in: picture)
            }
            var sightings = CharacterSightings()
            for (sample, candidate) in samples.enumerated() {
                for (reference, source) in candidate.references.enumerated() {
                    let template = try await pool.stage("decoding a reference picture", signal) { try prepared(source) }
                    guard let template else { continue }
                    let places = try await pool.stage("searching a reference picture", signal) {
                        try [template, template.mirrored()].flatMap {
                            try search.places(of: $0, reference, in: picture, signal)
                        }
                    }
                    sightings.add(places, of: sample)
                }
            }
            guard sightings.hasCompared else {
                throw AnalysisRefusal(
                    code: "REFERENCES_UNREADABLE", message: "No picture of a character can be compared.")
            }
            return sightings.characters
        } onCancel: {
            signal.set()
        }
    }

    /// What stands out from the background, the largest first.
    public func objects(on picture: PictureSource, limit: Int) async throws -> [SeenObject] {
        let signal = CancellationSignal()
        return try await withTaskCancellationHandler {
            let picture = try await load(picture, signal)
            return try await pool.stage("looking for objects", signal) {
                try picture.salientRegions(limit: limit, checkCancellation: signal.check).compactMap { region in
                    BoundingBox(region.rectangle, imageWidth: picture.width, imageHeight: picture.height).map {
                        SeenObject(label: label(region.color), area: $0, confidence: region.distinctness)
                    }
                }
            }
        } onCancel: {
            signal.set()
        }
    }

    private func load(_ source: PictureSource, _ signal: CancellationSignal) async throws -> Picture {
        try await pool.stage("decoding a picture", signal) {
            do {
                return try Picture.decode(source, limits: limits)
            } catch let error as ImagingError {
                throw AnalysisRefusal(
                    code: "PICTURE_UNREADABLE", message: "The picture cannot be read (\(error.message)).")
            }
        }
    }

    /// What to search for; nil for a file that is no picture, and for an even surface, which is everywhere.
    private func prepared(_ source: PictureSource) throws -> RegionTemplate? {
        do {
            let template = try RegionTemplate(Picture.decode(source, limits: limits))
            return template.hasStructure ? template : nil
        } catch is ImagingError {
            // The other pictures of the character still say something.
            return nil
        }
    }

    /// What can be said of something of which only the colour is known.
    private func label(_ color: RGBColor) -> String {
        let lab = LabColor(color)
        guard let word = ColorWord.all.first(where: { $0.describes(lab) }) else {
            return LocalizedText("領域", "area").text(in: language)
        }
        return LocalizedText("\(word.japanese)の領域", "\(word.english) area").text(in: language)
    }
}

/// Where the pictures of characters were found, until all have been looked for.
struct CharacterSightings {
    /// From this likeness of shape and colour on a character counts as seen.
    ///
    /// Shape alone proves nothing here: in other colours it may be another character of the same outline.
    static let seenFrom = Presence.foundFrom
    /// Of characters at the same place the likest one is seen, and those that are as like within this.
    private static let tie = 0.01

    private struct Sighting {
        let sample: Int
        let place: FoundPlace
    }

    private var best: [Sighting] = []
    /// Whether anything could be compared.
    private(set) var hasCompared = false

    /// Adds the places of one picture of a sample.
    mutating func add(_ places: [FoundPlace], of sample: Int) {
        hasCompared = true
        guard let place = places.max(by: { $0.presence.likeness < $1.presence.likeness }),
            place.presence.likeness >= Self.seenFrom
        else { return }
        if let index = best.firstIndex(where: { $0.sample == sample }) {
            if best[index].place.presence.likeness >= place.presence.likeness { return }
            best.remove(at: index)
        }
        best.append(Sighting(sample: sample, place: place))
    }

    /// Who was seen, the surest first; one place shows one character.
    var characters: [SeenCharacter] {
        var kept: [Sighting] = []
        for sighting in best.sorted(by: { $0.place.presence.likeness > $1.place.presence.likeness }) {
            let isTaken = kept.contains { other in
                other.place.presence.likeness - sighting.place.presence.likeness > Self.tie
                    && other.place.rectangle.liesOn(sighting.place.rectangle)
            }
            if !isTaken { kept.append(sighting) }
        }
        return kept.map {
            SeenCharacter(
                sample: $0.sample, reference: $0.place.reference, area: $0.place.area,
                confidence: min(max($0.place.presence.likeness, 0), 1))
        }
    }
}

extension PixelRectangle {
    /// Whether more than half of the smaller one of the two lies in the other.
    fileprivate func liesOn(_ other: PixelRectangle) -> Bool {
        2 * (intersection(other)?.area ?? 0) > min(area, other.area)
    }
}
