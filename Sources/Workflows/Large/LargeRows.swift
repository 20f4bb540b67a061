import Database

/// Writes the rows of the large organisation, table by table, the referred before the referring.
struct LargeRows {
    let scale: LargeSeed.Scale
    let now: Timestamp
    /// The stored picture of each project.
    let files: [SeedFiles.Stored]
    let connection: Connection
    let report: (String) -> Void

    func write() async throws {
        try await writeOrganization()
        try await writeProjects()
        try await writeTasks()
        try await writeReviews()
        try await writeDiscussions()
        try await writeRegistry()
        try await writeMarks()
    }

    /// Copies so many rows; the closure gets the number of each.
    func copy(
        _ table: String, _ columns: [String], count: Int, _ row: (Int, inout CopyBuffer) -> Void
    ) async throws {
        var number = 0
        try await connection.copy(into: table, columns) { rows in
            guard number < count else { return false }
            row(number, &rows)
            number += 1
            return true
        }
        report("\(count) rows of \(table)")
    }

    /// When the thing with that number among so many was made: evenly over two years, the last one a minute ago.
    func moment(_ number: Int, among count: Int) -> Timestamp {
        let span = 730.0 * 86_400
        return now - .seconds(60 + span * Double(count - 1 - number) / Double(max(1, count)))
    }

    /// One of a list, the same for the same number.
    func pick(_ list: [String], _ number: Int) -> String { list[number % list.count] }

    // MARK: Organisation and projects

    private func writeOrganization() async throws {
        try await copy("users", ["id", "email", "name"], count: scale.users) { number, rows in
            rows.append(LargeID.user(number), "user\(number)@large.example", pick(LargeWords.people, number))
        }
        try await copy("organizations", ["id", "name", "description"], count: 1) { _, rows in
            rows.append(LargeID.organization, "大和キャラクターズ / Yamato Characters", "大量のデータで試すための架空の会社。")
        }
        try await copy(
            "organization_members", ["organization_id", "user_id", "is_admin"], count: scale.users
        ) { number, rows in
            rows.append(LargeID.organization, LargeID.user(number), number == 0)
        }
        try await copy(
            "task_statuses", ["id", "organization_id", "position", "name"], count: SeedStatus.allCases.count
        ) { number, rows in
            let status = SeedStatus.allCases[number]
            rows.append(LargeID.status(number), LargeID.organization, Int32(status.rawValue), status.name)
        }
        try await copy(
            "task_priorities", ["id", "organization_id", "position", "name"], count: SeedPriority.allCases.count
        ) { number, rows in
            let priority = SeedPriority.allCases[number]
            rows.append(LargeID.priority(number), LargeID.organization, Int32(priority.rawValue), priority.name)
        }
    }

    private func writeProjects() async throws {
        try await copy(
            "projects", ["id", "organization_id", "name", "description", "created_by", "created_at"],
            count: scale.projects
        ) { number, rows in
            rows.append(
                LargeID.project(number), LargeID.organization, "\(pick(LargeWords.titles, number)) 第\(number + 1)期",
                "\(pick(LargeWords.goods, number))の監修", LargeID.user(number % scale.users),
                moment(number, among: scale.projects))
        }
        try await copy(
            "assets",
            [
                "id", "project_id", "purpose", "state", "file_name", "media_type", "byte_count", "object_key", "width",
                "height", "sha256",
            ], count: scale.projects
        ) { number, rows in
            let file = files[number]
            rows.append(
                LargeID.asset(number), LargeID.project(number), FilePurpose.subtaskContent.rawValue, "READY",
                "material", file.inspection.mediaType, Int64(file.byteCount), file.objectKey,
                file.inspection.width.map { Int32($0) }, file.inspection.height.map { Int32($0) },
                file.inspection.sha256)
        }
        let rpds = scale.projects * scale.rpdsPerProject
        try await copy("rpds", ["id", "project_id", "kind", "created_at"], count: rpds) { number, rows in
            rows.append(
                LargeID.rpd(number), LargeID.project(number / scale.rpdsPerProject), pick(LargeWords.kinds, number),
                moment(number, among: rpds))
        }
        try await copy(
            "rpd_versions",
            [
                "id", "project_id", "rpd_id", "version_number", "is_active", "title", "instruction", "group_text",
                "tags",
            ], count: rpds
        ) { number, rows in
            let instruction = "設定資料と見比べて、違いを指摘してください。"
            rows.append(
                LargeID.rpdVersion(number), LargeID.project(number / scale.rpdsPerProject), LargeID.rpd(number),
                1 as Int32, true, pick(LargeWords.points, number), instruction,
                MotifGroup.text(of: motifs(of: number), after: instruction), [pick(LargeWords.parts, number)])
        }
        let grouped = (0..<rpds).flatMap { rpd in
            motifs(of: rpd).enumerated().map { (rpd: rpd, position: Int32($0 + 1), group: $1) }
        }
        try await copy(
            "rpd_version_groups",
            ["rpd_version_id", "project_id", "position", "tag", "characteristics", "considerations"],
            count: grouped.count
        ) { number, rows in
            let (rpd, position, group) = grouped[number]
            rows.append(
                LargeID.rpdVersion(rpd), LargeID.project(rpd / scale.rpdsPerProject), position, group.tag,
                group.characteristics, group.considerations)
        }
    }

    /// What a review point forbids: two motifs if it is of the first kind, none else.
    private func motifs(of rpd: Int) -> [MotifGroup] {
        guard pick(LargeWords.kinds, rpd) == LargeWords.kinds[0] else { return [] }
        return (0..<2).map { number in
            MotifGroup(
                tag: pick(LargeWords.parts, rpd + number), characteristics: "\(pick(LargeWords.goods, rpd))に似た形です。",
                considerations: "小さなものも見てください。")
        }
    }
}
