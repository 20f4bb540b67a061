import Imaging
import JSON

// A reference, the place most like it, and what comparing them measured.

/// The best place of one reference.
struct FoundPlace: Sendable {
    /// The index of the reference.
    let reference: Int
    /// The place, in pixels of the picture.
    let rectangle: PixelRectangle
    /// The same as fractions.
    let area: BoundingBox
    /// What was measured.
    let comparison: AlignedComparison
    /// Whether it is there.
    let presence: Presence

    /// Compares a reference with a place.
    init(
        _ template: RegionTemplate, reference: Int, with picture: Picture, at rectangle: PixelRectangle,
        detailSide: Int = RegionTemplate.defaultDetailSide
    ) throws {
        guard let area = BoundingBox(rectangle, imageWidth: picture.width, imageHeight: picture.height) else {
            throw ImagingError(.invalidArgument, "a place outside the picture")
        }
        self.reference = reference
        self.rectangle = rectangle
        self.area = area
        comparison = try AlignedComparison(template, with: picture, at: rectangle, detailSide: detailSide)
        presence = Presence(
            structure: comparison.structure, edges: comparison.edges, meanDifference: comparison.meanDifference,
            shorterSide: min(rectangle.width, rectangle.height))
    }

    /// The figures, for the record.
    var measurements: JSONValue {
        [
            "reference": .int(Int64(reference + 1)), "likeness": .double(presence.likeness.rounded3),
            "structure": .double(comparison.structure.rounded3), "edges": .double(comparison.edges.rounded3),
            "hashDistance": .int(Int64(comparison.hashDistance)),
            "meanDeltaE": .double(comparison.meanDifference.rounded3),
            "paletteDistance": comparison.paletteDistance.map { .double($0.rounded3) } ?? .null,
            "area": [
                "x": .double(area.x.rounded3), "y": .double(area.y.rounded3), "width": .double(area.width.rounded3),
                "height": .double(area.height.rounded3),
            ],
        ]
    }
}

extension [FoundPlace] {
    /// The best of places that lie on each other, best first.
    func withoutOverlaps() -> [FoundPlace] {
        var kept: [FoundPlace] = []
        for place in sorted(by: { $0.presence.likeness > $1.presence.likeness })
        where !kept.contains(where: { $0.rectangle.overlap(with: place.rectangle) > 0.3 }) {
            kept.append(place)
        }
        return kept
    }
}
