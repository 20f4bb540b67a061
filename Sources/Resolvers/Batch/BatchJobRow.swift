import Database
import Foundation
import GraphQL
import Schema

/// A row of `batch_jobs`.
struct BatchJobRow: RunEntity {
    typealias Object = BatchJobType
    static let table = "batch_jobs"
    static let columns = [
        "id", "project_id", "trigger", "mode", "status", "created_by", "created_at", "finished_at", "name",
    ]
    static let statusColumn = 4
    static let accessColumn = "project_id"

    let row: Row

    static let fields = BatchJobFields<BatchJobRow>(
        id: { $0.id },
        name: { $0.row.leaf(8) },
        trigger: { $0.row.enumeration(2) },
        reviewSets: { jobs, call in try await ChosenReviewSetSource.load(jobs, call) },
        mode: { $0.row.enumeration(3) },
        status: { $0.row.enumeration(4) },
        counts: { jobs, call in
            try await ItemCountsSource.load(jobs, items: "batch_job_items", by: "batch_job_id", call)
        },
        rpds: { jobs, call in
            try await call.many(jobs, as: RpdRow.self) {
                RpdRow.linked(by: "batch_job_rpds", "batch_job_id", "rpd_id", of: $0, viewer: $1)
            }
        },
        items: { jobs, arguments, call in
            try await call.pages(
                BatchJobItemRow.ofJob.ordered(by: arguments.orderBy), of: jobs, arguments,
                filter: arguments.filter.flatMap(BatchJobItemRow.condition))
        },
        project: { jobs, call in try await call.one(jobs, { $0.row.uuid(1) }, as: ProjectRow.self) },
        createdBy: { jobs, call in try await call.one(jobs, { $0.row.optionalUUID(5) }, as: UserRow.self) },
        createdAt: { $0.row.dateTime(6) },
        finishedAt: { $0.row.optionalDateTime(7) })

    /// A project's jobs, newest first.
    static let ofProject = ListDefinition<BatchJobRow>.newestFirst(of: "project_id")

    /// A filter as a condition; nil if it filters nothing.
    static func condition(_ filter: BatchJobFilter) -> SQL? {
        SQL.filter(
            SQL.column("entity.status", isOneOf: filter.statuses),
            SQL.column("entity.trigger", isOneOf: filter.triggers),
            SQL.column("entity.created_by", isOneOf: filter.createdByIds, UserType.self),
            SQL.moment("entity.created_at", isFrom: filter.createdFrom),
            SQL.moment("entity.created_at", isBefore: filter.createdBefore), filter.text.map(hasText))
    }

    /// A text in the name of a job, of one of its materials or of a material's task.
    private static func hasText(_ text: String) -> SQL {
        """
        (
            strpos(lower(entity.name), lower(\(text))) > 0
            or exists (
                select 1
                from batch_job_items as items
                join subtasks on subtasks.id = items.subtask_id
                join tasks on tasks.id = subtasks.task_id
                where items.batch_job_id = entity.id
                and subtasks.deleted_at is null
                and tasks.deleted_at is null
                and strpos(lower(tasks.name || ' ' || subtasks.name), lower(\(text))) > 0
            )
        )
        """
    }
}

/// A row of `batch_job_items`.
struct BatchJobItemRow: Entity {
    typealias Object = BatchJobItemType
    static let table = "batch_job_items"
    static let columns = [
        "id", "project_id", "batch_job_id", "position", "subtask_id", "status", "attempts", "review_id", "error_code",
        "error_message", "started_at", "finished_at",
    ]
    static let accessColumn = "project_id"

    let row: Row

    static let fields = BatchJobItemFields<BatchJobItemRow>(
        id: { $0.id },
        position: { $0.row.int32(3) },
        status: { $0.row.enumeration(5) },
        attempts: { $0.row.int32(6) },
        subtask: { items, call in try await call.one(items, { $0.row.uuid(4) }, as: SubtaskRow.self) },
        review: { items, call in try await call.one(items, { $0.row.optionalUUID(7) }, as: ReviewRow.self) },
        errorCode: { $0.row.optionalLeaf(8) },
        errorMessage: { $0.row.optionalLeaf(9) },
        batchJob: { items, call in try await call.one(items, { $0.row.uuid(2) }, as: BatchJobRow.self) },
        startedAt: { $0.row.optionalDateTime(10) },
        finishedAt: { $0.row.optionalDateTime(11) })

    /// A job's items in order.
    static let ofJob = ListDefinition<BatchJobItemRow>(
        of: "batch_job_id", order: [.integer("position")], isDescending: false)

    /// A filter as a condition; nil if it filters nothing.
    static func condition(_ filter: BatchJobItemFilter) -> SQL? {
        SQL.filter(SQL.column("entity.status", isOneOf: filter.statuses))
    }
}
