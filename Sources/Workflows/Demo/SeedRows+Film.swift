import Clients
import Database
import FoundationEssentials

extension SeedRows {
    /// Writes a film with its task and what is remarked on it, if it could be made.
    func write(_ film: SeedFilm, of project: SeedProject) async throws {
        let assetID = project.assetID(of: film)
        guard let bytes = stored[assetID] else { return }
        try await write(film.task, index: project.tasks.count, of: project)
        try await writeAsset(
            assetID, named: "\(film.task.name)_\(film.name).mp4".replacing(" ", with: "_"), purpose: .subtaskContent,
            author: film.task.author, of: project.id, bytes)
        let (subtaskID, contentID) = (project.id(of: film), SeedID.uuid("content/\(assetID.text)"))
        let createdAt = calendar.creation(of: project.tasks.count, among: project.tasks.count) + .seconds(60)
        _ = try await transaction.query(
            """
            insert into subtasks (
                id, project_id, task_id, position, kind, name, description, created_by, created_at
            )
            values (
                \(subtaskID), \(project.id), \(project.id(of: film.task)), 1, 'VIDEO', \(film.name),
                \(film.description), \(film.task.author.id), \(createdAt)
            )
            on conflict (id) do nothing
            """)
        _ = try await transaction.query(
            """
            insert into subtask_contents (id, project_id, subtask_id, version, asset_id, created_by, created_at)
            values (
                \(contentID), \(project.id), \(subtaskID), 1, \(assetID), \(film.task.author.id), \(createdAt)
            )
            on conflict (id) do nothing
            """)
        _ = try await transaction.query(
            """
            insert into annotations (
                id, project_id, subtask_id, content_id, body, start_seconds, end_seconds, created_by, created_at
            )
            values (
                \(SeedID.uuid("annotation/\(contentID.text)")), \(project.id), \(subtaskID), \(contentID),
                \(film.remark.text), \(film.remark.startSeconds), \(film.remark.endSeconds),
                \(film.remark.author.id), \(createdAt + .seconds(3600))
            )
            on conflict (id) do nothing
            """)
    }
}
