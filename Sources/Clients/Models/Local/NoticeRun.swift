import Imaging
import JSON

// copyright_review: is the notice there, does it look like its reference, and does it read as expected?

extension LocalRun {
    /// Looks for the copyright notice or mark.
    func copyrightReview(_ reader: TextReader?) async throws -> ReviewVerdict {
        let picture = try await loadPicture()
        let templates = try await loadReferences()
        if let even = templates.firstIndex(where: { !$0.hasStructure }) {
            throw LocalFailure(code: "referenceWithoutStructure", text: LocalTexts.referenceEven(even + 1))
        }
        let places = try await search(templates, in: picture)
        let best = places.max { $0.presence.likeness < $1.presence.likeness }
        let expected = NoticeText(instruction: request.instruction)
        let (reading, text) = try await read(expected, reader, picture, best)
        let mark = markVerdict(best)
        let decision = CopyrightDecision(mark: mark, reading: reading)
        let note = LocalTexts.reading(reading, text, hasReader: reader != nil)
        let finding = finding(decision.severity, mark, best, expected, note, templates.count)
        return .ok(
            [finding],
            measurements: ["places": .array(places.map(\.measurements)), "read": text.map { .string($0) } ?? .null])
    }

    /// A mark that is found but has parts of plainly another colour is not surely the right one.
    private func markVerdict(_ place: FoundPlace?) -> Presence.Verdict? {
        guard let place, place.presence.verdict == .found else { return place?.presence.verdict }
        let isRecoloured = place.comparison.deviations.contains {
            ColorDeviationJudgement(difference: $0.difference, share: $0.share)?.evidence.severity == .risk
        }
        return isRecoloured ? .unsure : .found
    }

    /// Reads the notice where it was found, else at the lower and upper edge, where notices are, else anywhere.
    ///
    /// Stops at the first reading that agrees; otherwise the closest one counts.
    private func read(
        _ expected: NoticeText?, _ reader: TextReader?, _ picture: Picture, _ place: FoundPlace?
    ) async throws -> (CopyrightDecision.Reading, String?) {
        guard let expected, let reader else { return (.notRead, nil) }
        var best: (CopyrightDecision.Reading, String?) = (.notRead, nil)
        for (part, layout) in Self.partsToRead(picture, place) {
            let text = try await stage("reading a notice") { [signal] in
                try reader.read(picture.cropped(to: part), layout, signal)
            }
            // A reader that fails has read nothing; when it never succeeds, the finding says so.
            guard let text else { continue }
            let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            let reading = expected.compare(with: line)
            if reading == .matches { return (.matches, expected.expected) }
            if best.0 == .notRead || (best.0 == .absent && reading == .differs) {
                best = (reading, String(line.prefix(120)))
            }
        }
        return best
    }

    private static func partsToRead(
        _ picture: Picture, _ place: FoundPlace?
    ) -> [(PixelRectangle, TextReader.Layout)] {
        if let place, place.presence.verdict == .found { return [(place.rectangle, .block)] }
        let whole = PixelRectangle(x: 0, y: 0, width: picture.width, height: picture.height)
        var strip = whole
        strip.height = max(1, picture.height * 3 / 20)
        var lower = strip
        lower.y = picture.height - strip.height
        return [(lower, .scattered), (strip, .scattered), (whole, .scattered)]
    }

    private func finding(
        _ severity: FindingSeverity, _ mark: Presence.Verdict?, _ place: FoundPlace?, _ expected: NoticeText?,
        _ note: LocalizedText, _ count: Int
    ) -> FindingDraft {
        let comparison = place.map { text(LocalMethods.comparison($0, of: count)) }
        let shown = mark == .missing || mark == nil ? nil : place?.area
        let suggestion = LocalTexts.noticeSuggestion(severity, expected: expected?.expected)
        return FindingDraft(
            description: text(LocalTexts.notice(request.title, severity, mark)), severity: severity,
            suggestion: suggestion.map { text($0) }, tag: "copyright", area: shown,
            confidence: place.map { mark == .missing ? 1 - $0.presence.likeness : $0.presence.likeness },
            method: [comparison, text(note)].compactMap { $0 }.joined(separator: "; "))
    }
}
