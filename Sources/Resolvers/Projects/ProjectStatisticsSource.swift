import Database
import Foundation
import GraphQL
import Schema

/// The object of `ProjectStatistics`: a row of counts.
struct ProjectStatisticsSource: ObjectSource {
    typealias Object = ProjectStatisticsType

    let row: Row

    static let fields = ProjectStatisticsFields<ProjectStatisticsSource>(
        tasks: { $0.row.int32(1) },
        pendingSubtasks: { $0.row.int32(2) },
        acceptedSubtasks: { $0.row.int32(3) },
        deniedSubtasks: { $0.row.int32(4) },
        activeReviews: { $0.row.int32(5) },
        risks: { $0.row.int32(6) },
        alerts: { $0.row.int32(7) })

    /// Counts for all projects, which the viewer can see, by one statement.
    static func load(_ projects: [ProjectRow], _ call: FieldCall) async throws -> Objects<ProjectStatisticsType> {
        let rows = try await call.request.services.pool.query(
            """
            select parent.id, task_counts.total, subtask_counts.pending, subtask_counts.accepted, subtask_counts.denied,
                review_counts.total, finding_counts.risks, finding_counts.alerts
            from unnest(\(projects.map(\.key))) as parent (id)
            cross join lateral (
                select count(*) as total
                from tasks
                where project_id = parent.id
                and deleted_at is null
            ) as task_counts
            cross join lateral (
                select count(*) filter (where subtasks.status = 'PENDING') as pending,
                    count(*) filter (where subtasks.status = 'ACCEPTED') as accepted,
                    count(*) filter (where subtasks.status = 'DENIED') as denied
                from subtasks
                join tasks on tasks.id = subtasks.task_id
                where subtasks.project_id = parent.id
                and subtasks.deleted_at is null
                and tasks.deleted_at is null
            ) as subtask_counts
            cross join lateral (
                select count(*) as total
                from reviews
                where project_id = parent.id
                and status in ('PENDING', 'PROCESSING')
            ) as review_counts
            cross join lateral (
                select count(*) filter (where findings.severity = 'RISK') as risks,
                    count(*) filter (where findings.severity = 'ALERT') as alerts
                from (
                    select distinct on (reviews.subtask_id) reviews.id
                    from reviews
                    join subtasks on subtasks.id = reviews.subtask_id
                    join tasks on tasks.id = subtasks.task_id
                    where reviews.project_id = parent.id
                    and reviews.status = 'COMPLETED'
                    and subtasks.deleted_at is null
                    and tasks.deleted_at is null
                    order by reviews.subtask_id, reviews.version desc
                ) as latest
                join findings on findings.review_id = latest.id
            ) as finding_counts
            """)
        let found = Dictionary(
            rows.map { ($0.uuid(0), ProjectStatisticsSource(row: $0)) }, uniquingKeysWith: { first, _ in first })
        return Objects(projects.map { found[$0.key] })
    }
}

/// The object of `TaskStatusCount`.
struct TaskStatusCountSource: ObjectSource {
    typealias Object = TaskStatusCountType

    let row: Row

    static let fields = TaskStatusCountFields<TaskStatusCountSource>(
        status: { counts, call in try await call.one(counts, { $0.row.uuid(1) }, as: TaskStatusRow.self) },
        count: { $0.row.int32(2) })

    /// The counts for all projects, which the viewer can see, by one statement.
    static func load(_ projects: [ProjectRow], _ call: FieldCall) async throws -> Objects<TaskStatusCountType> {
        let rows = try await call.request.services.pool.query(
            """
            select tasks.project_id, statuses.id, count(*)
            from tasks
            join task_statuses as statuses on statuses.id = tasks.status_id
            where tasks.project_id = any(\(projects.map(\.key)))
            and tasks.deleted_at is null
            group by tasks.project_id, statuses.id
            order by tasks.project_id, statuses.position
            """)
        var found: [UUID: [TaskStatusCountSource]] = [:]
        for row in rows { found[row.uuid(0), default: []].append(TaskStatusCountSource(row: row)) }
        return Objects(lists: projects.map { found[$0.key] ?? [] })
    }
}
