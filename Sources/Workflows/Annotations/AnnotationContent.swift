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

    /// Makes a content.
    public init(
        text: String, shape: String? = nil, area: Area? = nil, color: String? = nil, drawing: [UInt8]? = nil,
        startSeconds: Double? = nil, endSeconds: Double? = nil, attachmentID: UUID? = nil
    ) {
        self.text = text
        self.shape = shape
        self.area = area
        self.color = color
        self.drawing = drawing
        self.startSeconds = startSeconds
        self.endSeconds = endSeconds
        self.attachmentID = attachmentID
    }

    /// The content in the form in which it is stored; what is wrong is added to the check.
    ///
    /// `duration` is how long the material lasts, in seconds; nil for one that has no time.
    func checked(_ check: inout InputCheck, duration: Double?) -> AnnotationContent {
        var content = self
        content.text = check.text(text, ["text"])
        if content.text.trimmedSpaces.isEmpty, drawing == nil {
            check.fail(["text"], .required, "This may be empty only if there is a drawing.")
        }
        if let area, !area.isInside {
            check.fail(["area"], .invalid, "The area has to lie inside the picture, in fractions from 0 to 1.")
        }
        if let color {
            content.color = color.lowercased()
            let digits = color.utf8.dropFirst()
            let isHexadecimal = digits.allSatisfy { Character(UnicodeScalar($0)).isHexDigit }
            if color.utf8.first != UInt8(ascii: "#") || digits.count != 6 || !isHexadecimal {
                check.fail(["color"], .invalid, "A color is written as #rrggbb.")
            }
        }
        if let drawing { check.json(drawing, ["drawing"], maximum: Self.maximumDrawingBytes) }
        (content.startSeconds, content.endSeconds) = check.times(from: startSeconds, to: endSeconds, within: duration)
        return content
    }
}
