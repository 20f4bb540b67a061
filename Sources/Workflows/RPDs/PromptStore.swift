public import Clients
public import Database
public import FoundationEssentials
import Imaging

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

    /// What somebody has written of a review point, with what they say beside it.
    public struct Input: Sendable, Hashable {
        /// What they have written.
        public var text: String
        /// How it is to be checked, as it is stored; nil if they have not said so.
        public var kind: String?
        /// What there is to know beside it.
        public var context: String
        /// A checked picture of the project.
        public var assetID: UUID?

        /// Makes an input.
        public init(text: String, kind: String? = nil, context: String = "", assetID: UUID? = nil) {
            self.text = text
            self.kind = kind
            self.context = context
            self.assetID = assetID
        }
    }

    /// Suggests titles for what somebody began to write.
    public func titles(
        viewer: UUID, projectID: UUID, _ input: Input, limit: Int
    ) async throws -> [PromptSuggestion] {
        try await requireProject(projectID, viewer: viewer)
        var check = InputCheck()
        let request = checked(input, &check, field: "text")
        if !(1...Self.maximumTitles).contains(limit) {
            check.fail(["limit"], .invalid, "1 to \(Self.maximumTitles) titles are possible.")
        }
        try check.finish()
        return try await model.titles(for: with(request, input, projectID), limit: limit)
    }

    /// Suggests a whole wording for what somebody wants to have checked.
    public func wording(viewer: UUID, projectID: UUID, _ input: Input) async throws -> SuggestedWording {
        try await requireProject(projectID, viewer: viewer)
        var check = InputCheck()
        let request = checked(input, &check, field: "text")
        try check.finish()
        return try await model.wording(for: with(request, input, projectID))
    }

    /// Words an instruction as clear criteria.
    public func rewriting(viewer: UUID, projectID: UUID, _ input: Input) async throws -> PromptSuggestion {
        try await requireProject(projectID, viewer: viewer)
        var check = InputCheck()
        let request = checked(input, &check, field: "instruction")
        try check.finish()
        return try await model.rewriting(of: with(request, input, projectID))
    }

    /// Describes a checked picture of one of the viewer's projects.
    public func description(viewer: UUID, assetID: UUID, kind: String?) async throws -> PictureDescription {
        try await model.description(
            of: try await picture(viewer: viewer, assetID: assetID), for: kind.flatMap(ReviewKind.init(rawValue:)))
    }

    /// Says by what a forbidden motif is known that a checked picture of one of the viewer's projects shows.
    public func motif(viewer: UUID, assetID: UUID, tag: String) async throws -> MotifDescription {
        let picture = try await picture(viewer: viewer, assetID: assetID)
        var check = InputCheck()
        let tag = check.name(tag, ["tag"], maximum: MotifGroup.maximumTag)
        try check.finish()
        return try await model.motif(tag, in: picture).shortened(to: MotifGroup.maximumText)
    }

    private func checked(_ input: Input, _ check: inout InputCheck, field: String) -> PromptRequest {
        PromptRequest(
            text: check.sentence(input.text, [field]), kind: input.kind.flatMap(ReviewKind.init(rawValue:)),
            context: check.text(input.context, ["context"]))
    }

    /// The request with the picture that was chosen: one of the same project.
    private func with(_ request: PromptRequest, _ input: Input, _ projectID: UUID) async throws -> PromptRequest {
        guard let assetID = input.assetID else { return request }
        let row = try await pool.queryFirst(
            """
            select picture_key, state = 'READY' and \(unsafeSQL: FileInspector.isPicture)
            from assets
            where id = \(assetID)
            and project_id = \(projectID)
            """)
        guard let row else {
            throw WorkflowError(problems: [InputProblem(["assetId"], .notFound, "This project has no such file.")])
        }
        var request = request
        request.picture = try await source(row)
        return request
    }

    private func picture(viewer: UUID, assetID: UUID) async throws -> PictureSource {
        let row = try await pool.queryFirst(
            """
            select picture_key, state = 'READY' and \(unsafeSQL: FileInspector.isPicture)
            from assets
            where id = \(assetID)
            and project_id in (select project_id from accessible_projects(\(viewer)))
            """)
        guard let row else { throw WorkflowError.notFound("A file") }
        return try await source(row)
    }

    /// The picture of a row of key and whether it is one.
    private func source(_ row: Row) async throws -> PictureSource {
        guard row.bool(1), let key = row.optionalString(0), let source = try await ReviewFile.source(key, in: objects)
        else {
            throw WorkflowError(problems: [
                InputProblem(["assetId"], .assetNotReady, "The file is not a picture that has been checked.")
            ])
        }
        return source
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
