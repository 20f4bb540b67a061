import Database
import FoundationEssentials

// Review points, tasks and their pictures.

extension SeedRows {
    /// Writes a review point with its versions; the last one holds.
    func write(_ rpd: SeedRpd, index: Int, of project: SeedProject) async throws {
        let createdAt = calendar.daysAgo(55 - Double(index) / 24)
        _ = try await transaction.query(
            """
            insert into rpds (id, project_id, kind, is_active, created_by, created_at)
            values (
                \(project.id(of: rpd)), \(project.id), \(rpd.kind), \(rpd.isActive), \(project.author.id), \(createdAt)
            )
            on conflict (id) do nothing
            """)
        for (index, version) in rpd.versions.enumerated() {
            let number = index + 1
            let versionID = project.id(ofVersion: number, of: rpd)
            _ = try await transaction.query(
                """
                insert into rpd_versions (
                    id, project_id, rpd_id, version_number, is_active, title, instruction, tags, ng_subcategory,
                    created_by, created_at
                )
                values (
                    \(versionID), \(project.id), \(project.id(of: rpd)), \(number), \(number == rpd.versions.count),
                    \(version.title), \(version.instruction), \(version.tags), \(version.ngSubcategory),
                    \(project.author.id), \(createdAt + .seconds(index * 86_400))
                )
                on conflict (id) do nothing
                """)
            for (position, picture) in version.references.enumerated() {
                _ = try await transaction.query(
                    """
                    insert into rpd_version_assets (rpd_version_id, project_id, position, asset_id)
                    values (
                        \(versionID), \(project.id), \(position + 1), \(project.file(ofReference: picture).id)
                    )
                    on conflict (rpd_version_id, position) do nothing
                    """)
            }
        }
    }

    /// Writes a task without its pictures.
    ///
    /// One that is there takes no number: the trigger would count before it is seen that the row is not new.
    func write(_ task: SeedTask, index: Int, of project: SeedProject) async throws {
        _ = try await transaction.query(
            """
            insert into tasks (
                id, project_id, status_id, priority_id, assignee_id, name, description, due_at, created_by, created_at
            )
            select
                \(project.id(of: task)), \(project.id), \(project.organization.id(of: task.status)),
                \(project.organization.id(of: task.priority)), \(task.assignee?.id), \(task.name),
                \(task.description), \(task.dueInDays.map(calendar.due(inDays:))), \(task.author.id),
                \(calendar.creation(of: index, among: project.tasks.count))
            where not exists (select 1 from tasks where id = \(project.id(of: task)))
            """)
    }

    /// Writes a picture with the versions of its content.
    func write(_ placed: SeedProject.Placed, of project: SeedProject) async throws {
        let index = project.tasks.firstIndex { $0.name == placed.task.name } ?? 0
        let createdAt =
            calendar.creation(of: index, among: project.tasks.count) + .seconds(60 * placed.position)
        let faults = placed.contents.last?.picture.faults
        _ = try await transaction.query(
            """
            insert into subtasks (
                id, project_id, task_id, position, kind, status, name, description, created_by, created_at
            )
            values (
                \(placed.id), \(project.id), \(project.id(of: placed.task)), \(placed.position), 'PICTURE',
                \(placed.subtask.status(in: placed.task.status)), \(placed.subtask.name),
                \(faults.map { "デモ用の絵です。意図して入れた誤り：\($0)。" } ?? ""), \(placed.task.author.id), \(createdAt)
            )
            on conflict (id) do nothing
            """)
        for (index, file) in placed.contents.enumerated() {
            _ = try await transaction.query(
                """
                insert into subtask_contents (id, project_id, subtask_id, version, asset_id, created_by, created_at)
                values (
                    \(SeedID.uuid("content/\(file.id.text)")), \(project.id), \(placed.id), \(index + 1), \(file.id),
                    \(file.author.id), \(createdAt + .seconds(index * 5 * 86_400))
                )
                on conflict (id) do nothing
                """)
        }
    }
}
