import Imaging
import JSON

// visual_review: is the referenced thing there, and does it have the reference's colours?
// Several references are several views of one thing: it is enough that one is found.

extension LocalRun {
    /// Compares the picture with the reference pictures.
    func visualReview() async throws -> ReviewVerdict {
        let picture = try await loadPicture()
        let quality = try await stage("measuring a picture's quality") { try PictureQualityCheck(picture) }
        let technical = quality.findings(in: request.language)
        if let check = request.visualCheck, !check.isComparable {
            return .ok(
                technical + [humanCheck(LocalTexts.notAutomated(request.title))], measurements: quality.measurements)
        }
        let templates = try await loadReferences()
        guard !templates.isEmpty else {
            return .ok(
                technical + [humanCheck(LocalTexts.noReferences(request.title))], measurements: quality.measurements)
        }
        let places = try await search(templates, in: picture)
        var findings = technical
        let found = places.filter { $0.presence.verdict == .found }.withoutOverlaps()
        for place in found {
            findings.append(try await judge(place, templates[place.reference], picture, templates.count))
        }
        if found.isEmpty, !places.isEmpty { findings.append(notFound(places, templates.count)) }
        for (index, template) in templates.enumerated() where !template.hasStructure {
            findings.append(try await judgeSwatch(template, index, picture))
        }
        return .ok(
            findings,
            measurements: ["quality": quality.measurements, "places": .array(places.map(\.measurements))])
    }

    /// Judges the colours of a found place: one look, in `quality` mode two, and a closer one when they are not sure.
    private func judge(
        _ place: FoundPlace, _ template: RegionTemplate, _ picture: Picture, _ count: Int
    ) async throws -> FindingDraft {
        var looks = [place]
        if request.mode == .quality { looks.append(try await lookAgain(place, template, picture, side: 112)) }
        var evidence = looks.compactMap { Self.worstDeviation($0)?.evidence }
        if VisualAggregation(evidence).needsRecheck {
            let closer = try await lookAgain(place, template, picture, side: 160)
            looks.append(closer)
            // A look that finds nothing is evidence too, once another look has found something.
            evidence = looks.map {
                Self.worstDeviation($0)?.evidence ?? VisualEvidence(severity: .safe, confidence: 0.6)
            }
        }
        let result = VisualAggregation(evidence)
        return finding(place, looks, result, count)
    }

    private func finding(
        _ place: FoundPlace, _ looks: [FoundPlace], _ result: VisualAggregation, _ count: Int
    ) -> FindingDraft {
        let severity = request.visualCheck?.reported(result.severity) ?? result.severity
        let method = text(LocalMethods.comparison(place, of: count))
        guard result.severity > .safe,
            let worst = looks.lazy.compactMap({ Self.worstDeviation($0) }).first
        else {
            return FindingDraft(
                description: text(LocalTexts.matches(request.title)), severity: severity, area: place.area,
                confidence: min(result.confidence, place.presence.likeness), method: method)
        }
        let deviation = worst.deviation
        let expected = deviation.expected.hex
        let found = deviation.found.hex
        return FindingDraft(
            description: text(LocalTexts.colorDeviates(request.title, expected, found, deviation.difference)),
            severity: severity, suggestion: text(LocalTexts.colorSuggestion(expected, found)), tag: "color",
            area: place.area.part(x: deviation.x, y: deviation.y, width: deviation.width, height: deviation.height)
                ?? place.area,
            confidence: result.confidence, method: method)
    }

    private func lookAgain(
        _ place: FoundPlace, _ template: RegionTemplate, _ picture: Picture, side: Int
    ) async throws -> FoundPlace {
        try await stage("comparing a place in detail") {
            try FoundPlace(
                template, reference: place.reference, with: picture, at: place.rectangle, detailSide: side)
        }
    }

    private static func worstDeviation(
        _ place: FoundPlace
    ) -> (deviation: AlignedComparison.Deviation, evidence: VisualEvidence)? {
        place.comparison.deviations.compactMap { deviation in
            ColorDeviationJudgement(difference: deviation.difference, share: deviation.share).map {
                (deviation, $0.evidence)
            }
        }.max { ($0.1.severity.weight, $0.1.confidence) < ($1.1.severity.weight, $1.1.confidence) }
    }

    /// What to say when no reference was found for certain.
    private func notFound(_ places: [FoundPlace], _ count: Int) -> FindingDraft {
        let best = places.max { $0.presence.likeness < $1.presence.likeness } ?? places[0]
        let isUnsure = best.presence.verdict == .unsure
        return FindingDraft(
            description: text(isUnsure ? LocalTexts.unsure(request.title) : LocalTexts.notFound(request.title)),
            severity: .alert,
            suggestion: text(isUnsure ? LocalTexts.compareBox : LocalTexts.notFoundSuggestion),
            tag: isUnsure ? "shape" : "not_found", area: isUnsure ? best.area : nil,
            confidence: 1 - best.presence.likeness, method: text(LocalMethods.comparison(best, of: count)))
    }

    /// A reference without structure is a colour swatch: its colour must occur.
    private func judgeSwatch(_ template: RegionTemplate, _ index: Int, _ picture: Picture) async throws -> FindingDraft
    {
        let color = template.meanColor
        let measured = try await stage("measuring a colour") {
            try MeasuredColor(in: picture) {
                ColorCoverage(of: color, in: $0, tolerance: ColorDeviationJudgement.noticeable)
            }
        }
        let isThere = measured.coverage.largestPatchShare >= 0.0005
        let description =
            isThere
            ? LocalTexts.swatchFound(request.title, color.hex) : LocalTexts.swatchMissing(request.title, color.hex)
        return FindingDraft(
            description: text(description),
            severity: isThere ? request.visualCheck?.reported(.safe) ?? .safe : .alert,
            suggestion: isThere ? nil : text(LocalTexts.notFoundSuggestion), tag: "color",
            area: isThere ? measured.area : nil, method: text(LocalMethods.swatch(measured.coverage.share)))
    }
}
