public import Clients
public import Database
public import FoundationEssentials

/// Helps people of a project to word review points; nothing of it is stored.
public struct PromptStore: Sendable {
    /// The most titles of one call.
    static let maximumTitles = 10

    /// Who answers.
    public let model: any PromptModel
    private let pool: ConnectionPool
    private let objects: any ObjectStore

    /// Makes a store over a pool, a place for files and a model.
    public init(pool: ConnectionPool, objects: any ObjectStore, model: any PromptModel) {
        self.pool = pool
        self.objects = objects
        self.model = model
    }

    /// Suggests titles for what somebody began to write.
    public func titles(viewer: UUID, projectID: UUID, text: String, limit: Int) async throws -> [PromptSuggestion] {
        try await requireProject(projectID, viewer: viewer)
        var check = InputCheck()
        let text = check.sentence(text, ["text"])
        if !(1...Self.maximumTitles).contains(limit) {
            check.fail(["limit"], .invalid, "1 to \(Self.maximumTitles) titles are possible.")
        }
        try check.finish()
        return try await model.titles(for: text, limit: limit)
    }

    /// Suggests a whole wording for what somebody wants to have checked.
    public func wording(viewer: UUID, projectID: UUID, text: String) async throws -> SuggestedWording {
        try await requireProject(projectID, viewer: viewer)
        var check = InputCheck()
        let text = check.sentence(text, ["text"])
        try check.finish()
        return try await model.wording(for: text)
    }

    /// Words an instruction as clear criteria.
    public func rewriting(viewer: UUID, projectID: UUID, instruction: String) async throws -> PromptSuggestion {
        try await requireProject(projectID, viewer: viewer)
        var check = InputCheck()
        let instruction = check.sentence(instruction, ["instruction"])
        try check.finish()
        return try await model.rewriting(of: instruction)
    }

    /// Describes a checked picture of one of the viewer's projects.
    public func description(viewer: UUID, assetID: UUID) async throws -> PictureDescription {
        let row = try await pool.queryFirst(
            """
            select object_key, state = 'READY' and width is not null
            from assets
            where id = \(assetID)
            and project_id in (select project_id from accessible_projects(\(viewer)))
            """)
        guard let row else { throw WorkflowError.notFound("A file") }
        guard row.bool(1), let key = row.optionalString(0), let source = try await ReviewFile.source(key, in: objects)
        else {
            throw WorkflowError(problems: [
                InputProblem(["assetId"], .assetNotReady, "The file is not a picture that has been checked.")
            ])
        }
        return try await model.description(of: source)
    }

    private func requireProject(_ projectID: UUID, viewer: UUID) async throws {
        let row = try await pool.queryFirst(
            """
            select 1
            from projects
            where id = \(projectID)
            and id in (select project_id from accessible_projects(\(viewer)))
            """)
        if row == nil { throw WorkflowError.notFound("A project") }
    }
}
