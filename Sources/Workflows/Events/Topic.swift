public import FoundationEssentials

/// What an event is about, and what subscribers ask for: `review:` and an id, `project:` and an id, and so on.
public struct Topic: Sendable, Hashable, CustomStringConvertible {
    /// The stored name.
    public let name: String

    /// Makes a topic of a stored name.
    public init(name: String) { self.name = name }

    /// Everything that happens in one review.
    public static func review(_ id: UUID) -> Topic { Topic(name: "review:\(id.uuidString.lowercased())") }
    /// Everything that happens in one export.
    public static func export(_ id: UUID) -> Topic { Topic(name: "export:\(id.uuidString.lowercased())") }
    /// Everything that happens in the reading of one document.
    public static func document(_ id: UUID) -> Topic { Topic(name: "document:\(id.uuidString.lowercased())") }
    /// Everything that happens in one batch job.
    public static func batch(_ id: UUID) -> Topic { Topic(name: "batch:\(id.uuidString.lowercased())") }
    /// Everything that happens in one import.
    public static func `import`(_ id: UUID) -> Topic { Topic(name: "import:\(id.uuidString.lowercased())") }
    /// Everything that happens to one generated picture.
    public static func reference(_ id: UUID) -> Topic { Topic(name: "reference:\(id.uuidString.lowercased())") }
    /// Everything that happens to one try of a review point.
    public static func rpdTest(_ id: UUID) -> Topic { Topic(name: "rpd-test:\(id.uuidString.lowercased())") }
    /// Everything that people do with one task and what is in it.
    public static func task(_ id: UUID) -> Topic { Topic(name: "task:\(id.uuidString.lowercased())") }
    /// Everything that people do with the tasks of a project.
    public static func projectTasks(_ id: UUID) -> Topic { Topic(name: "project-tasks:\(id.uuidString.lowercased())") }
    /// Everything that a person is told.
    public static func user(_ id: UUID) -> Topic { Topic(name: "user:\(id.uuidString.lowercased())") }
    /// The changes of status of all reviews of a project.
    public static func projectReviews(_ id: UUID) -> Topic {
        Topic(name: "project-reviews:\(id.uuidString.lowercased())")
    }

    /// How the preparation of a project's review points goes on.
    public static func projectRpds(_ id: UUID) -> Topic { Topic(name: "project-rpds:\(id.uuidString.lowercased())") }
    /// What happens in a project, as its activity tells it.
    public static func projectActivity(_ id: UUID) -> Topic {
        Topic(name: "project-activity:\(id.uuidString.lowercased())")
    }

    /// The stored name.
    public var description: String { name }
}
