/// One fault of an input, at a field that a form can mark.
public struct InputProblem: Sendable, Hashable {
    /// What is wrong; the names are those of the API's `UserErrorCode`.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The stable name.
        public let name: String

        private init(_ name: String) { self.name = name }

        /// The value may not be empty.
        public static let required = Code("REQUIRED")
        /// The text or list is too long.
        public static let tooLong = Code("TOO_LONG")
        /// The value is not one of those allowed here.
        public static let invalid = Code("INVALID")
        /// The object referred to does not exist for the viewer, or belongs to another project.
        public static let notFound = Code("NOT_FOUND")
        /// Another object has this name already.
        public static let duplicate = Code("DUPLICATE")
        /// The object is not in a state that allows this.
        public static let conflict = Code("CONFLICT")
        /// The subtask has an active review already.
        public static let reviewActive = Code("REVIEW_ACTIVE")
        /// The file has not been uploaded and checked yet, or failed the check.
        public static let assetNotReady = Code("ASSET_NOT_READY")
        /// The system has failed, not the input; the same again may succeed.
        public static let failed = Code("FAILED")
        /// The task has nothing that could be exported.
        public static let nothingToExport = Code("NOTHING_TO_EXPORT")
        /// The presentation has no picture that could be imported.
        public static let nothingToImport = Code("NOTHING_TO_IMPORT")
        /// The server lacks the program that makes the format.
        public static let formatUnavailable = Code("FORMAT_UNAVAILABLE")
        /// The task was not imported from a presentation.
        public static let noOriginalSlides = Code("NO_ORIGINAL_SLIDES")
        /// No character of the project has a picture to compare with.
        public static let noCharacterPictures = Code("NO_CHARACTER_PICTURES")
        /// No bytes have arrived for this upload.
        public static let uploadMissing = Code("UPLOAD_MISSING")
        /// The ticket's time is over.
        public static let uploadExpired = Code("UPLOAD_EXPIRED")
        /// The file has more bytes than allowed, or not as many as announced.
        public static let uploadSize = Code("UPLOAD_SIZE")
        /// The bytes are not of the announced type, or the type is not allowed here.
        public static let uploadType = Code("UPLOAD_TYPE")
        /// The bytes cannot be read, or the picture is too large in pixels, or the video too long.
        public static let uploadUnreadable = Code("UPLOAD_UNREADABLE")
        /// The server has no programs that read videos and recordings.
        public static let mediaToolsMissing = Code("MEDIA_TOOLS_MISSING")
        /// The moment lies behind the end of the video or recording.
        public static let outsideDuration = Code("OUTSIDE_DURATION")

        /// Every code, by its name.
        public static let all: [Code] = [
            required, tooLong, invalid, notFound, duplicate, conflict, reviewActive, assetNotReady, failed,
            nothingToExport, nothingToImport, formatUnavailable, noOriginalSlides, noCharacterPictures, uploadMissing,
            uploadExpired, uploadSize, uploadType, uploadUnreadable, mediaToolsMissing, outsideDuration,
        ]

        /// The stable name.
        public var description: String { name }
    }

    /// The way to the field inside the mutation's `input`, for example `["content", "title"]`; empty for the whole.
    public let field: [String]
    /// What is wrong.
    public let code: Code
    /// What is wrong, for people, in English.
    public let message: String

    /// Makes a problem.
    public init(_ field: [String], _ code: Code, _ message: String) {
        self.field = field
        self.code = code
        self.message = message
    }
}
