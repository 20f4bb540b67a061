import Database
import Workflows

/// An entity that stands for some work: it ends, and then nothing more happens to it.
protocol RunEntity: Entity {
    /// The position of the status among the columns.
    static var statusColumn: Int { get }
}

extension RunEntity {
    /// Whether the work has ended.
    var isOver: Bool { Self.isEnd(row.string(Self.statusColumn)) }

    /// The statuses that end a try; batch jobs and imports have an ending of their own.
    static var ends: [String] { RunStatus.allCases.filter(\.isEnd).map(\.rawValue) + ["PARTIAL"] }

    /// Whether nothing follows a status, unless the work is tried again.
    static func isEnd(_ status: String) -> Bool { ends.contains(status) }
}
