import Database

// Tasks, their pictures, reviews and what people say about them.

extension LargeRows {
    func writeTasks() async throws {
        let count = scale.tasks
        try await copy(
            "tasks",
            [
                "id", "project_id", "status_id", "priority_id", "assignee_id", "name", "description", "created_by",
                "created_at", "status_position", "priority_position", "number",
            ], count: count
        ) { number, rows in
            let (status, priority) = (number % SeedStatus.allCases.count, number % SeedPriority.allCases.count)
            rows.append(
                LargeID.task(number), LargeID.project(project(of: number)), LargeID.status(status),
                LargeID.priority(priority),
                number.isMultiple(of: 10) ? nil : LargeID.user(number % scale.users),
                "\(pick(LargeWords.parts, number))の\(pick(LargeWords.goods, number / 7)) #\(number)",
                "\(pick(LargeWords.titles, number / 3))の\(pick(LargeWords.points, number / 5))を確認する。",
                LargeID.user((number + 7) % scale.users), moment(number, among: count),
                Int32(SeedStatus.allCases[status].rawValue), Int32(SeedPriority.allCases[priority].rawValue),
                Int32(number % scale.tasksPerProject + 1))
        }
        try await copy("task_counters", ["project_id", "last_number"], count: scale.projects) { number, rows in
            rows.append(LargeID.project(number), Int32(scale.tasksPerProject))
        }
        try await copy(
            "subtasks", ["id", "project_id", "task_id", "position", "kind", "status", "name", "created_at"],
            count: count
        ) { number, rows in
            rows.append(
                LargeID.subtask(number), LargeID.project(project(of: number)), LargeID.task(number), 1 as Int32,
                "PICTURE", isDecided(number) ? "ACCEPTED" : "PENDING", "\(pick(LargeWords.parts, number)) 案1",
                moment(number, among: count))
        }
        try await copy(
            "subtask_contents", ["id", "project_id", "subtask_id", "version", "asset_id", "created_at"], count: count
        ) { number, rows in
            rows.append(
                LargeID.content(number), LargeID.project(project(of: number)), LargeID.subtask(number), 1 as Int32,
                LargeID.asset(project(of: number)), moment(number, among: count))
        }
    }

    /// The picture with the number `2 n` has the review `n`.
    func writeReviews() async throws {
        let count = scale.reviews
        try await copy(
            "reviews",
            [
                "id", "project_id", "subtask_id", "content_id", "version", "status", "mode", "trigger", "created_by",
                "created_at", "started_at", "finished_at",
            ], count: count
        ) { number, rows in
            let subtask = number * 2
            let start = moment(number, among: count)
            rows.append(
                LargeID.review(number), LargeID.project(project(of: subtask)), LargeID.subtask(subtask),
                LargeID.content(subtask), 1 as Int32, "COMPLETED", number.isMultiple(of: 3) ? "SPEED" : "QUALITY",
                "RPD_SELECTION", LargeID.user(number % scale.users), start, start + .seconds(1), start + .seconds(30))
        }
        try await copy(
            "review_outcomes",
            ["id", "project_id", "review_id", "rpd_version_id", "position", "status", "attempts", "model_name"],
            count: count * 2
        ) { number, rows in
            let review = number / 2
            rows.append(
                LargeID.outcome(number), LargeID.project(project(of: review * 2)), LargeID.review(review),
                LargeID.rpdVersion(rpd(ofOutcome: number)), Int32(number % 2 + 1), "OK", 1 as Int32, "local")
        }
        try await writeFindings()
        try await writeLaterReviews()
    }

    /// Every tenth reviewed picture was reviewed again and is fine now, but for what is held of the first time.
    private func writeLaterReviews() async throws {
        try await copy(
            "reviews",
            [
                "id", "project_id", "subtask_id", "content_id", "version", "status", "mode", "trigger", "created_by",
                "created_at", "started_at", "finished_at",
            ], count: scale.laterReviews
        ) { number, rows in
            let review = number * 10
            let start = moment(review, among: scale.reviews) + .seconds(40)
            rows.append(
                LargeID.thing(.laterReview, number), LargeID.project(project(of: review * 2)),
                LargeID.subtask(review * 2), LargeID.content(review * 2), 2 as Int32, "COMPLETED", "SPEED",
                "RPD_SELECTION", LargeID.user(number % scale.users), start, start + .seconds(1), start + .seconds(10))
        }
    }

    private func writeFindings() async throws {
        let count = scale.findings
        try await copy(
            "findings",
            [
                "id", "project_id", "review_id", "outcome_id", "rpd_version_id", "ordinal", "description", "severity",
                "suggestion", "area_x", "area_y", "area_width", "area_height", "image_width", "image_height",
                "confidence", "is_held", "created_at",
            ], count: count
        ) { number, rows in
            let review = number / scale.findingsPerReview
            let place = number % scale.findingsPerReview
            let outcome = review * 2 + place % 2
            let part = pick(LargeWords.parts, number)
            rows.append(
                LargeID.finding(number), LargeID.project(project(of: review * 2)), LargeID.review(review),
                LargeID.outcome(outcome), LargeID.rpdVersion(rpd(ofOutcome: outcome)), Int32(place / 2 + 1),
                "\(part)が設定資料と違います。", pick(["RISK", "ALERT", "SAFE"], number / 2),
                number.isMultiple(of: 2) ? "\(part)を設定どおりに直してください。" : nil,
                Double(number % 70) / 100, Double(number % 60) / 100, 0.2, 0.25, 960 as Int32, 720 as Int32,
                Double(number % 50) / 100 + 0.5, number.isMultiple(of: 50),
                moment(review, among: scale.reviews) + .milliseconds(place))
        }
    }

    /// Every third picture is accepted, every fourth has a thread.
    func writeDiscussions() async throws {
        let count = scale.tasks
        try await copy(
            "subtask_decisions",
            ["id", "project_id", "subtask_id", "content_id", "from_status", "to_status", "created_by", "created_at"],
            count: (count + 2) / 3
        ) { number, rows in
            let subtask = number * 3
            rows.append(
                LargeID.decision(number), LargeID.project(project(of: subtask)), LargeID.subtask(subtask),
                LargeID.content(subtask), "PENDING", "ACCEPTED", LargeID.user(number % scale.users),
                moment(subtask, among: count) + .seconds(60))
        }
        try await copy(
            "annotations",
            [
                "id", "project_id", "subtask_id", "content_id", "body", "shape", "area_x", "area_y", "area_width",
                "area_height", "created_by", "created_at",
            ], count: (count + 3) / 4
        ) { number, rows in
            let subtask = number * 4
            rows.append(
                LargeID.annotation(number), LargeID.project(project(of: subtask)), LargeID.subtask(subtask),
                LargeID.content(subtask), "\(pick(LargeWords.parts, number))をもう少し明るくしてください。", "RECTANGLE", 0.1, 0.1,
                0.3, 0.3, LargeID.user(number % scale.users), moment(subtask, among: count) + .seconds(30))
        }
    }

    private func project(of task: Int) -> Int { task / scale.tasksPerProject }
    private func isDecided(_ subtask: Int) -> Bool { subtask.isMultiple(of: 3) }

    /// The two outcomes of a review check neighbouring review points of its project.
    private func rpd(ofOutcome outcome: Int) -> Int {
        let review = outcome / 2
        return project(of: review * 2) * scale.rpdsPerProject + (review * 7 + outcome % 2) % scale.rpdsPerProject
    }
}
