import FoundationEssentials
import Imaging

/// A task of the demo data.
struct SeedTask: Sendable {
    let name: String
    let status: SeedStatus
    let priority: SeedPriority
    /// Days from the day of the seed, negative for the past; nil for no date.
    let dueInDays: Int?
    let author: SeedUser
    let assignee: SeedUser?
    var description = ""
    /// Whether its reviews look at the copyright notice only.
    var isNoticeCheck = false
    let subtasks: [SeedSubtask]

    init(
        _ name: String, _ status: SeedStatus, _ priority: SeedPriority, due: Int?, by author: SeedUser,
        for assignee: SeedUser?, note description: String = "", isNoticeCheck: Bool = false, _ subtasks: [SeedSubtask]
    ) {
        self.name = name
        self.status = status
        self.priority = priority
        dueInDays = due
        self.author = author
        self.assignee = assignee
        self.description = description
        self.isNoticeCheck = isNoticeCheck
        self.subtasks = subtasks
    }
}

/// A picture of a task of the demo data.
struct SeedSubtask: Sendable {
    let name: String
    let figure: DemoFigure
    var variant: DemoVariant = []
    var fault = SeedPicture.Fault.none
    /// What was wrong with the version before this one; nil when there was none.
    var before: DemoVariant?

    init(
        _ name: String, _ figure: DemoFigure, _ variant: DemoVariant = [], _ fault: SeedPicture.Fault = .none,
        before: DemoVariant? = nil
    ) {
        self.name = name
        self.figure = figure
        self.variant = variant
        self.fault = fault
        self.before = before
    }

    /// The decision that fits the task's step.
    func status(in task: SeedStatus) -> String {
        switch task {
        case .waiting, .withAI, .withPerson: "PENDING"
        case .returned: variant.isEmpty && fault == .none ? "ACCEPTED" : "DENIED"
        case .finished: "ACCEPTED"
        }
    }
}
