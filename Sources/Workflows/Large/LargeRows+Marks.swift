import Database
import FoundationEssentials

// The marks of daily work: who takes part, what was changed, kept, exported and liked.

extension LargeRows {
    /// Companies that take part in projects.
    private static let partners = 30
    /// Companies and individuals that take part in each project.
    private static let cooperations = 10

    func writeMarks() async throws {
        try await writePartners()
        try await writeAuditEntries()
        try await writeExports()
        try await writeFindingMarks()
        try await writeReplies()
        try await writeNotifications()
    }

    /// Every tenth mark is the large organisation's, the newest one among them; the others are their partners'.
    private func organization(ofMark number: Int) -> UUID {
        (scale.marks - 1 - number).isMultiple(of: 10)
            ? LargeID.organization : LargeID.thing(.partner, number % Self.partners)
    }

    /// Every tenth mark is for the first user, the newest one among them; who has all of them makes an index useless.
    private func receiver(ofMark number: Int) -> UUID {
        LargeID.user((scale.marks - 1 - number).isMultiple(of: 10) ? 0 : number % scale.users)
    }

    private func writePartners() async throws {
        try await copy("organizations", ["id", "name"], count: Self.partners) { number, rows in
            rows.append(LargeID.thing(.partner, number), "協力会社 \(number)")
        }
        try await copy(
            "project_organizations", ["project_id", "organization_id", "created_at"],
            count: scale.projects * Self.cooperations
        ) { number, rows in
            rows.append(
                LargeID.project(number / Self.cooperations),
                LargeID.thing(.partner, (number / Self.cooperations + number) % Self.partners),
                moment(number, among: scale.projects * Self.cooperations))
        }
        try await copy(
            "project_members", ["project_id", "user_id", "created_at"], count: scale.projects * scale.cooperating
        ) { number, rows in
            rows.append(
                LargeID.project(number / scale.cooperating), LargeID.user(number % scale.cooperating),
                moment(number, among: scale.projects * scale.cooperating))
        }
        try await copy(
            "organization_invitations",
            ["id", "organization_id", "email", "hash", "created_by", "created_at", "expires_at"], count: scale.marks
        ) { number, rows in
            let made = moment(number, among: scale.marks)
            rows.append(
                LargeID.thing(.invitation, number), organization(ofMark: number), "guest\(number)@large.example",
                LargeID.hash(number), LargeID.user(0), made, made + .seconds(14 * 86_400))
        }
        try await copy(
            "likes", ["id", "user_id", "asset_id", "created_at"], count: scale.projects
        ) { number, rows in
            rows.append(
                LargeID.thing(.like, number), LargeID.user(0), LargeID.asset(number),
                moment(number, among: scale.projects))
        }
    }

    /// Every tenth entry tells of a task of the large organisation, the newest one of one in the newest project; the others are
    /// their partners', in no project.
    private func writeAuditEntries() async throws {
        let count = scale.auditEntries
        try await copy(
            "audit_entries",
            [
                "id", "organization_id", "project_id", "action", "entity_type", "entity_id", "user_id", "before",
                "after", "created_by", "created_at", "activity", "title", "task_id",
            ], count: count
        ) { number, rows in
            let id = LargeID.thing(.auditEntry, number)
            let user = LargeID.user(number % scale.users)
            let made = moment(number, among: count)
            let none: UUID? = nil
            guard (count - 1 - number).isMultiple(of: 10) else {
                return rows.append(
                    id, LargeID.thing(.partner, number % Self.partners), none, "CREATED", "ORGANIZATION_MEMBER", user,
                    user, JSONB?.none, JSONB(#"{"isAdmin": false}"#), user, made, String?.none, String?.none, none)
            }
            let project = number / 10 % scale.projects
            let task = project * scale.tasksPerProject + number % scale.tasksPerProject
            rows.append(
                id, LargeID.organization, LargeID.project(project), "UPDATED", "TASK", LargeID.task(task), none,
                JSONB(#"{"dueAt": null}"#), JSONB(#"{"dueAt": "2027-04-01T00:00:00+00:00"}"#), user, made,
                "TASK_UPDATED", "期限 #\(task)", LargeID.task(task))
        }
    }

    /// Every twentieth task was exported twice, the newest one among them; nobody waited for the files.
    private func writeExports() async throws {
        let count = scale.tasks / 20 * 2
        try await copy(
            "exports",
            ["id", "project_id", "task_id", "format", "status", "created_by", "created_at", "finished_at"],
            count: count
        ) { number, rows in
            let task = number / 2 * 20 + 19
            let made = moment(number, among: count)
            rows.append(
                LargeID.thing(.export, number), LargeID.project(task / scale.tasksPerProject), LargeID.task(task),
                "PPTX", "CANCELLED", LargeID.user(number % scale.users), made, made + .seconds(9))
        }
        try await copy("export_tasks", ["export_id", "project_id", "task_id", "position"], count: count) {
            number, rows in
            let task = number / 2 * 20 + 19
            rows.append(
                LargeID.thing(.export, number), LargeID.project(task / scale.tasksPerProject), LargeID.task(task),
                1 as Int32)
        }
    }

    /// Every hundredth finding was changed once and is knowledge of its project; a fifth of that is shared.
    private func writeFindingMarks() async throws {
        let count = scale.findings / 100
        func project(_ mark: Int) -> Int { mark * 100 / scale.findingsPerReview * 2 / scale.tasksPerProject }
        try await copy(
            "finding_revisions",
            ["id", "project_id", "finding_id", "number", "description", "severity", "created_by", "created_at"],
            count: count
        ) { number, rows in
            rows.append(
                LargeID.thing(.revision, number), LargeID.project(project(number)), LargeID.finding(number * 100),
                1 as Int32, "前の記述", "ALERT", LargeID.user(number % scale.users), moment(number, among: count))
        }
        try await copy(
            "promoted_findings",
            [
                "id", "project_id", "finding_id", "description", "severity", "rpd_title", "rpd_version_number",
                "asset_id",
                "notes", "created_by", "created_at", "scope",
            ], count: count
        ) { number, rows in
            rows.append(
                LargeID.thing(.promotion, number), LargeID.project(project(number)), LargeID.finding(number * 100),
                "設定資料と違います。", "RISK", "設定資料との一致", 1 as Int32, LargeID.asset(project(number)), "覚えておくこと",
                LargeID.user(number % scale.users), moment(number, among: count),
                number % 10 == 0 ? "ORGANIZATION" : number % 10 == 1 ? "PUBLIC" : "PROJECT")
        }
    }

    /// Every thread has an answer.
    private func writeReplies() async throws {
        let threads = (scale.tasks + 3) / 4
        try await copy(
            "annotations",
            ["id", "project_id", "subtask_id", "content_id", "parent_id", "body", "created_by", "created_at"],
            count: threads
        ) { number, rows in
            let subtask = number * 4
            rows.append(
                LargeID.annotation(threads + number), LargeID.project(subtask / scale.tasksPerProject),
                LargeID.subtask(subtask), LargeID.content(subtask), LargeID.annotation(number), "直しました。",
                LargeID.user(number % scale.users), moment(subtask, among: scale.tasks) + .seconds(90))
        }
    }

    /// The admin hears of decisions.
    private func writeNotifications() async throws {
        try await copy(
            "notifications",
            ["id", "user_id", "project_id", "kind", "task_id", "subtask_id", "created_by", "created_at"],
            count: scale.marks
        ) { number, rows in
            let task = number % scale.tasks
            rows.append(
                LargeID.thing(.notification, number), receiver(ofMark: number),
                LargeID.project(task / scale.tasksPerProject), "SUBTASK_DECIDED", LargeID.task(task),
                LargeID.subtask(task), LargeID.user(number % scale.users), moment(number, among: scale.marks))
        }
    }
}
