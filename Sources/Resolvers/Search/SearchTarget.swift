import Schema

/// A table that is searched: where its rows come from and which of their texts are looked at.
struct SearchTarget: Sendable {
    let type: SearchType
    /// What stands behind `from`; the rows that are found are called `entity` in it.
    let source: String
    /// The table whose indexes are searched, by its name in `source`.
    let texts: String
    /// What rows must fulfil to be found.
    let condition: String
    /// The columns that the table's `search_text` is made of, in its order; the first is the name.
    let fields: [(field: SearchField, column: String)]
    /// Whether the first line of `search_text` is a name.
    let hasName: Bool
    /// By what its rows are divided.
    var division = Division.projects

    /// What the indexes of texts begin with, so that a search reads what the viewer may see and nothing else.
    enum Division {
        case projects
        /// The readers of knowledge.
        case audiences

        /// The parts that are searched, by their name in the statement; `id` is the key.
        var parts: String { self == .projects ? "allowed" : "audiences" }

        /// The column with the key.
        var column: String { self == .projects ? "project_id" : "audience_id" }
    }

    /// The column of the number by which people call it; nil for what has none.
    var number: String?

    /// Whether something of the sort can fit in that way.
    func has(_ match: SearchMatch) -> Bool {
        switch match {
        case .number: number != nil
        case .name: hasName
        case .text: true
        }
    }

    /// In the order in which what fits alike is listed.
    static let all = [
        SearchTarget(
            type: .character, source: "characters as entity", texts: "entity", condition: "entity.deleted_at is null",
            fields: [
                (.name, "entity.name"), (.alias, "entity.alias"), (.description, "entity.description"),
                (.features, "entity.features"),
            ], hasName: true),
        SearchTarget(
            type: .reviewPointDefinition,
            source: "rpd_versions as version join rpds as entity on entity.id = version.rpd_id", texts: "version",
            condition: "version.is_active and entity.deleted_at is null",
            fields: [(.title, "version.title"), (.instruction, "version.instruction || version.group_text")],
            hasName: true),
        SearchTarget(
            type: .task, source: "tasks as entity", texts: "entity", condition: "entity.deleted_at is null",
            fields: [(.name, "entity.name"), (.description, "entity.description")], hasName: true,
            number: "entity.number"),
        SearchTarget(
            type: .finding, source: "findings as entity", texts: "entity",
            // A scalar: as a join, Postgres might read all reviews for it.
            condition: """
                (
                    select true
                    from reviews
                    join subtasks on subtasks.id = reviews.subtask_id
                    join tasks on tasks.id = subtasks.task_id
                    where reviews.id = entity.review_id
                    and subtasks.deleted_at is null
                    and tasks.deleted_at is null
                )
                """,
            fields: [
                (.description, "entity.description"), (.suggestion, "entity.suggestion"), (.tag, "entity.tag"),
            ], hasName: false),
        SearchTarget(
            type: .promotedFinding, source: "promoted_findings as entity", texts: "entity",
            condition: PromotedFindingRow.existence ?? "true",
            fields: [
                (.description, "entity.description"), (.suggestion, "entity.suggestion"), (.notes, "entity.notes"),
            ], hasName: false, division: .audiences),
    ]
}

/// Objects of one sort that fit equally well: a part of the list of all that is found.
struct SearchBranch: Sendable {
    /// The place among all branches, whatever is searched: the first sort key.
    let place: Int
    let match: SearchMatch
    let target: SearchTarget

    /// Numbers before names before texts.
    static let all: [SearchBranch] = {
        let parts = [SearchMatch.number, .name, .text].flatMap { match in
            SearchTarget.all.filter { $0.has(match) }.map { (match, $0) }
        }
        return parts.enumerated().map { SearchBranch(place: $0, match: $1.0, target: $1.1) }
    }()
}
