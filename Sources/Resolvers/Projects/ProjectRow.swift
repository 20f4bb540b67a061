import Database
import Foundation
import GraphQL
import Schema

/// A row of `projects`.
struct ProjectRow: Entity {
    typealias Object = ProjectType
    static let table = "projects"
    static let columns = [
        "id", "organization_id", "name", "description", "created_by", "created_at", "updated_at", "archived_at",
        "deleted_at",
    ]
    static let accessColumn = "id"

    let row: Row

    static let fields = ProjectFields<ProjectRow>(
        id: { $0.id },
        name: { $0.row.leaf(2) },
        description: { $0.row.leaf(3) },
        owner: { projects, call in
            try await call.one(projects, { $0.row.uuid(1) }, as: OrganizationRow.self)
        },
        isArchived: { !$0.row.isNull(7) },
        viewerIsAdmin: { projects, call in Leaves(try await administered(projects, call)) },
        taskStatuses: { projects, call in
            try await call.many(projects, as: TaskStatusRow.self) {
                TaskStatusRow.candidates(of: $0, "project_task_statuses", "status_id", viewer: $1)
            }
        },
        taskPriorities: { projects, call in
            try await call.many(projects, as: TaskPriorityRow.self) {
                TaskPriorityRow.candidates(of: $0, "project_task_priorities", "priority_id", viewer: $1)
            }
        },
        taskStatusCounts: { projects, call in try await TaskStatusCountSource.load(projects, call) },
        statistics: { projects, call in try await ProjectStatisticsSource.load(projects, call) },
        batchStatistics: { projects, call in try await BatchStatisticsSource.load(projects, call) },
        people: { projects, arguments, call in
            let viewer = try call.request.requireViewer()
            return try await call.pages(
                UserRow.ofProject(in: arguments.orderBy), of: projects, arguments,
                filter: arguments.filter.flatMap { UserRow.condition($0, viewer: viewer) })
        },
        members: { projects, arguments, call in
            let viewer = try call.request.requireViewer()
            return try await call.pages(
                UserRow.cooperating.ordered(by: arguments.orderBy), of: projects, arguments,
                filter: arguments.filter.flatMap { UserRow.condition($0, viewer: viewer) })
        },
        cooperations: { projects, arguments, call in
            try await call.pages(
                ProjectCooperationRow.ofProject.ordered(by: arguments.orderBy), of: projects, arguments,
                filter: arguments.filter.flatMap(ProjectCooperationRow.condition))
        },
        taskTags: { projects, arguments, call in
            try await call.pages(
                TaskTagRow.ofProject.ordered(by: arguments.orderBy), of: projects, arguments,
                filter: arguments.filter.flatMap(TaskTagRow.condition))
        },
        createdBy: { projects, call in try await call.one(projects, { $0.row.optionalUUID(4) }, as: UserRow.self) },
        rpds: { projects, arguments, call in
            try await call.pages(
                RpdRow.ofProject(in: arguments.orderBy, among: arguments.filter?.deleted), of: projects, arguments,
                filter: arguments.filter.flatMap(RpdRow.condition))
        },
        tasks: { projects, arguments, call in
            try await call.pages(
                TaskRow.ofProject.among(arguments.filter?.deleted).ordered(by: arguments.orderBy), of: projects,
                arguments, filter: arguments.filter.flatMap(TaskRow.condition))
        },
        taskFacets: { projects, arguments, call in
            Facets.of(
                projects, in: TaskRow.ofProject.among(arguments.filter?.deleted),
                filter: arguments.filter.flatMap(TaskRow.condition))
        },
        reviews: { projects, arguments, call in
            try await call.pages(
                ReviewRow.ofProject.ordered(by: arguments.orderBy), of: projects, arguments,
                filter: arguments.filter.flatMap(ReviewRow.condition))
        },
        promotedFindings: { projects, arguments, call in
            try await call.pages(
                PromotedFindingRow.ofProject.ordered(by: arguments.orderBy), of: projects, arguments,
                filter: arguments.filter.flatMap(PromotedFindingRow.condition))
        },
        characters: { projects, arguments, call in
            try await call.pages(
                CharacterRow.ofProject.among(arguments.filter?.deleted).ordered(by: arguments.orderBy), of: projects,
                arguments, filter: arguments.filter.flatMap(CharacterRow.condition))
        },
        items: { projects, arguments, call in
            try await call.pages(
                ItemRow.ofProject.among(arguments.filter?.deleted).ordered(by: arguments.orderBy), of: projects,
                arguments, filter: arguments.filter.flatMap(ItemRow.condition))
        },
        reviewSets: { projects, arguments, call in
            try await call.pages(
                ReviewSetRow.ofProject.among(arguments.filter?.deleted).ordered(by: arguments.orderBy), of: projects,
                arguments, filter: arguments.filter.flatMap(ReviewSetRow.condition))
        },
        ips: { projects, arguments, call in
            try await call.pages(
                IpRow.ofProject.among(arguments.filter?.deleted).ordered(by: arguments.orderBy), of: projects,
                arguments, filter: arguments.filter.flatMap(IpRow.condition))
        },
        documents: { projects, arguments, call in
            try await call.pages(
                DocumentRow.ofProject.among(arguments.filter?.deleted).ordered(by: arguments.orderBy), of: projects,
                arguments, filter: arguments.filter.flatMap(DocumentRow.condition))
        },
        batchJobs: { projects, arguments, call in
            try await call.pages(
                BatchJobRow.ofProject.ordered(by: arguments.orderBy), of: projects, arguments,
                filter: arguments.filter.flatMap(BatchJobRow.condition))
        },
        assets: { projects, arguments, call in
            try await call.pages(
                AssetRow.ofProject.ordered(by: arguments.orderBy), of: projects, arguments,
                filter: arguments.filter.flatMap(AssetRow.condition))
        },
        exports: { projects, arguments, call in
            try await call.pages(
                ExportRow.ofProject(in: arguments.orderBy), of: projects, arguments,
                filter: arguments.filter.flatMap(ExportRow.condition))
        },
        imports: { projects, arguments, call in
            try await call.pages(
                ImportRow.ofProject.ordered(by: arguments.orderBy), of: projects, arguments,
                filter: arguments.filter.flatMap(ImportRow.condition))
        },
        rpdTests: { projects, arguments, call in
            try await call.pages(
                RpdTestRow.ofProject.ordered(by: arguments.orderBy), of: projects, arguments,
                filter: arguments.filter.flatMap(RpdTestRow.condition))
        },
        rpdTestSummary: { projects, arguments, call in
            try await RpdTestSummarySource.load(projects, arguments.filter.flatMap(RpdTestRow.condition), call)
        },
        generatedReferences: { projects, arguments, call in
            try await call.pages(
                GeneratedReferenceRow.ofProject.ordered(by: arguments.orderBy), of: projects, arguments,
                filter: arguments.filter.flatMap(GeneratedReferenceRow.condition))
        },
        generatedReferenceFacets: { projects, arguments, call in
            Facets.of(
                projects, in: GeneratedReferenceRow.ofProject,
                filter: arguments.filter.flatMap(GeneratedReferenceRow.condition))
        },
        activity: { projects, arguments, call in
            try await call.pages(
                ActivityRow.ofProject, of: projects, arguments, filter: arguments.filter.flatMap(ActivityRow.condition))
        },
        auditLog: { projects, arguments, call in
            let owners = try await call.request.memberships().load(projects.map { $0.row.uuid(1) })
            let allowed = Set(zip(projects, owners).filter { $1?.isAdmin == true }.map(\.0.key))
            return try await call.pages(
                AuditEntryRow.ofProject.ordered(by: arguments.orderBy), of: projects, arguments,
                filter: arguments.filter.flatMap(AuditEntryRow.condition), nullUnless: { allowed.contains($0.key) })
        },
        createdAt: { $0.row.dateTime(5) },
        updatedAt: { $0.row.dateTime(6) },
        deletedAt: { $0.row.optionalDateTime(8) })

    /// A deleted project is there for the admins of its owner only, who may bring it back until it goes for good.
    static func isVisibleDeleted(to viewer: UUID) -> SQL {
        """
        entity.deleted_at is not null
        and entity.purge_started_at is null
        and entity.organization_id in (
            select organization_id
            from organization_members
            where user_id = \(viewer)
            and is_admin
        )
        """
    }

    /// All that the viewer can see, newest first.
    static let all = ListDefinition<ProjectRow>.newestFirst(of: nil)

    /// An organisation's projects, newest first.
    static let ofOrganization = ListDefinition<ProjectRow>.newestFirst(of: "organization_id")

    /// A filter as a condition; nil if it filters nothing.
    static func condition(_ filter: ProjectFilter) -> SQL? {
        var parts: [SQL] = []
        if let isArchived = filter.isArchived { parts.append("(entity.archived_at is not null) = \(isArchived)") }
        if let name = filter.name { parts.append("strpos(lower(entity.name), lower(\(name))) > 0") }
        return SQL.all(parts)
    }

    /// Whether the viewer is an admin of the owner, for each project; system admins are not, by that alone.
    private static func administered(_ projects: [ProjectRow], _ call: FieldCall) async throws -> [Bool] {
        let viewer = try call.request.requireViewer()
        let rows = try await call.request.services.pool.query(
            """
            select organization_id
            from organization_members
            where user_id = \(viewer)
            and is_admin
            and organization_id = any(\(projects.map { $0.row.uuid(1) }))
            """)
        let own = Set(rows.map { $0.uuid(0) })
        return projects.map { own.contains($0.row.uuid(1)) }
    }
}
