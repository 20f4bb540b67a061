import Clients
import Database
import FoundationEssentials

/// Writes the rows of the demo data, all in one transaction.
///
/// What is there already stays as it is.
struct SeedRows {
    let transaction: Transaction
    let calendar: SeedCalendar
    let stored: [UUID: SeedFiles.Stored]

    /// Writes everybody but the last one, and everything but the reviews.
    func write() async throws {
        for user in SeedUser.allCases where user != .admin { try await Self.write(user, through: transaction) }
        for organization in SeedOrganization.allCases { try await write(organization) }
        for project in SeedProject.all { try await write(project) }
    }

    /// Writes a person.
    static func write(_ user: SeedUser, through connection: some Queryable) async throws {
        _ = try await connection.query(
            """
            insert into users (id, email, name, role)
            values (\(user.id), \(user.email), \(user.name), \(user.role))
            on conflict (id) do nothing
            """)
    }

    private func write(_ organization: SeedOrganization) async throws {
        let position = SeedOrganization.allCases.firstIndex(of: organization) ?? 0
        _ = try await transaction.query(
            """
            insert into organizations (id, name, description, created_at)
            values (
                \(organization.id), \(organization.name), \(organization.description),
                \(calendar.daysAgo(90 - Double(position)))
            )
            on conflict (id) do nothing
            """)
        for (index, member) in organization.members.enumerated() {
            _ = try await transaction.query(
                """
                insert into organization_members (organization_id, user_id, is_admin, created_at)
                values (
                    \(organization.id), \(member.user.id), \(member.isAdmin),
                    \(calendar.daysAgo(80 - Double(index)))
                )
                on conflict (user_id, organization_id) do nothing
                """)
        }
        for status in SeedStatus.allCases {
            _ = try await transaction.query(
                """
                insert into task_statuses (id, organization_id, position, name)
                values (\(organization.id(of: status)), \(organization.id), \(status.rawValue), \(status.name))
                on conflict (id) do nothing
                """)
        }
        for priority in SeedPriority.allCases {
            _ = try await transaction.query(
                """
                insert into task_priorities (id, organization_id, position, name)
                values (\(organization.id(of: priority)), \(organization.id), \(priority.rawValue), \(priority.name))
                on conflict (id) do nothing
                """)
        }
    }

    private func write(_ project: SeedProject) async throws {
        let position = SeedProject.all.firstIndex { $0.key == project.key } ?? 0
        let createdAt = calendar.daysAgo(60 - Double(position))
        _ = try await transaction.query(
            """
            insert into projects (id, organization_id, name, description, created_by, created_at)
            values (
                \(project.id), \(project.organization.id), \(project.name), \(project.description),
                \(project.author.id), \(createdAt)
            )
            on conflict (id) do nothing
            """)
        for organization in project.cooperating {
            _ = try await transaction.query(
                """
                insert into project_organizations (project_id, organization_id, created_at)
                values (\(project.id), \(organization.id), \(createdAt))
                on conflict (project_id, organization_id) do nothing
                """)
        }
        for user in project.individuals {
            _ = try await transaction.query(
                """
                insert into project_members (project_id, user_id, created_at)
                values (\(project.id), \(user.id), \(createdAt))
                on conflict (project_id, user_id) do nothing
                """)
        }
        for file in project.files { try await write(file) }
        for (index, rpd) in project.rpds.enumerated() { try await write(rpd, index: index, of: project) }
        for (index, task) in project.tasks.enumerated() { try await write(task, index: index, of: project) }
        for placed in project.placedSubtasks { try await write(placed, of: project) }
        for film in project.films { try await write(film, of: project) }
    }

    /// Writes a file's row; the bytes are in the store already.
    private func write(_ file: SeedFile) async throws {
        guard let bytes = stored[file.id] else {
            throw WorkflowError(.inconsistentData, "The demo picture \(file.name) was not stored.")
        }
        try await writeAsset(
            file.id, named: file.name, purpose: file.purpose, author: file.author, of: file.projectID, bytes)
    }

    /// Writes the row of a file that was stored.
    func writeAsset(
        _ id: UUID, named name: String, purpose: FilePurpose, author: SeedUser, of projectID: UUID,
        _ bytes: SeedFiles.Stored
    ) async throws {
        _ = try await transaction.query(
            """
            insert into assets (
                id, project_id, purpose, state, file_name, media_type, byte_count, object_key, thumbnail_key, width,
                height, duration_seconds, frame_rate, sha256, created_by
            )
            values (
                \(id), \(projectID), \(purpose.rawValue), 'READY', \(name),
                \(bytes.inspection.mediaType), \(bytes.byteCount), \(bytes.objectKey),
                \(try Thumbnail.key(for: ObjectKey(bytes.objectKey)).text), \(bytes.inspection.width),
                \(bytes.inspection.height), \(bytes.inspection.durationSeconds), \(bytes.inspection.frameRate),
                \(bytes.inspection.sha256), \(author.id)
            )
            on conflict (id) do nothing
            """)
    }
}
