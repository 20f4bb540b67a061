import Database
import Foundation
import GraphQL
import Schema
import Workflows

// What a list of tasks says of each: counts over its materials, by one statement for all tasks, which the viewer can see.

/// The object of `SubtaskCounts`: a row of counts.
struct SubtaskCountsSource: ObjectSource {
    typealias Object = SubtaskCountsType

    let row: Row

    static let fields = SubtaskCountsFields<SubtaskCountsSource>(
        total: { $0.row.int32(1) },
        pending: { $0.row.int32(2) },
        accepted: { $0.row.int32(3) },
        denied: { $0.row.int32(4) })

    static func load(_ tasks: [TaskRow], _ call: FieldCall) async throws -> Objects<SubtaskCountsType> {
        let rows = try await call.request.services.pool.query(
            """
            select parent.id, counts.*
            from unnest(\(tasks.map(\.key))) as parent (id)
            cross join lateral (
                select count(*) as total,
                    count(*) filter (where status = 'PENDING') as pending,
                    count(*) filter (where status = 'ACCEPTED') as accepted,
                    count(*) filter (where status = 'DENIED') as denied
                from subtasks
                where task_id = parent.id
                and deleted_at is null
            ) as counts
            """)
        return call.object(of: tasks, in: rows, SubtaskCountsSource.init)
    }
}

/// The object of `TaskReviewSummary`: a row of counts.
struct TaskReviewSummarySource: ObjectSource {
    typealias Object = TaskReviewSummaryType

    let row: Row

    static let fields = TaskReviewSummaryFields<TaskReviewSummarySource>(
        reviewedSubtasks: { $0.row.int32(1) },
        risks: { $0.row.int32(2) },
        alerts: { $0.row.int32(3) },
        safe: { $0.row.int32(4) },
        severity: { $0.severity })

    private var severity: Severity? {
        let worstFirst: [(severity: Severity, column: Int)] = [(.risk, 2), (.alert, 3), (.safe, 4)]
        return worstFirst.first { row.int($0.column) > 0 }?.severity
    }

    static func load(_ tasks: [TaskRow], _ call: FieldCall) async throws -> Objects<TaskReviewSummaryType> {
        let rows = try await call.request.services.pool.query(
            """
            select parent.id, counts.*
            from unnest(\(tasks.map(\.key))) as parent (id)
            cross join lateral (
                select count(distinct latest.id) as reviewed,
                    count(*) filter (where findings.severity = 'RISK') as risks,
                    count(*) filter (where findings.severity = 'ALERT') as alerts,
                    count(*) filter (where findings.severity = 'SAFE') as safe
                from subtasks
                cross join lateral (
                    select reviews.id
                    from reviews
                    where reviews.subtask_id = subtasks.id
                    and reviews.status = 'COMPLETED'
                    order by reviews.version desc
                    limit 1
                ) as latest
                left join findings on findings.review_id = latest.id and \(unsafeSQL: FindingStore.isUpheld)
                where subtasks.task_id = parent.id
                and subtasks.deleted_at is null
            ) as counts
            """)
        return call.object(of: tasks, in: rows, TaskReviewSummarySource.init)
    }
}
