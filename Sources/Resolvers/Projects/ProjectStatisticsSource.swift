import Database
import Foundation
import GraphQL
import Schema
import Workflows

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
                where \(unsafeSQL: FindingStore.isUpheld)
            ) as finding_counts
            """)
        return call.object(of: projects, in: rows, ProjectStatisticsSource.init)
    }
}

/// The object of `BatchStatistics`: a row of counts.
struct BatchStatisticsSource: ObjectSource {
    typealias Object = BatchStatisticsType

    let row: Row

    static let fields = BatchStatisticsFields<BatchStatisticsSource>(
        jobs: { $0.row.int32(1) },
        completed: { $0.row.int32(2) },
        partial: { $0.row.int32(3) },
        failed: { $0.row.int32(4) },
        cancelled: { $0.row.int32(5) },
        successRate: { $0.row.optionalDouble(6) },
        averageSeconds: { $0.row.optionalDouble(7) },
        succeededItems: { $0.row.int32(8) },
        failedItems: { $0.row.int32(9) })

    /// Counts for all projects, which the viewer can see, by one statement.
    static func load(_ projects: [ProjectRow], _ call: FieldCall) async throws -> Objects<BatchStatisticsType> {
        let rows = try await call.request.services.pool.query(
            """
            select parent.id, jobs.total, jobs.completed, jobs.partial, jobs.failed, jobs.cancelled,
                jobs.completed::float8 / nullif(jobs.total, 0), jobs.seconds, items.succeeded, items.failed
            from unnest(\(projects.map(\.key))) as parent (id)
            cross join lateral (
                select count(*) as total,
                    count(*) filter (where status = 'COMPLETED') as completed,
                    count(*) filter (where status = 'PARTIAL') as partial,
                    count(*) filter (where status = 'FAILED') as failed,
                    count(*) filter (where status = 'CANCELLED') as cancelled,
                    avg(extract(epoch from finished_at - created_at))::float8 as seconds
                from batch_jobs
                where project_id = parent.id
                and finished_at is not null
            ) as jobs
            cross join lateral (
                select count(*) filter (where items.status = 'SUCCEEDED') as succeeded,
                    count(*) filter (where items.status = 'FAILED') as failed
                from batch_job_items as items
                join batch_jobs on batch_jobs.id = items.batch_job_id
                where batch_jobs.project_id = parent.id
                and batch_jobs.finished_at is not null
            ) as items
            """)
        return call.object(of: projects, in: rows, BatchStatisticsSource.init)
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
