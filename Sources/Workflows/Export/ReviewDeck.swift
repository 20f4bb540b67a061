// What a review export shows: plain values that a job collects from the database, with no SQL and no GraphQL in sight.

/// Everything that one exported presentation holds.
public struct ReviewDeck: Sendable {
    /// The language of the fixed words.
    public enum Language: Sendable {
        /// Japanese.
        case japanese
        /// English.
        case english
    }

    /// The name of the whole, at the foot of every slide.
    public var title: String
    /// The tasks, each with a title slide of its own.
    public var sections: [DeckSection]
    /// Whether findings belong in the deck: without them, their absence says nothing.
    public var showsFindings: Bool
    /// The language of the fixed words; the contents keep theirs.
    public var language: Language
    /// The font of all text: one that has Latin and Japanese letters, so that mixed lines look even.
    ///
    /// The default is free and the one that servers have. A program that lacks it takes a Japanese sans serif of its
    /// own (Yu Gothic, Hiragino), because the file says that this is one.
    public var font: String
    /// The moment of the export as RFC 3339 in UTC (`2026-04-01T12:00:00Z`), nil to leave it out.
    public var createdAt: String?

    /// Makes a deck.
    public init(
        title: String,
        sections: [DeckSection],
        showsFindings: Bool = true,
        language: Language = .japanese,
        font: String = "Noto Sans CJK JP",
        createdAt: String? = nil
    ) {
        self.title = title
        self.sections = sections
        self.showsFindings = showsFindings
        self.language = language
        self.font = font
        self.createdAt = createdAt
    }
}

/// One task of a deck.
public struct DeckSection: Sendable {
    /// The title, as a rule the task's name.
    public var title: String
    /// The line under the title, as a rule the project's name; may be empty.
    public var subtitle: String
    /// Further lines of the title slide, for example the description or the reviewer.
    public var details: [String]
    /// The materials in the order of their slides.
    public var slides: [ReviewedPicture]

    /// Makes a section.
    public init(title: String, subtitle: String = "", details: [String] = [], slides: [ReviewedPicture]) {
        self.title = title
        self.subtitle = subtitle
        self.details = details
        self.slides = slides
    }
}

/// A picture that can lie on a slide.
public struct DeckPicture: Sendable {
    /// The file formats that a presentation can hold.
    public enum Format: String, Sendable {
        /// PNG.
        case png
        /// JPEG.
        case jpeg
    }

    /// Where the picture's bytes are; they are read when the slide is written and dropped after it.
    public enum Source: Sendable {
        /// In memory.
        case bytes([UInt8])
        /// In a file of this machine.
        case file(path: String)
        /// Wherever the closure gets them; it is called once, blocks, and its error ends the export.
        case load(@Sendable () throws -> [UInt8])
    }

    /// Where the bytes are.
    public var source: Source
    /// The format of the bytes.
    public var format: Format
    /// The width in pixels, as displayed.
    public var pixelWidth: Int
    /// The height in pixels, as displayed.
    public var pixelHeight: Int

    /// Makes a picture.
    public init(source: Source, format: Format, pixelWidth: Int, pixelHeight: Int) {
        self.source = source
        self.format = format
        self.pixelWidth = pixelWidth
        self.pixelHeight = pixelHeight
    }
}

/// One version of a material with what was found and said.
public struct ReviewedPicture: Sendable {
    /// What people have decided.
    public enum Status: Sendable, Hashable {
        /// Nothing yet.
        case pending
        /// It is accepted.
        case accepted
        /// It has to be corrected.
        case denied
    }

    /// The title of the slide, as a rule the subtask's name.
    public var title: String
    /// A short remark beside the title, for example the version; may be empty.
    public var note: String
    /// The picture, nil if it cannot be had: the slide then says so.
    public var picture: DeckPicture?
    /// Whether there should be a picture; a text or a recording has none, and its slides have lists only.
    public var isPicture: Bool
    /// What people have decided.
    public var status: Status
    /// What the review found, in the order of the list beside the picture.
    public var findings: [ExportFinding]
    /// The review points that could not be judged: they are shown, so that nobody takes them for safe.
    public var failures: [ExportFailure]
    /// What people wrote and drew, in the order of the list.
    public var comments: [ExportComment]

    /// Makes a material.
    public init(
        title: String,
        note: String = "",
        picture: DeckPicture?,
        isPicture: Bool = true,
        status: Status = .pending,
        findings: [ExportFinding],
        failures: [ExportFailure] = [],
        comments: [ExportComment] = []
    ) {
        self.title = title
        self.note = note
        self.picture = picture
        self.isPicture = isPicture
        self.status = status
        self.findings = findings
        self.failures = failures
        self.comments = comments
    }
}

/// One finding of a review.
public struct ExportFinding: Sendable, Hashable {
    /// How bad it is.
    public enum Severity: Sendable, Hashable, CaseIterable {
        /// Must be changed.
        case risk
        /// Needs a look.
        case alert
        /// Nothing to change.
        case safe
    }

    /// A place on the picture, as parts of its width and height: 0 is left or top, 1 right or bottom.
    public struct Box: Sendable, Hashable {
        /// The left edge.
        public var x: Double
        /// The top edge.
        public var y: Double
        /// The width.
        public var width: Double
        /// The height.
        public var height: Double

        /// Makes a box; what lies outside the picture is cut off when it is drawn.
        public init(x: Double, y: Double, width: Double, height: Double) {
            self.x = x
            self.y = y
            self.width = width
            self.height = height
        }
    }

    /// The number on the picture and in the lists.
    public var number: Int
    /// How bad it is.
    public var severity: Severity
    /// The title of the review point that found it.
    public var title: String
    /// What was found.
    public var description: String
    /// What to do about it; may be empty.
    public var suggestion: String
    /// Where it is; nil, or a box without area, if it concerns the whole picture.
    public var box: Box?
    /// Whether a person holds it (保留), so that it stays through later reviews.
    public var isHeld: Bool
    /// The version of the material on which it was found, as `v1`, if that is not the one shown; else empty.
    public var origin: String
    /// When it is first seen in a video, in seconds; nil for everything else.
    public var startSeconds: Double?

    /// Makes a finding.
    public init(
        number: Int,
        severity: Severity,
        title: String,
        description: String,
        suggestion: String = "",
        box: Box? = nil,
        isHeld: Bool = false,
        origin: String = "",
        startSeconds: Double? = nil
    ) {
        self.number = number
        self.severity = severity
        self.title = title
        self.description = description
        self.suggestion = suggestion
        self.box = box
        self.isHeld = isHeld
        self.origin = origin
        self.startSeconds = startSeconds
    }
}

/// A review point that could not be judged.
public struct ExportFailure: Sendable, Hashable {
    /// The title of the review point.
    public var title: String
    /// Why it could not be judged.
    public var reason: String

    /// Makes a failure.
    public init(title: String, reason: String) {
        self.title = title
        self.reason = reason
    }
}
