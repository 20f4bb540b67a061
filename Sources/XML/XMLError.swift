/// Why a document could not be read.
public struct XMLError: Error, Sendable, Hashable {
    /// The kind of failure; new kinds may appear.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Known: String, Sendable { case malformed, documentType, tooLarge, outOfMemory }

        private let known: Known

        /// The document is not well-formed, or nests deeper or has longer texts than libxml2 takes.
        public static let malformed = Code(known: .malformed)
        /// The document has a document type, which could define entities; no format that we read has one.
        public static let documentType = Code(known: .documentType)
        /// The document has more bytes than libxml2 counts.
        public static let tooLarge = Code(known: .tooLarge)
        /// There is no memory for it.
        public static let outOfMemory = Code(known: .outOfMemory)

        /// The name of the kind.
        public var description: String { known.rawValue }
    }

    /// The kind of failure.
    public let code: Code
    /// The line of the document, from 1; nil if it does not concern a line.
    public let line: Int?
}
