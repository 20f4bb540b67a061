import Imaging
import JSON

// Whether the picture can be judged at all: resolution, blur, emptiness.

/// The technical check of a picture.
struct PictureQualityCheck: Sendable {
    let quality: PictureQuality
    let width: Int
    let height: Int

    /// The shortest side that shows enough detail, in pixels.
    static let minimumSide = 240

    /// Measures a picture: at its own size up to 1600 pixels, so that blur is not scaled away.
    init(_ picture: Picture) throws {
        quality = PictureQuality(of: LuminanceMap(try picture.fitted(into: 1600).bitmap()))
        width = picture.width
        height = picture.height
    }

    /// The findings, in a language; none when all is well.
    func findings(in language: ReviewLanguage) -> [FindingDraft] {
        var findings: [FindingDraft] = []
        func add(_ tag: String, _ description: LocalizedText, _ suggestion: LocalizedText) {
            findings.append(
                FindingDraft(
                    description: description.text(in: language), severity: .alert,
                    suggestion: suggestion.text(in: language), tag: tag,
                    method: LocalMethods.quality(quality).text(in: language)))
        }
        if quality.isBlank { add("blank", LocalTexts.blank, LocalTexts.blankSuggestion) }
        if quality.isBlurred { add("blurred", LocalTexts.blurred, LocalTexts.blurredSuggestion) }
        if min(width, height) < Self.minimumSide {
            add("low_resolution", LocalTexts.small(width, height), LocalTexts.smallSuggestion)
        }
        return findings
    }

    /// The figures, for the record.
    var measurements: JSONValue {
        [
            "width": .int(Int64(width)), "height": .int(Int64(height)),
            "sharpness": .double(quality.sharpness.rounded3), "contrast": .double(quality.contrast.rounded3),
            "entropy": .double(quality.entropy.rounded3),
        ]
    }
}
