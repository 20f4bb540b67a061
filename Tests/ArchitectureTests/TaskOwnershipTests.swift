import Testing

/// The rule "no task without an owner".
///
/// Unstructured tasks begin in `EventLoop`, which says who awaits or cancels them, and in the program's own wiring.
/// Everything else uses `Loop.spawn` or task groups.
enum TaskOwnershipRule {
    private static let mayStart: Set<String> = ["EventLoop", "aimage"]

    private static let exceptions: Set<String> = [
        // The executor of the engine when it is used without a loop: its one task drains its queue and then ends.
        "Sources/GraphQL/Execution/ExecutionHost.swift",
        // Its one task runs between the fetches of payloads, so no call can await it; it is cancelled with its last reference.
        "Sources/GraphQL/Execution/Incremental/IncrementalDelivery.swift",
        // Its one task is awaited where it begins; it is there so that a cancelled caller stops its server too.
        "Sources/Database/Embedded/EmbeddedPostgres.swift",
    ]

    /// The places that begin an unstructured task where that is not allowed.
    static func violations(in file: SourceFile) -> [String] {
        guard !mayStart.contains(file.target), !exceptions.contains(file.path) else { return [] }
        return file.codeLines.enumerated()
            .filter {
                $0.element.mentions("Task") && $0.element.contains(startPattern)
                    && !$0.element.contains("extension Task")
            }
            .map { file.place($0.offset) }
    }

    // A Regex is not Sendable, hence computed.
    private static var startPattern: Regex<Substring> {
        /(?:^|\W)Task(?:<[^>]*>)?(?:\.(?:detached|immediate))?\s*(?:\{|\((?:priority|name|executorPreference))/
    }
}

@Suite("Tasks")
struct TaskOwnershipTests {
    @Test("Unstructured tasks are started in EventLoop and aimage only")
    func tasksHaveOwners() throws {
        let violations = try SourceTree.sources().flatMap(TaskOwnershipRule.violations)
        #expect(violations.isEmpty, "\(violations.joined(separator: "\n"))")
    }

    @Test(
        "A task's start is found, and a task's type or cancellation is not",
        arguments: [
            ("Task { work() }", 1), ("Swift.Task.detached { work() }", 1), ("Task(priority: .low) { work() }", 1),
            ("let task: Task<Void, Never>", 0), ("try Task.checkCancellation()", 0), ("struct TaskRow {", 0),
            ("extension Task {", 0),
        ])
    func startsAreFound(text: String, count: Int) {
        let file = SourceFile(path: "Sources/Server/A.swift", text: text)
        #expect(TaskOwnershipRule.violations(in: file).count == count)
    }
}
