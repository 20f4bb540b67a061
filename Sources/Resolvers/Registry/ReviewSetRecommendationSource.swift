import Database
import Foundation
import GraphQL
import Schema
import Workflows

/// The object of `ReviewSetRecommendation`.
struct ReviewSetRecommendationSource: ObjectSource {
    typealias Object = ReviewSetRecommendationType

    let score: ReviewSetScore
    /// The review points of the set that would be checked, in the order in which they were made.
    let rpdIDs: [UUID]

    static let fields = ReviewSetRecommendationFields<ReviewSetRecommendationSource>(
        reviewSet: { sources, call in
            try await call.one(sources, { $0.score.reviewSetID }, as: ReviewSetRow.self)
        },
        score: { $0.score.total },
        tagScore: { $0.score.tagScore },
        characterScore: { $0.score.characterScore },
        taskTags: { sources, call in try await call.each(sources, { $0.score.tagIDs }, as: TaskTagRow.self) },
        characters: { sources, call in
            try await call.each(sources, { $0.score.characterIDs }, as: CharacterRow.self)
        },
        rpds: { sources, call in try await call.each(sources, { $0.rpdIDs }, as: RpdRow.self) })

    /// The sets that fit each of the tasks, the best first, without those of which nothing would be checked.
    static func load(
        _ tasks: [TaskRow], minimum: Double, _ call: FieldCall
    ) async throws -> Objects<ReviewSetRecommendationType> {
        // A set lies in the task's project: who sees the one sees the other.
        let rows = try await call.request.services.pool.query(
            """
            select matches.task_id, sets.id,
                array_remove(array_agg(matches.tag_id order by matches.tag_id), null),
                array_remove(array_agg(matches.character_id order by matches.character_id), null), points.ids
            from (
                select tags.task_id, links.review_set_id, tags.tag_id, null::uuid as character_id
                from task_tag_links as tags
                join review_set_tags as links on links.tag_id = tags.tag_id
                where tags.task_id = any(\(tasks.map(\.key)))
                union
                select subtasks.task_id, links.review_set_id, null::uuid, shown.character_id
                from subtasks
                join effective_subtask_characters as shown on shown.subtask_id = subtasks.id
                join review_set_characters as links on links.character_id = shown.character_id
                where subtasks.task_id = any(\(tasks.map(\.key)))
                and subtasks.deleted_at is null
            ) as matches
            join review_sets as sets on sets.id = matches.review_set_id and sets.deleted_at is null
            join lateral (
                select array_agg(rpds.id order by rpds.created_at, rpds.id) as ids
                from review_set_rpds as links
                join rpds on rpds.id = links.rpd_id
                where links.review_set_id = sets.id
                and rpds.is_active
                and rpds.deleted_at is null
            ) as points on points.ids is not null
            group by matches.task_id, sets.id, points.ids
            order by sets.created_at, sets.id
            """)
        var scores: [UUID: [ReviewSetScore]] = [:]
        var points: [UUID: [UUID]] = [:]
        for row in rows {
            points[row.uuid(1)] = row.array(4, of: UUID.self)
            scores[row.uuid(0), default: []].append(
                ReviewSetScore(
                    reviewSetID: row.uuid(1), tagIDs: row.array(2, of: UUID.self),
                    characterIDs: row.array(3, of: UUID.self)))
        }
        return Objects(
            lists: tasks.map { task in
                ReviewSetScore.ranked(scores[task.key] ?? [], minimum: minimum).map {
                    ReviewSetRecommendationSource(score: $0, rpdIDs: points[$0.reviewSetID] ?? [])
                }
            })
    }
}

extension FieldCall {
    /// The objects to which the keys of each of the parents point, in their order, without those that the viewer may not
    /// see; one load for all of them.
    func each<Parent, E: Entity>(
        _ parents: [Parent], _ keys: (Parent) -> [UUID], as _: E.Type
    ) async throws -> Objects<E.Object> {
        let lists = parents.map(keys)
        let loaded = try await request.loader(of: E.self).load(lists.flatMap { $0 })
        var next = loaded.makeIterator()
        return Objects(lists: lists.map { list in list.compactMap { _ in next.next() ?? nil } })
    }
}
