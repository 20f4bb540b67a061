public import JSON

/// What an import has made otherwise than it stands in the presentation.
public struct ImportWarning: Sendable, Hashable {
    /// What is not as it was; the raw values are stored, and are those of the API.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// A video or a sound lies outside of the presentation, and nobody has looked for it.
        case mediaLinked = "MEDIA_LINKED"
        /// A video or a sound cannot be read, or is none that is allowed.
        case mediaRefused = "MEDIA_REFUSED"
    }

    /// For programs.
    public let code: Code
    /// The slide, from 1.
    public let slideNumber: Int
    /// For people, in English.
    public let message: String

    init(_ code: Code, slideNumber: Int, _ message: String) {
        self.code = code
        self.slideNumber = slideNumber
        self.message = message
    }

    /// Reads a stored warning; nil for anything else.
    public init?(_ value: JSONValue) {
        guard let code = value["code"]?.string.flatMap(Code.init), let slide = value["slide"]?.int,
            let message = value["message"]?.string
        else { return nil }
        self.init(code, slideNumber: Int(slide), message)
    }

    /// The warning as it is stored.
    var stored: JSONValue {
        ["code": .string(code.rawValue), "slide": .int(Int64(slideNumber)), "message": .string(message)]
    }
}
