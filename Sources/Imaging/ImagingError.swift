// The one error type of this target. Everything libvips says ends here, with its own words kept.

/// A failure while reading, measuring or writing a picture.
public struct ImagingError: Error, Sendable, CustomStringConvertible {
    /// What went wrong, open for new codes.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Value: String, Sendable {
            case unsupportedFormat, unreadableFile, corruptPicture, missingComposite, tooManyBytes, tooManyPixels,
                operationFailed
            case invalidArgument, libraryUnavailable
        }

        private let value: Value

        private init(_ value: Value) { self.value = value }

        /// The first bytes belong to no format we read.
        public static let unsupportedFormat = Self(.unsupportedFormat)
        /// The file cannot be opened or read.
        public static let unreadableFile = Self(.unreadableFile)
        /// The bytes begin like a picture but cannot be decoded to the end.
        public static let corruptPicture = Self(.corruptPicture)
        /// A document of layers was saved without the picture that they make together.
        public static let missingComposite = Self(.missingComposite)
        /// The encoded picture is larger than the limit.
        public static let tooManyBytes = Self(.tooManyBytes)
        /// The decoded picture would be larger than the limit.
        public static let tooManyPixels = Self(.tooManyPixels)
        /// libvips refused an operation.
        public static let operationFailed = Self(.operationFailed)
        /// A rectangle, size or other argument does not fit the picture.
        public static let invalidArgument = Self(.invalidArgument)
        /// libvips could not be initialised.
        public static let libraryUnavailable = Self(.libraryUnavailable)

        /// The code's stable name.
        public var description: String { value.rawValue }
    }

    /// What went wrong.
    public let code: Code
    /// The reason in words, with libvips' own message when there is one.
    public let message: String

    /// Makes an error from its code and reason.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// Code and reason in one line, for logs.
    public var description: String { "\(code): \(message)" }
}
