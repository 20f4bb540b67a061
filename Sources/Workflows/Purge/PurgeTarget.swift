import Database
import FoundationEssentials

/// A table whose rows are deleted for good.
///
/// What lies in a row goes with it, by the foreign keys; what there may be much of goes before, in parts. What other
/// people's work refers to stays.
struct PurgeTarget: Sendable {
    /// The table; it is called `entity` in the condition.
    let table: String
    /// What rows must fulfil to go.
    let condition: String
    /// What there may be much of in a row, in an order in which nothing goes that something left refers to.
    ///
    /// A table that has any, and from which people delete, has a column `purge_started_at`.
    let parts: [Part]

    /// Rows that lie in those of a target.
    struct Part: Sendable {
        let target: PurgeTarget
        /// Whether a few rows are enough for a transaction: in each lies more than nothing.
        let isLarge: Bool
        /// A condition for those that lie in the rows with these keys.
        let lies: @Sendable (_ keys: [UUID]) -> SQL

        /// Rows with the key of that in which they lie in a column.
        init(_ target: PurgeTarget, _ column: String, isLarge: Bool = false) {
            self.init(target, isLarge: isLarge) { keys in
                "entity.\(unsafeSQL: column) = any(\(keys)) and \(unsafeSQL: target.condition)"
            }
        }

        init(_ target: PurgeTarget, isLarge: Bool = false, lies: @escaping @Sendable ([UUID]) -> SQL) {
            self.target = target
            self.isLarge = isLarge
            self.lies = lies
        }
    }

    private init(_ table: String, condition: String = "true", parts: [Part] = []) {
        self.table = table
        self.condition = condition
        self.parts = parts
    }

    /// The tables from which people delete what they can bring back; projects first: what is in them keeps other things.
    static let all = [
        PurgeTarget("projects", parts: contents),
        tasks,
        subtasks,
        // Answers that were deleted with their thread go with it.
        PurgeTarget("annotations", condition: "not entity.is_deleted_with_thread"),
        documents,
        // Old findings still show the title of what was looked for (rule 13), and batch jobs what they looked for.
        PurgeTarget(
            "rpds",
            condition: """
                not exists (
                    select 1
                    from rpd_versions
                    join review_outcomes on review_outcomes.rpd_version_id = rpd_versions.id
                    where rpd_versions.rpd_id = entity.id
                )
                and not exists (select 1 from batch_job_rpds where batch_job_rpds.rpd_id = entity.id)
                """),
        PurgeTarget("characters"),
        PurgeTarget("items"),
        PurgeTarget("review_sets"),
        PurgeTarget(
            "ips", condition: "not exists (select 1 from characters where characters.ip_id = entity.id)"),
    ]

    private static let tasks = PurgeTarget("tasks", parts: [Part(subtasks, "task_id")])

    private static let subtasks = PurgeTarget(
        "subtasks",
        parts: [
            Part(PurgeTarget("findings")) { keys in
                "entity.review_id in (select id from reviews where subtask_id = any(\(keys)))"
            },
            Part(PurgeTarget("reviews"), "subtask_id", isLarge: true),
            // Answers before what they answer, which would take all of them with it.
            Part(PurgeTarget("annotations", condition: "entity.parent_id is not null"), "subtask_id"),
            Part(PurgeTarget("annotations"), "subtask_id"),
        ])

    private static let documents = PurgeTarget(
        "documents",
        parts: [
            Part(PurgeTarget("document_pictures"), "document_id"), Part(PurgeTarget("document_pages"), "document_id"),
        ])

    /// What a project is made of; what else is in it is little, and goes with the project's own row.
    private static let contents = [
        Part(tasks, "project_id"),
        Part(PurgeTarget("exports"), "project_id"),
        Part(
            PurgeTarget("batch_jobs", parts: [Part(PurgeTarget("batch_job_items"), "batch_job_id")]), "project_id"),
        Part(PurgeTarget("imports", parts: [Part(PurgeTarget("import_items"), "import_id")]), "project_id"),
        Part(documents, "project_id"),
        Part(PurgeTarget("items"), "project_id"),
        Part(PurgeTarget("generated_references"), "project_id"),
        Part(PurgeTarget("rpd_tests"), "project_id"),
        Part(PurgeTarget("rpds"), "project_id", isLarge: true),
        Part(PurgeTarget("characters"), "project_id", isLarge: true),
        Part(PurgeTarget("promoted_findings"), "project_id"),
        Part(PurgeTarget("assets", condition: "not asset_is_used(entity.id)"), "project_id"),
    ]
}
