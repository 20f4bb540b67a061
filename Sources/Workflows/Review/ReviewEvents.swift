import Database
import FoundationEssentials
import JSON

/// The events of reviews.
///
/// The callers hold the lock of the review's row.
enum ReviewEvents {
    /// Tells the review's subscribers, and then those of the project; with the end of a review its item of a batch job
    /// ends, too.
    static func statusChanged(
        _ reviewID: UUID, projectID: UUID, to status: RunStatus, in transaction: Transaction
    ) async throws {
        let payload: JSONValue = ["reviewId": .string(reviewID.text), "status": .string(status.rawValue)]
        try await EventStore.append(.reviewStatusChanged, payload, to: .review(reviewID), in: transaction)
        try await EventStore.append(.reviewStatusChanged, payload, to: .projectReviews(projectID), in: transaction)
        if status.isEnd { try await BatchProgress.reviewEnded(reviewID, in: transaction) }
    }

    /// Tells of an outcome, with how many have ended.
    static func outcomeChanged(
        _ outcomeID: UUID, of reviewID: UUID, to state: OutcomeState, in transaction: Transaction
    ) async throws {
        let counts = try await transaction.query(
            """
            select count(*) filter (where status not in ('PENDING', 'RUNNING')), count(*)
            from review_outcomes
            where review_id = \(reviewID)
            """)
        let finished = counts.first?.int(0) ?? 0
        let total = counts.first?.int(1) ?? 0
        try await EventStore.append(
            .reviewOutcomeChanged,
            [
                "reviewId": .string(reviewID.text), "outcomeId": .string(outcomeID.text),
                "status": .string(state.rawValue), "outcomesFinished": .int(Int64(finished)),
                "outcomesTotal": .int(Int64(total)),
            ], to: .review(reviewID), in: transaction)
    }

    /// Tells of a finding.
    static func findingStored(
        _ findingID: UUID, outcomeID: UUID, of reviewID: UUID, in transaction: Transaction
    ) async throws {
        try await EventStore.append(
            .reviewFindingStored,
            [
                "reviewId": .string(reviewID.text), "outcomeId": .string(outcomeID.text),
                "findingId": .string(findingID.text),
            ], to: .review(reviewID), in: transaction)
    }

    /// Ends all outcomes that have not ended, and tells of each.
    static func endOutcomes(
        of reviewID: UUID, as state: OutcomeState, errorCode: String?, errorMessage: String?,
        in transaction: Transaction
    ) async throws {
        let ended = try await transaction.query(
            """
            update review_outcomes
            set status = \(state.rawValue),
                error_code = \(errorCode),
                error_message = \(errorMessage),
                finished_at = now()
            where review_id = \(reviewID)
            and status in ('PENDING', 'RUNNING')
            returning id, position
            """)
        let ids = ended.map { ($0.uuid(0), $0.int(1)) }.sorted { $0.1 < $1.1 }
        for (id, _) in ids { try await outcomeChanged(id, of: reviewID, to: state, in: transaction) }
    }
}
