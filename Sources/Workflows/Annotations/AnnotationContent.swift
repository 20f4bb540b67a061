public import FoundationEssentials
import JSON

/// What an annotation says and shows, as it comes from a person.
public struct AnnotationContent: Sendable, Hashable {
    /// A part of the picture in fractions of its width and height.
    public struct Area: Sendable, Hashable {
        /// The left edge.
        public var x: Double
        /// The upper edge.
        public var y: Double
        /// The width.
        public var width: Double
        /// The height.
        public var height: Double

        /// Makes an area.
        public init(x: Double, y: Double, width: Double, height: Double) {
            self.x = x
            self.y = y
            self.width = width
            self.height = height
        }

        /// Whether it is a part of the picture; sums may be off by a rounding.
        var isInside: Bool {
            x >= 0 && y >= 0 && width > 0 && height > 0 && x + width <= 1.000001 && y + height <= 1.000001
        }
    }

    /// The longest drawing, as JSON text in bytes.
    static let maximumDrawingBytes = 256 * 1024

    /// What it says; may be empty only if there is a drawing.
    public var text: String
    /// The tool that it was drawn with, as it is stored; nil for a plain comment.
    public var shape: String?
    /// Where it is; nil if it concerns the whole material.
    public var area: Area?
    /// As `#rrggbb`.
    public var color: String?
    /// What a canvas drew, as JSON text.
    public var drawing: [UInt8]?
    /// Where in a video or recording it begins.
    public var startSeconds: Double?
    /// Where in a video or recording it ends.
    public var endSeconds: Double?
    /// A picture of the same project.
    public var attachmentID: UUID?
    /// The colour that the area has, as `#rrggbb`; only for a `COLOR_SAMPLE`.
    public var sampledColor: String?
    /// The colour that the area should have, as `#rrggbb`; only for a `COLOR_SAMPLE`.
    public var referenceColor: String?
    /// How much of the attached picture is seen over the area, from 0 to 1; only for a `PICTURE_OVERLAY`.
    public var opacity: Double?

    /// Makes a content.
    public init(
        text: String, shape: String? = nil, area: Area? = nil, color: String? = nil, drawing: [UInt8]? = nil,
        startSeconds: Double? = nil, endSeconds: Double? = nil, attachmentID: UUID? = nil, sampledColor: String? = nil,
        referenceColor: String? = nil, opacity: Double? = nil
    ) {
        self.text = text
        self.shape = shape
        self.area = area
        self.color = color
        self.drawing = drawing
        self.startSeconds = startSeconds
        self.endSeconds = endSeconds
        self.attachmentID = attachmentID
        self.sampledColor = sampledColor
        self.referenceColor = referenceColor
        self.opacity = opacity
    }

    /// Whether the shape says something without a text.
    private var isSample: Bool { shape == "COLOR_SAMPLE" || shape == "PICTURE_OVERLAY" }

    /// The content in the form in which it is stored; what is wrong is added to the check.
    ///
    /// `duration` is how long the material lasts, in seconds; nil for one that has no time.
    func checked(_ check: inout InputCheck, duration: Double?) -> AnnotationContent {
        var content = self
        content.text = check.text(text, ["text"])
        if content.text.trimmedSpaces.isEmpty, drawing == nil, !isSample {
            check.fail(["text"], .required, "This may be empty only if there is a drawing.")
        }
        if let area, !area.isInside {
            check.fail(["area"], .invalid, "The area has to lie inside the picture, in fractions from 0 to 1.")
        }
        content.color = color.map { check.color($0, ["color"]) }
        content.sampledColor = sampledColor.map { check.color($0, ["sampledColor"]) }
        content.referenceColor = referenceColor.map { check.color($0, ["referenceColor"]) }
        checkSample(&check)
        if let drawing { check.json(drawing, ["drawing"], maximum: Self.maximumDrawingBytes) }
        (content.startSeconds, content.endSeconds) = check.times(from: startSeconds, to: endSeconds, within: duration)
        return content
    }

    /// What samples and overlays need, and nothing else may have.
    private func checkSample(_ check: inout InputCheck) {
        let colors = [("sampledColor", sampledColor), ("referenceColor", referenceColor)]
        for (field, color) in colors where (color != nil) != (shape == "COLOR_SAMPLE") {
            check.fail(
                [field], color == nil ? .required : .invalid, "A sample has two colors, and nothing else has any.")
        }
        if (opacity != nil) != (shape == "PICTURE_OVERLAY") {
            check.fail(
                ["opacity"], opacity == nil ? .required : .invalid, "A picture laid over another has an opacity.")
        } else if let opacity, !(0...1).contains(opacity) {
            check.fail(["opacity"], .invalid, "An opacity is a number from 0 to 1.")
        }
        if isSample, area == nil { check.fail(["area"], .required, "Say where it is.") }
        if shape == "PICTURE_OVERLAY", attachmentID == nil {
            check.fail(["attachmentId"], .required, "Choose the picture to lay over the other.")
        }
    }
}

extension InputCheck {
    /// Checks a colour, and gives it in small letters.
    fileprivate mutating func color(_ text: String, _ field: [String]) -> String {
        let digits = text.utf8.dropFirst()
        let isHexadecimal = digits.allSatisfy { Character(UnicodeScalar($0)).isHexDigit }
        if text.utf8.first != UInt8(ascii: "#") || digits.count != 6 || !isHexadecimal {
            fail(field, .invalid, "A color is written as #rrggbb.")
        }
        return text.lowercased()
    }
}
