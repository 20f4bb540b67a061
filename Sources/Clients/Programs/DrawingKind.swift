/// A sort of drawing, which a program of its own makes a picture of.
public enum DrawingKind: Sendable, Hashable, CaseIterable {
    /// SVG, compressed with gzip (SVGZ) or not.
    case svg
    /// Illustrator's documents, which have a PDF inside, and every other PDF with that name.
    case illustrator
    /// Encapsulated PostScript.
    case postScript

    /// Tells the kind by a file's first bytes; what is neither PDF nor PostScript could only be SVG, which begins with
    /// anything.
    public init(magicNumber bytes: some Collection<UInt8>) {
        if bytes.starts(with: Array("%PDF-".utf8)) {
            self = .illustrator
        } else if bytes.starts(with: Array("%!PS".utf8)) || bytes.starts(with: EncapsulatedPostScript.binaryHeader) {
            self = .postScript
        } else {
            self = .svg
        }
    }

    /// The kind of a media type; nil for one that no drawing has.
    public init?(mediaType: String) {
        guard let kind = Self.allCases.first(where: { $0.mediaType == mediaType }) else { return nil }
        self = kind
    }

    /// The media type.
    public var mediaType: String {
        switch self {
        case .svg: "image/svg+xml"
        case .illustrator: "application/illustrator"
        case .postScript: "application/postscript"
        }
    }

    /// What people are told where the program is missing.
    public var unavailable: String {
        switch self {
        case .svg: "This server cannot read SVG files: librsvg2-bin is not installed."
        case .illustrator: "This server cannot read AI files: poppler-utils are not installed."
        case .postScript: "This server cannot read EPS files: ghostscript is not installed."
        }
    }

    /// The programs that have to be there, in one folder.
    var programs: [String] {
        switch self {
        case .svg: ["rsvg-convert"]
        case .illustrator: ["pdfinfo", "pdftotext", "pdftocairo"]
        case .postScript: ["gs"]
        }
    }
}
