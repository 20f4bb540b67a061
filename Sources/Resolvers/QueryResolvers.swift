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
            return Objects([try await call.request.loader(of: UserRow.self).load(viewer)])
        },
        node: { arguments, call in try await nodes([arguments.id], isList: false, call) },
        nodes: { arguments, call in
            guard arguments.ids.count <= maximumNodes else {
                throw FieldError("At most \(maximumNodes) ids are allowed.", code: .badUserInput)
            }
            return try await nodes(arguments.ids, isList: true, call)
        },
        projects: { arguments, call in try await call.page(ProjectRow.all, arguments) },
        organizations: { arguments, call in try await call.page(OrganizationRow.all, arguments) },
        project: { arguments, call in try await call.byID(arguments.id, as: ProjectRow.self) },
        rpd: { arguments, call in try await call.byID(arguments.id, as: RpdRow.self) },
        task: { arguments, call in try await call.byID(arguments.id, as: TaskRow.self) },
        subtask: { arguments, call in try await call.byID(arguments.id, as: SubtaskRow.self) },
        review: { arguments, call in try await call.byID(arguments.id, as: ReviewRow.self) },
        export: { arguments, call in try await call.byID(arguments.id, as: ExportRow.self) },
        asset: { arguments, call in try await call.byID(arguments.id, as: AssetRow.self) })

    /// Objects of any type: one statement per type that occurs, all in one wave.
    private static func nodes(_ ids: [ID], isList: Bool, _ call: FieldCall) async throws -> Objects<NodeType> {
        _ = try call.request.requireViewer()
        let wanted = ids.map { GlobalID($0) }
        var found: [GlobalID: any ObjectSource] = [:]
        for (typeName, load) in NodeLoading.byTypeName {
            let keys = wanted.compactMap { $0?.typeName == typeName ? $0?.uuid.uuid : nil }
            guard !keys.isEmpty else { continue }
            for (key, source) in try await load(keys, call) {
                found[GlobalID(typeName: typeName, uuid: UUIDScalar(key))] = source
            }
        }
        var objects = AbstractObjects<NodeType>()
        func append(to objects: inout AbstractObjects<NodeType>) {
            for id in wanted {
                if let source = id.flatMap({ found[$0] }) { objects.append(source) } else { objects.appendNull() }
            }
        }
        if isList { objects.appendList { append(to: &$0) } } else { append(to: &objects) }
        return objects.finish()
    }
}

/// How the objects of each type that implements `Node` are found by key.
///
/// A test compares it with the schema.
enum NodeLoading {
    typealias Load = @Sendable ([UUID], FieldCall) async throws -> [(UUID, any ObjectSource)]

    static let byTypeName: [String: Load] = Dictionary(uniqueKeysWithValues: [
        entry(UserRow.self), entry(OrganizationRow.self), entry(TaskStatusRow.self), entry(TaskPriorityRow.self),
        entry(ProjectRow.self), entry(RpdRow.self), entry(RpdVersionRow.self), entry(AssetRow.self),
        entry(TaskRow.self), entry(SubtaskRow.self), entry(SubtaskContentRow.self), entry(ReviewRow.self),
        entry(ReviewOutcomeRow.self), entry(FindingRow.self), entry(ExportRow.self),
    ])

    private static func entry<E: Entity>(_: E.Type) -> (String, Load) {
        (
            E.Object.typeName,
            { keys, call in
                let loaded = try await call.request.loader(of: E.self).load(keys)
                return zip(keys, loaded).compactMap { key, entity in entity.map { (key, $0) } }
            }
        )
    }
}
