import Database
import Foundation
import GraphQL
import Schema

/// A row of `reviews`.
struct ReviewRow: RunEntity {
    typealias Object = ReviewType
    static let table = "reviews"
    static let columns = [
        "id", "subtask_id", "content_id", "version", "status", "mode", "trigger", "error_code", "error_message",
        "created_by", "created_at", "started_at", "finished_at", "annotated_script_id",
    ]
    static let statusColumn = 4
    static let accessColumn = "project_id"
    static let ancestry: String? = Ancestry.subtask

    let row: Row

    static let fields = ReviewFields<ReviewRow>(
        id: { $0.id },
        version: { $0.row.int32(3) },
        status: { $0.row.enumeration(4) },
        mode: { $0.row.enumeration(5) },
        trigger: { $0.row.enumeration(6) },
        reviewSets: { reviews, call in try await ChosenReviewSetSource.load(reviews, call) },
        isLatest: { reviews, call in try await isLatest(reviews, call) },
        progress: { reviews, call in try await ReviewProgressSource.of(reviews, call) },
        errorCode: { $0.row.optionalLeaf(7) },
        errorMessage: { $0.row.optionalLeaf(8) },
        subtask: { reviews, call in try await call.enclosing(reviews, { $0.row.uuid(1) }, as: SubtaskRow.self) },
        content: { reviews, call in try await call.enclosing(reviews, { $0.row.uuid(2) }, as: SubtaskContentRow.self) },
        outcomes: { reviews, arguments, call in
            try await call.pages(
                ReviewOutcomeRow.ofReview, of: reviews, arguments,
                filter: arguments.filter.flatMap(ReviewOutcomeRow.condition))
        },
        findings: { reviews, arguments, call in
            try await call.pages(
                FindingRow.ofReview.ordered(by: arguments.orderBy), of: reviews, arguments,
                filter: arguments.filter.flatMap(FindingRow.condition))
        },
        findingFacets: { reviews, arguments, call in
            Facets.of(
                reviews, in: FindingRow.ofReview,
                filter: arguments.filter.flatMap(FindingRow.condition))
        },
        annotatedScript: { reviews, call in
            try await call.one(reviews, { $0.row.optionalUUID(13) }, as: AssetRow.self)
        },
        createdBy: { reviews, call in try await call.one(reviews, { $0.row.optionalUUID(9) }, as: UserRow.self) },
        createdAt: { $0.row.dateTime(10) },
        startedAt: { $0.row.optionalDateTime(11) },
        finishedAt: { $0.row.optionalDateTime(12) })

    /// A project's reviews, newest first, without those of deleted materials.
    static let ofProject = ListDefinition<ReviewRow>.newestFirst(of: "project_id", condition: Ancestry.subtask)

    /// A subtask's reviews, newest first.
    static let ofSubtask = ListDefinition<ReviewRow>(
        of: "subtask_id", order: [.integer("version")], isDescending: true)

    /// A filter as a condition; nil if it filters nothing.
    static func condition(_ filter: ReviewFilter) -> SQL? {
        SQL.filter(
            SQL.column("entity.status", isOneOf: filter.statuses), SQL.column("entity.mode", isOneOf: filter.modes),
            SQL.column("entity.trigger", isOneOf: filter.triggers),
            SQL.moment("entity.created_at", isFrom: filter.createdFrom),
            SQL.moment("entity.created_at", isBefore: filter.createdBefore))
    }

    /// Each subtask's newest completed review, with the subtask's key.
    static func latest(of subtasks: [UUID], viewer: UUID) -> SQL {
        """
        select distinct on (entity.subtask_id) \(unsafeSQL: selection), entity.subtask_id
        from reviews as entity
        where entity.subtask_id = any(\(subtasks))
        and entity.status = 'COMPLETED'
        and \(isVisible(to: viewer))
        order by entity.subtask_id, entity.version desc
        """
    }

    /// Each subtask's review that waits or runs, with the subtask's key.
    static func active(of subtasks: [UUID], viewer: UUID) -> SQL {
        """
        select \(unsafeSQL: selection), entity.subtask_id
        from reviews as entity
        where entity.subtask_id = any(\(subtasks))
        and entity.status in ('PENDING', 'PROCESSING')
        and \(isVisible(to: viewer))
        """
    }

    private static func isLatest(_ reviews: [ReviewRow], _ call: FieldCall) async throws -> Leaves<Bool> {
        let rows = try await call.request.services.pool.query(
            """
            select distinct on (subtask_id) id
            from reviews
            where subtask_id = any(\(reviews.map { $0.row.uuid(1) }))
            and status = 'COMPLETED'
            order by subtask_id, version desc
            """)
        let latest = Set(rows.map { $0.uuid(0) })
        return Leaves(reviews.map { latest.contains($0.key) })
    }
}

/// The object of `ReviewProgress`: counted when asked.
struct ReviewProgressSource: ObjectSource {
    typealias Object = ReviewProgressType

    let outcomesTotal: Int32
    let outcomesFinished: Int32
    let findingCount: Int32
    let scenesTotal: Int32
    let scenesFinished: Int32

    static let fields = ReviewProgressFields<ReviewProgressSource>(
        outcomesTotal: { $0.outcomesTotal },
        outcomesFinished: { $0.outcomesFinished },
        findingCount: { $0.findingCount },
        scenesTotal: { $0.scenesTotal },
        scenesFinished: { $0.scenesFinished })

    static func of(_ reviews: [ReviewRow], _ call: FieldCall) async throws -> Objects<ReviewProgressType> {
        let rows = try await call.request.services.pool.query(
            """
            select review.id,
                (
                    select count(*)
                    from review_outcomes as outcomes
                    where outcomes.review_id = review.id
                    and outcomes.status <> 'MANUAL'
                ),
                (
                    select count(*)
                    from review_outcomes as outcomes
                    where outcomes.review_id = review.id
                    and outcomes.status not in ('PENDING', 'RUNNING', 'MANUAL')
                ),
                (select count(*) from findings where findings.review_id = review.id),
                (
                    select count(*)
                    from reviews
                    join subtask_contents as contents on contents.id = reviews.content_id
                    join video_scenes as scenes on scenes.asset_id = contents.asset_id
                    join review_outcomes as outcomes on outcomes.review_id = reviews.id
                    where reviews.id = review.id
                    and outcomes.status <> 'MANUAL'
                ),
                (select count(*) from review_scene_results as results where results.review_id = review.id)
            from unnest(\(reviews.map(\.key))) as review (id)
            """)
        return call.object(of: reviews, in: rows) { row in
            ReviewProgressSource(
                outcomesTotal: row.int32(1), outcomesFinished: row.int32(2), findingCount: row.int32(3),
                scenesTotal: row.int32(4), scenesFinished: row.int32(5))
        }
    }
}
