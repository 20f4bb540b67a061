// The one error type of this target. What a person can correct in a form comes as problems with their fields; the rest
// is a code.

/// Why a workflow did not do what it was asked.
public struct WorkflowError: Error, Sendable, Hashable {
    /// The kind of failure; new kinds may appear.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The stable name, in capitals as in the API's error codes.
        public let name: String

        private init(_ name: String) { self.name = name }

        /// The input has faults that a person can correct; `problems` lists them.
        public static let invalidInput = Code("INVALID_INPUT")
        /// The object does not exist for the viewer.
        public static let notFound = Code("NOT_FOUND")
        /// The viewer may see the object, but not do this.
        public static let forbidden = Code("FORBIDDEN")
        /// The object is not in a state that allows this.
        public static let conflict = Code("CONFLICT")
        /// The run has ended or was taken over, so that its worker may write no more.
        public static let runLost = Code("RUN_LOST")
        /// The stored data are not what this program writes.
        public static let inconsistentData = Code("INCONSISTENT_DATA")
        /// The reviewed content cannot be read.
        public static let contentUnreadable = Code("CONTENT_UNREADABLE")

        /// The stable name.
        public var description: String { name }
    }

    /// The kind of failure.
    public let code: Code
    /// What happened, for people, in English.
    public let message: String
    /// What has to be corrected; empty unless the code is `invalidInput`.
    public let problems: [InputProblem]

    /// Makes an error without problems.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
        self.problems = []
    }

    /// Makes the error of an input with faults.
    public init(problems: [InputProblem]) {
        self.code = .invalidInput
        self.message = problems.first?.message ?? "The input has faults."
        self.problems = problems
    }

    /// The error for an object that does not exist for the viewer, for example `A task`.
    static func notFound(_ what: String) -> WorkflowError {
        WorkflowError(.notFound, "\(what) with this id does not exist.")
    }
}

extension WorkflowError: CustomStringConvertible {
    /// The code and the message.
    public var description: String { "\(code): \(message)" }
}
