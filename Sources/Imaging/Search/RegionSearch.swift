#if canImport(Glibc)
    import Glibc
#endif

// Finding a reference in a picture at any place and size: coarse over all sizes first, then finer around the best few.
// Compares the structure of brightness, so a recoloured thing is still found; its colours are compared afterwards.

/// A search for references in one picture.
public struct RegionSearch: Sendable {
    /// Columns of the searched picture.
    public let width: Int
    /// Rows of the searched picture.
    public let height: Int
    private let base: ChannelPyramid

    /// The picture is searched at this many pixels of its longest side; a reference must cover about 12 of them.
    static let baseSide = 800
    /// The smallest occurrence, as a part of the picture's longest side.
    static let smallestPart = 0.045
    /// The smallest shorter side of an occurrence, in base pixels.
    static let smallestSide = 11.0

    /// Prepares a picture.
    ///
    /// - Throws: `ImagingError` with `operationFailed`.
    public init(in picture: Picture) throws {
        width = picture.width
        height = picture.height
        base = try ChannelPyramid(brightnessOf: Picture(picture.fitted(into: Self.baseSide).bitmap().withoutOpacity))
    }

    /// The places most like the reference, best first; overlapping places are reported once.
    ///
    /// Costs some 50 ms of one core. `checkCancellation` is called every few milliseconds and may throw.
    ///
    /// - Throws: `ImagingError` with `invalidArgument` when the reference has no structure; what `checkCancellation`
    ///   throws.
    public func matches(
        of template: RegionTemplate, limit: Int = 1, checkCancellation: () throws -> Void = {}
    ) throws -> [RegionMatch] {
        guard template.hasStructure else {
            throw ImagingError(
                .invalidArgument, "the reference is an even surface: there is no structure to search for")
        }
        var coarse: [Candidate] = []
        for scale in scales(for: template) {
            try checkCancellation()
            coarse += try candidates(template, scale)
        }
        var refined: [Candidate] = []
        for candidate in separated(coarse, limit: 6) {
            try checkCancellation()
            refined.append(try refine(candidate, template, area: 900, spread: 1.09))
        }
        var final: [Candidate] = []
        for candidate in separated(refined, limit: max(limit, 2)) {
            try checkCancellation()
            final.append(try refine(candidate, template, area: 2500, spread: 1.04))
        }
        return separated(final, limit: limit).map { candidate in
            RegionMatch(rectangle: pixels(candidate), score: candidate.score)
        }
    }
}

/// A place in base pixels.
private struct Candidate {
    var x: Double
    var y: Double
    var width: Double
    var height: Double
    var score: Double

    func overlap(_ other: Candidate) -> Double {
        let common =
            max(0, min(x + width, other.x + other.width) - max(x, other.x))
            * max(0, min(y + height, other.y + other.height) - max(y, other.y))
        return common / (width * height + other.width * other.height - common)
    }
}

extension RegionSearch {
    /// Sizes to try, as factors from the reference's pixels to base pixels, largest first.
    ///
    /// The reference's own size in the picture is always among them: many references are cut from such pictures.
    private func scales(for template: RegionTemplate) -> [Double] {
        let largest = min(
            Double(base.width) / Double(template.width), Double(base.height) / Double(template.height))
        let longest = Double(max(template.width, template.height))
        let shortest = Double(min(template.width, template.height))
        let smallest = min(
            largest,
            max(Self.smallestPart * Double(max(base.width, base.height)) / longest, Self.smallestSide / shortest))
        var scales: [Double] = []
        var scale = largest
        while scale > smallest * 0.99 {
            scales.append(scale)
            scale /= template.sizeStep
        }
        let own = Double(base.width) / Double(width)
        if own < largest, own > smallest { scales.append(own) }
        return scales
    }

    /// The best places for one size, looked for in a copy so small that the template has few pixels.
    private func candidates(_ template: RegionTemplate, _ scale: Double) throws -> [Candidate] {
        let occurrence = (width: Double(template.width) * scale, height: Double(template.height) * scale)
        let area = min(template.coarseArea, occurrence.width * occurrence.height)
        let sides = template.sides(area: area)
        let small = try base.resized(
            to: max(sides.width, Int((Double(base.width) * Double(sides.width) / occurrence.width).rounded())),
            max(sides.height, Int((Double(base.height) * Double(sides.height) / occurrence.height).rounded())))
        let pattern = try template.pattern(sides)
        guard let map = try CorrelationMap(of: pattern, in: small) else { return [] }
        let horizontal = Double(base.width) / Double(small.width)
        let vertical = Double(base.height) / Double(small.height)
        return map.peaks(limit: 4, apart: sides.width, sides.height).map { peak in
            Candidate(
                x: Double(peak.x) * horizontal, y: Double(peak.y) * vertical,
                width: Double(sides.width) * horizontal, height: Double(sides.height) * vertical, score: peak.score)
        }
    }

    /// Looks again around a candidate, at more pixels, a little larger and smaller.
    private func refine(
        _ candidate: Candidate, _ template: RegionTemplate, area: Double, spread: Double
    ) throws -> Candidate {
        let occurrenceArea = candidate.width * candidate.height
        let sides = template.sides(area: min(area, max(occurrenceArea, 200)))
        let pattern = try template.pattern(sides)
        var best: Candidate?
        for factor in [1 / spread, 1, spread] {
            guard let window = window(around: candidate, factor) else { continue }
            let zoom = (
                x: Double(sides.width) / (candidate.width * factor),
                y: Double(sides.height) / (candidate.height * factor)
            )
            let part = try base.part(
                window,
                resizedTo: max(sides.width, Int((Double(window.width) * zoom.x).rounded())),
                max(sides.height, Int((Double(window.height) * zoom.y).rounded())))
            let scale = (x: Double(window.width) / Double(part.width), y: Double(window.height) / Double(part.height))
            guard let peak = try CorrelationMap(of: pattern, in: part)?.peaks(limit: 1, apart: 1, 1).first,
                peak.score > best?.score ?? -1
            else { continue }
            best = Candidate(
                x: Double(window.x) + Double(peak.x) * scale.x, y: Double(window.y) + Double(peak.y) * scale.y,
                width: Double(sides.width) * scale.x, height: Double(sides.height) * scale.y, score: peak.score)
        }
        return best ?? candidate
    }

    /// The candidate's place with a margin of a seventh, within the picture.
    private func window(around candidate: Candidate, _ factor: Double) -> PixelRectangle? {
        let width = candidate.width * factor
        let height = candidate.height * factor
        let margin = (x: max(3, width / 7), y: max(3, height / 7))
        let middle = (x: candidate.x + candidate.width / 2, y: candidate.y + candidate.height / 2)
        let left = max(0, Int((middle.x - width / 2 - margin.x).rounded(.down)))
        let top = max(0, Int((middle.y - height / 2 - margin.y).rounded(.down)))
        let right = min(base.width, Int((middle.x + width / 2 + margin.x).rounded(.up)))
        let bottom = min(base.height, Int((middle.y + height / 2 + margin.y).rounded(.up)))
        guard Double(right - left) >= width * 0.98, Double(bottom - top) >= height * 0.98 else { return nil }
        return PixelRectangle(x: left, y: top, width: right - left, height: bottom - top)
    }

    /// The best candidates that do not lie on each other.
    private func separated(_ candidates: [Candidate], limit: Int) -> [Candidate] {
        var kept: [Candidate] = []
        for candidate in candidates.sorted(by: { $0.score > $1.score }) {
            if kept.contains(where: { $0.overlap(candidate) > 0.45 }) { continue }
            kept.append(candidate)
            if kept.count == limit { break }
        }
        return kept
    }

    /// A place in pixels of the searched picture, within it and never empty.
    private func pixels(_ candidate: Candidate) -> PixelRectangle {
        let scale = (x: Double(width) / Double(base.width), y: Double(height) / Double(base.height))
        let left = min(max(Int((candidate.x * scale.x).rounded()), 0), width - 1)
        let top = min(max(Int((candidate.y * scale.y).rounded()), 0), height - 1)
        let right = min(max(Int(((candidate.x + candidate.width) * scale.x).rounded()), left + 1), width)
        let bottom = min(max(Int(((candidate.y + candidate.height) * scale.y).rounded()), top + 1), height)
        return PixelRectangle(x: left, y: top, width: right - left, height: bottom - top)
    }
}
