import Database
public import FoundationEssentials

/// Which review points a review executes.
public enum ReviewSelection: Sendable, Hashable {
    /// These, in this order, as far as they are active.
    case rpds([UUID])
    /// All active ones of these sets, oldest first, each once.
    case reviewSets([UUID])
    /// All active ones of the kind `COPYRIGHT_REVIEW`, oldest first.
    case copyrightCheck

    /// What is stored with the review.
    var trigger: String {
        switch self {
        case .rpds, .reviewSets: "RPD_SELECTION"
        case .copyrightCheck: "COPYRIGHT_CHECK"
        }
    }

    /// The most review points that a person may name.
    static let maximumRpds = 100

    /// The active versions to execute, in order.
    ///
    /// Deleted review points and those that are off are never among them; one that the project does not have is a
    /// problem of the input.
    func versionIDs(projectID: UUID, in transaction: Transaction) async throws -> [UUID] {
        switch self {
        case .rpds(let ids):
            try await Self.versionIDs(ofRpds: ids, projectID: projectID, in: transaction)
        case .reviewSets(let ids):
            try await Self.versionIDs(ofSets: ids, projectID: projectID, in: transaction)
        case .copyrightCheck:
            try await transaction.query(
                """
                select versions.id
                from rpds
                join rpd_versions as versions on versions.rpd_id = rpds.id and versions.is_active
                where rpds.project_id = \(projectID)
                and rpds.kind = 'COPYRIGHT_REVIEW'
                and rpds.is_active
                and rpds.deleted_at is null
                order by rpds.created_at, rpds.id
                """
            ).map { $0.uuid(0) }
        }
    }

    private static func versionIDs(
        ofSets ids: [UUID], projectID: UUID, in transaction: Transaction
    ) async throws -> [UUID] {
        let field = "reviewSetIds"
        let known = try await transaction.query(
            """
            select id
            from review_sets
            where project_id = \(projectID)
            and id = any(\(ids))
            and deleted_at is null
            """)
        var check = InputCheck()
        if ids.isEmpty { check.fail(["selection", field], .required, "Name at least one set.") }
        check.allFound(ids, known, ["selection", field], "This project has no such set.")
        try check.finish()
        let versions = try await transaction.query(
            """
            select versions.id
            from rpds
            join rpd_versions as versions on versions.rpd_id = rpds.id and versions.is_active
            where rpds.id in (select rpd_id from review_set_rpds where review_set_id = any(\(ids)))
            and rpds.is_active
            and rpds.deleted_at is null
            order by rpds.created_at, rpds.id
            limit \(maximumRpds + 1)
            """
        ).map { $0.uuid(0) }
        if versions.count > maximumRpds {
            check.fail(["selection", field], .tooLong, "At most \(maximumRpds) review points are executed at once.")
        }
        try check.finish()
        return versions
    }

    private static func versionIDs(
        ofRpds ids: [UUID], projectID: UUID, in transaction: Transaction
    ) async throws -> [UUID] {
        let field = ["selection", "rpdIds"]
        var check = InputCheck()
        if ids.isEmpty { check.fail(field, .required, "Name at least one review point.") }
        if ids.count > maximumRpds { check.fail(field, .tooLong, "At most \(maximumRpds) are allowed.") }
        try check.finish()
        let rows = try await transaction.query(
            """
            select rpds.id, versions.id
            from rpds
            left join rpd_versions as versions
                on versions.rpd_id = rpds.id
                and versions.is_active
                and rpds.is_active
            where rpds.id = any(\(ids))
            and rpds.project_id = \(projectID)
            and rpds.deleted_at is null
            """)
        var versions: [UUID: UUID?] = [:]
        for row in rows { versions.updateValue(row.optionalUUID(1), forKey: row.uuid(0)) }
        var seen: Swift.Set<UUID> = []
        var result: [UUID] = []
        for (index, id) in ids.enumerated() {
            guard let version = versions[id] else {
                check.fail(field + [String(index)], .notFound, "This project has no such review point.")
                continue
            }
            if let version, seen.insert(id).inserted { result.append(version) }
        }
        try check.finish()
        return result
    }
}
