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

    /// Reads the notice where it was found, else anywhere in the picture.
    private func read(
        _ expected: NoticeText?, _ reader: TextReader?, _ picture: Picture, _ place: FoundPlace?
    ) async throws -> (CopyrightDecision.Reading, String?) {
        guard let expected, let reader else { return (.notRead, nil) }
        let isFound = place?.presence.verdict == .found
        let text = try await stage("reading a notice") { [signal] in
            let part = isFound ? try place.map { try picture.cropped(to: $0.rectangle.grown(within: picture)) } : nil
            return try reader.read(part ?? picture, signal)
        }
        // A reader that fails has read nothing; the finding says so.
        guard let text else { return (.notRead, nil) }
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return (expected.compare(with: line), String(line.prefix(120)))
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

extension PixelRectangle {
    /// A fifth larger on each side, within the picture.
    fileprivate func grown(within picture: Picture) -> PixelRectangle {
        let margin = (x: width / 5, y: height / 5)
        let left = max(0, x - margin.x)
        let top = max(0, y - margin.y)
        return PixelRectangle(
            x: left, y: top, width: min(picture.width, x + width + margin.x) - left,
            height: min(picture.height, y + height + margin.y) - top)
    }
}
