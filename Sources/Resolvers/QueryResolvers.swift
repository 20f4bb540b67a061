import Foundation
import GraphQL
import Schema

/// The fields of `Query`.
enum QueryResolvers {
    /// The most identifiers that `nodes` takes.
    static let maximumNodes = 100

    static let fields = QueryFields(
        viewer: { call in
            guard let viewer = call.request.optionalViewer else { return .none() }
            // Came with the session; a loader for it alone would cost a twentieth of the request.
            if let row = call.request.signedIn?.row { return Objects([row]) }
            return Objects([try await call.request.loader(of: UserRow.self).load(viewer)])
        },
        node: { arguments, call in try await nodes([arguments.id], isList: false, call) },
        nodes: { arguments, call in
            guard arguments.ids.count <= maximumNodes else {
                throw FieldError("At most \(maximumNodes) ids are allowed.", code: .badUserInput)
            }
            return try await nodes(arguments.ids, isList: true, call)
        },
        projects: { arguments, call in
            try await call.page(
                ProjectRow.all.among(arguments.filter?.deleted).ordered(by: arguments.orderBy), arguments,
                filter: arguments.filter.flatMap(ProjectRow.condition))
        },
        organizations: { arguments, call in
            try await call.page(
                OrganizationRow.all.ordered(by: arguments.orderBy), arguments,
                filter: arguments.filter.flatMap(OrganizationRow.condition))
        },
        organization: { arguments, call in try await call.byID(arguments.id, as: OrganizationRow.self) },
        auditLog: { arguments, call in
            let viewer = try call.request.requireViewer()
            let isAdmin = try await call.request.loader(of: UserRow.self).load(viewer)?.isSystemAdmin
            guard isAdmin == true else { return .none() }
            return try await call.page(
                AuditEntryRow.all.ordered(by: arguments.orderBy), arguments,
                filter: arguments.filter.flatMap(AuditEntryRow.condition))
        },
        users: { arguments, call in
            let viewer = try call.request.requireViewer()
            return try await call.page(
                UserRow.all.ordered(by: arguments.orderBy), arguments,
                filter: arguments.filter.flatMap { UserRow.condition($0, viewer: viewer) })
        },
        knowledge: { arguments, call in
            try await call.page(
                PromotedFindingRow.all.ordered(by: arguments.orderBy), arguments,
                filter: arguments.filter.flatMap(PromotedFindingRow.condition))
        },
        search: { arguments, call in try await call.search(arguments) },
        project: { arguments, call in try await call.byID(arguments.id, as: ProjectRow.self) },
        rpd: { arguments, call in try await call.byID(arguments.id, as: RpdRow.self) },
        task: { arguments, call in try await call.byID(arguments.id, as: TaskRow.self) },
        subtask: { arguments, call in try await call.byID(arguments.id, as: SubtaskRow.self) },
        review: { arguments, call in try await call.byID(arguments.id, as: ReviewRow.self) },
        export: { arguments, call in try await call.byID(arguments.id, as: ExportRow.self) },
        asset: { arguments, call in try await call.byID(arguments.id, as: AssetRow.self) },
        appellationTable: { arguments, call in try await AppellationTableSource.load(arguments.assetId, call) })

    /// Objects of any type: one statement per type that occurs, all in one wave.
    private static func nodes(_ ids: [ID], isList: Bool, _ call: FieldCall) async throws -> Objects<NodeType> {
        _ = try call.request.requireViewer()
        let wanted = ids.map { GlobalID($0) }
        let found = try await objects(wanted.compactMap { $0 }, call)
        var objects = AbstractObjects<NodeType>()
        func append(to objects: inout AbstractObjects<NodeType>) {
            for id in wanted {
                if let source = id.flatMap({ found[$0] }) { objects.append(source) } else { objects.appendNull() }
            }
        }
        if isList { objects.appendList { append(to: &$0) } } else { append(to: &objects) }
        return objects.finish()
    }

    fileprivate static func objects(_ wanted: [GlobalID], _ call: FieldCall) async throws -> [GlobalID:
        any ObjectSource]
    {
        try await withThrowingTaskGroup(of: [(GlobalID, any ObjectSource)].self) { group in
            for type in NodeLoading.all {
                let keys = wanted.filter { $0.typeName == type.typeName }.map(\.uuid.uuid)
                guard !keys.isEmpty else { continue }
                group.addTask {
                    try await type.load(keys, call).map { key, source in
                        (GlobalID(typeName: type.typeName, uuid: UUIDScalar(key)), source)
                    }
                }
            }
            var found: [GlobalID: any ObjectSource] = [:]
            for try await sources in group { for (id, source) in sources { found[id] = source } }
            return found
        }
    }
}

extension FieldCall {
    /// An object of any type for each parent; null where there is none, or no right to see it.
    func nodes(_ wanted: [GlobalID?]) async throws -> Objects<NodeType> {
        let found = try await QueryResolvers.objects(Array(Set(wanted.compactMap { $0 })), self)
        var objects = AbstractObjects<NodeType>()
        for id in wanted {
            if let source = id.flatMap({ found[$0] }) { objects.append(source) } else { objects.appendNull() }
        }
        return objects.finish()
    }
}

/// How the objects of a type that implements `Node` are found by key.
///
/// A test compares the list with the schema.
struct NodeLoading: Sendable {
    let typeName: String
    let load: @Sendable ([UUID], FieldCall) async throws -> [(UUID, any ObjectSource)]

    static let all = [
        NodeLoading(UserRow.self), NodeLoading(OrganizationRow.self), NodeLoading(TaskStatusRow.self),
        NodeLoading(TaskPriorityRow.self), NodeLoading(ProjectRow.self), NodeLoading(RpdRow.self),
        NodeLoading(RpdVersionRow.self), NodeLoading(AssetRow.self), NodeLoading(TaskRow.self),
        NodeLoading(SubtaskRow.self), NodeLoading(SubtaskContentRow.self), NodeLoading(SubtaskDecisionRow.self),
        NodeLoading(PictureAnalysisRow.self),
        NodeLoading(AnnotationRow.self), NodeLoading(ReviewRow.self), NodeLoading(ReviewOutcomeRow.self),
        NodeLoading(FindingRow.self), NodeLoading(ExportRow.self), NodeLoading(OrganizationInvitationRow.self),
        NodeLoading(AuditEntryRow.self), NodeLoading(ActivityRow.self), NodeLoading(LikeRow.self),
        NodeLoading(ProjectCooperationRow.self),
        NodeLoading(TaskTagRow.self), NodeLoading(FindingRevisionRow.self), NodeLoading(PromotedFindingRow.self),
        NodeLoading(CharacterRow.self), NodeLoading(ItemRow.self), NodeLoading(ReviewSetRow.self),
        NodeLoading(NotificationRow.self),
        NodeLoading(IpRow.self), NodeLoading(DocumentRow.self), NodeLoading(DocumentPictureRow.self),
        NodeLoading(VideoSceneRow.self), NodeLoading(DocumentPageRow.self),
        NodeLoading(BatchJobRow.self), NodeLoading(BatchJobItemRow.self),
        NodeLoading(ImportRow.self), NodeLoading(ImportItemRow.self),
        NodeLoading(GeneratedReferenceRow.self), NodeLoading(RpdTestRow.self),
    ]

    private init<E: Entity>(_: E.Type) {
        typeName = E.Object.typeName
        load = { keys, call in
            let loaded = try await call.request.loader(of: E.self).load(keys)
            return zip(keys, loaded).compactMap { key, entity in entity.map { (key, $0) } }
        }
    }
}
