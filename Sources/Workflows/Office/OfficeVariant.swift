/// The variants of Office files: the same elements under other names (ECMA-376, part 1 and part 4).
enum OfficeVariant: Sendable {
    /// What almost every program writes.
    case transitional
    /// What some programs can be told to write.
    case strict

    /// The variant of a slide or presentation by the namespace of its root; nil for what is neither.
    init?(presentationNamespace namespace: String) {
        switch namespace {
        case Self.transitional.presentationNamespace: self = .transitional
        case Self.strict.presentationNamespace: self = .strict
        default: return nil
        }
    }

    /// The namespace of slides.
    var presentationNamespace: String {
        switch self {
        case .transitional: "http://schemas.openxmlformats.org/presentationml/2006/main"
        case .strict: "http://purl.oclc.org/ooxml/presentationml/main"
        }
    }

    /// The namespace of shapes.
    var drawingNamespace: String {
        switch self {
        case .transitional: "http://schemas.openxmlformats.org/drawingml/2006/main"
        case .strict: "http://purl.oclc.org/ooxml/drawingml/main"
        }
    }

    /// The namespace of references, with which the types of references begin, too.
    var relationshipNamespace: String {
        switch self {
        case .transitional: "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        case .strict: "http://purl.oclc.org/ooxml/officeDocument/relationships"
        }
    }
}
