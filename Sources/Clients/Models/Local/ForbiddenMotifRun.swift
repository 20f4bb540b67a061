import Imaging
import JSON

// general_ng_review: does the picture resemble a forbidden reference, or have a forbidden colour?

extension LocalRun {
    /// Looks for forbidden motifs and colours.
    func forbiddenMotifReview() async throws -> ReviewVerdict {
        let picture = try await loadPicture()
        let templates = try await loadReferences()
        let places = try await search(templates, in: picture, limit: 3, mirroredToo: request.mode == .quality)
        var findings = places.withoutOverlaps().compactMap { motif($0, templates.count) }
        // Several places hardly like the motif say no more than the best of them.
        if let trace = findings.first(where: { $0.severity == .safe }) {
            findings.removeAll { $0.severity == .safe }
            if findings.isEmpty { findings = [trace] }
        }
        let colors = ForbiddenColor.named(tags: request.tags, instruction: request.instruction) + swatches(templates)
        var measured: [JSONValue] = places.map(\.measurements)
        for color in colors {
            let coverage = try await stage("measuring a forbidden colour") {
                try MeasuredColor(in: picture) { color.coverage(in: $0) }
            }
            measured.append(["color": .string(color.name), "share": .double(coverage.coverage.share.rounded3)])
            if let finding = forbiddenColor(color, coverage) { findings.append(finding) }
        }
        let wasCompared = !templates.isEmpty || !colors.isEmpty
        if request.ngSubcategory == .abstractType || !wasCompared {
            let reason = wasCompared ? LocalTexts.notAutomated(request.title) : LocalTexts.noReferences(request.title)
            findings.append(humanCheck(reason))
        } else if findings.isEmpty {
            findings.append(nothingForbidden(templates.count, places, colors.count))
        }
        return .ok(findings, measurements: ["measured": .array(measured)])
    }

    /// The finding for a place, when its score says that there is one.
    private func motif(_ place: FoundPlace, _ count: Int) -> FindingDraft? {
        let score = NGScore(
            shapeLikeness: place.presence.shapeLikeness, meanDifference: place.comparison.meanDifference)
        guard let severity = score.severity else { return nil }
        return FindingDraft(
            description: text(LocalTexts.forbiddenMotif(request.title, severity)), severity: severity,
            suggestion: severity > .safe ? text(LocalTexts.removeMotif) : nil, tag: motifTag, area: place.area,
            confidence: severity > .safe ? place.presence.likeness : 1 - place.presence.likeness,
            method: text(LocalMethods.comparison(place, of: count)) + "; " + text(LocalTexts.score(score)))
    }

    /// Tags come from the list only: the one that the title names, else the first.
    private var motifTag: String? {
        request.tags.first { request.title.contains($0) } ?? request.tags.first
    }

    private func forbiddenColor(_ color: ForbiddenColor, _ measured: MeasuredColor) -> FindingDraft? {
        guard let mean = measured.coverage.meanColor else { return nil }
        let score = NGScore(
            colorShare: measured.coverage.share,
            difference: color.word == nil ? LabColor(mean).difference(from: LabColor(color.color)) : nil)
        guard let severity = score.severity else { return nil }
        return FindingDraft(
            description: text(LocalTexts.forbiddenColor(color.name, measured.coverage.share, mean.hex)),
            severity: severity, suggestion: severity > .safe ? text(LocalTexts.removeMotif) : nil,
            tag: color.tag ?? request.tags.first, area: measured.area,
            confidence: min(0.95, 0.6 + measured.coverage.share * 3),
            method: text(LocalMethods.coverage(color, measured.coverage)) + "; " + text(LocalTexts.score(score)))
    }

    /// References without structure forbid their colour.
    private func swatches(_ templates: [RegionTemplate]) -> [ForbiddenColor] {
        templates.filter { !$0.hasStructure }.map {
            ForbiddenColor(name: $0.meanColor.hex, color: $0.meanColor, word: nil, tag: nil)
        }
    }

    private func nothingForbidden(_ references: Int, _ places: [FoundPlace], _ colors: Int) -> FindingDraft {
        let best = places.map(\.presence.likeness).max()
        return FindingDraft(
            description: text(LocalTexts.nothingForbidden(request.title)), severity: .safe,
            confidence: best.map { 1 - $0 / 2 } ?? 0.8,
            method: text(
                LocalMethods.nothingForbidden(
                    references: references, mirroredToo: request.mode == .quality, bestLikeness: best, colors: colors)))
    }
}
