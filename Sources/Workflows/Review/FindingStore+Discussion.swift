import Database
public import FoundationEssentials

// Talking about what the AI found.
extension FindingStore {
    /// Begins a thread about what the AI found, on the version that was reviewed, and gives the annotation's id.
    ///
    /// A finding has one: whoever asks again, or at the same time, gets the same. It says what the AI said, whatever people
    /// have made of the finding before or make of it later.
    public func discuss(viewer: UUID, findingID: UUID) async throws -> UUID {
        try await pool.withTransaction { transaction in
            let finding = try await LiveFinding.lock(findingID, viewer: viewer, in: transaction)
            let present = try await transaction.queryFirst(
                """
                select findings.is_by_ai, annotations.id
                from findings
                left join annotations on annotations.finding_id = findings.id
                where findings.id = \(findingID)
                """)
            if let begun = present?.optionalUUID(1) { return begun }
            guard present?.bool(0) == true else {
                throw WorkflowError(problems: [
                    InputProblem(
                        ["findingId"], .invalid, "A person found it, not the AI. Annotate the material instead.")
                ])
            }
            let annotationID = try await Self.annotate(findingID, in: transaction)
            try await TaskEvents.annotationChanged(annotationID, .created, of: finding, in: transaction)
            return annotationID
        }
    }

    /// Writes the annotation of a finding whose row is locked.
    ///
    /// The first revision is what the AI said, if people have changed it since.
    private static func annotate(_ findingID: UUID, in transaction: Transaction) async throws -> UUID {
        let says: SQL = """
            description, suggestion, area_x, area_y, area_width, area_height, start_seconds, end_seconds
            """
        let row = try await transaction.queryFirst(
            """
            with said as (
                select number, \(says)
                from finding_revisions
                where finding_id = \(findingID)
                union all
                select null, \(says)
                from findings
                where id = \(findingID)
                order by number nulls last
                limit 1
            )
            insert into annotations (
                project_id, subtask_id, content_id, finding_id, is_by_ai, body, shape, area_x, area_y, area_width,
                area_height, start_seconds, end_seconds
            )
            select reviews.project_id, reviews.subtask_id, reviews.content_id, findings.id, true,
                left(concat_ws(E'\\n\\n', said.description, nullif(said.suggestion, '')), 5000),
                case when said.area_x is not null then 'RECTANGLE' end, said.area_x, said.area_y, said.area_width,
                said.area_height, said.start_seconds, said.end_seconds
            from findings
            join reviews on reviews.id = findings.review_id
            cross join said
            where findings.id = \(findingID)
            returning id
            """)
        guard let row else { throw WorkflowError(.inconsistentData, "An annotation got no id.") }
        return row.uuid(0)
    }
}
