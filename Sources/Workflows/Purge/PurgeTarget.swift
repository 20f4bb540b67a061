/// A table whose rows are deleted for good.
///
/// What lies in a row goes with it, by the foreign keys. What other people's work refers to stays.
struct PurgeTarget: Sendable {
    /// The table; it is called `entity` in the condition.
    let table: String
    /// What rows must fulfil to go.
    let condition: String
    /// Whether very much may lie in a row.
    let isLarge: Bool

    private init(_ table: String, condition: String = "true", isLarge: Bool = false) {
        self.table = table
        self.condition = condition
        self.isLarge = isLarge
    }

    /// The tables from which people delete what they can bring back, beside projects.
    static let all = [
        PurgeTarget("tasks"),
        PurgeTarget("subtasks"),
        // Answers that were deleted with their thread go with it.
        PurgeTarget("annotations", condition: "not entity.is_deleted_with_thread"),
        PurgeTarget("documents"),
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

    /// What a project is made of, in an order in which nothing goes that something left refers to; what else is in it is
    /// little, and goes with the project's own row.
    static let contents = [
        PurgeTarget("tasks", isLarge: true),
        PurgeTarget("exports"),
        PurgeTarget("batch_jobs", isLarge: true),
        PurgeTarget("imports", isLarge: true),
        PurgeTarget("documents", isLarge: true),
        PurgeTarget("items"),
        PurgeTarget("generated_references"),
        PurgeTarget("rpd_tests"),
        PurgeTarget("rpds", isLarge: true),
        PurgeTarget("characters"),
        PurgeTarget("promoted_findings"),
        PurgeTarget("assets", condition: "not asset_is_used(entity.id)"),
    ]
}
