import Foundation
import JSON
import Testing

@testable import Resolvers

/// An input by which a list's rows are chosen or put in order, with its fields, as introspection finds it.
struct ListChoice: Sendable {
    let list: PaginationTests.List
    /// The name of the input.
    let type: String
    /// Its fields, and of enums the values.
    let fields: [(name: String, values: [String])]

    /// Adds to the fixture what lets every list have rows that differ.
    static func addRows(_ api: API) async throws {
        for list in PaginationTests.lists { for row in list.insertions { try await api.sql(row) } }
        let project = Key.project(1).sql
        for statement in [
            """
            insert into organization_members (organization_id, user_id)
            values (\(Key.organization(2).sql), \(Key.user(1).sql))
            """,
            """
            insert into project_organizations (project_id, organization_id, created_at)
            values (\(project), \(Key.organization(3).sql), \(Fixture.at(24)))
            """,
            """
            insert into promoted_findings (
                project_id, finding_id, notes, tags, created_at, description, severity, rpd_title, rpd_version_number
            )
            values (
                \(project), \(Key.finding(3).sql), 'Other notes', '{b}', \(Fixture.at(0)), 'Finding 3', 'ALERT',
                'Point', 1
            )
            """,
            """
            insert into audit_entries (
                organization_id, action, entity_type, entity_id, project_id, user_id, created_by, created_at
            )
            values (
                \(Key.organization(1).sql), 'DELETED', 'TASK_TAG', \(Key.tag(1).sql), \(project),
                \(Key.user(2).sql), \(Key.user(2).sql), \(Fixture.at(501))
            )
            """,
            "update batch_job_items set finished_at = finished_at - position * interval '1 minute'",
            "update import_items set finished_at = finished_at - position * interval '1 minute'",
            "update tasks set due_at = created_at",
            """
            update tasks
            set priority_id = \(Key.priority(11).sql), status_id = \(Key.status(12).sql)
            where id = \(Key.task(2).sql)
            """,
        ] {
            try await api.sql(statement)
        }
    }

    /// The inputs that all lists take for an argument.
    static func all(_ api: API, argument: String) async throws -> [ListChoice] {
        let types = try await self.types(api, "fields { name args { name type { name } } }")
        let inputs = try await self.types(api, "inputFields { name type { name ofType { name ofType { name } } } }")
        let enums = try await self.types(api, "enumValues { name }").mapValues { type in
            (type["enumValues"]?.array ?? []).compactMap { $0["name"]?.string }
        }
        func values(of type: JSONValue?) -> [String] {
            guard let type, type != .null else { return [] }
            return type["name"]?.string.flatMap { enums[$0] } ?? values(of: type["ofType"])
        }
        return PaginationTests.lists.compactMap { list in
            let fields = types[list.parent?.typeName ?? "Query"]?["fields"]?.array
            let arguments = fields?.first { $0["name"]?.string == list.field }?["args"]?.array
            guard let type = arguments?.first(where: { $0["name"]?.string == argument })?["type"]?["name"]?.string
            else { return nil }
            let inputFields = inputs[type]?["inputFields"]?.array ?? []
            return ListChoice(
                list: list, type: type,
                fields: inputFields.map { (name: $0["name"]?.string ?? "", values: values(of: $0["type"])) })
        }
    }

    /// The types of the schema by their names.
    private static func types(_ api: API, _ selection: String) async throws -> [String: JSONValue] {
        let response = try await api.execute("{ __schema { types { name \(selection) } } }")
        #expect(response.messages == [])
        let types = response["__schema.types"]?.array ?? []
        return Dictionary(types.map { ($0["name"]?.string ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    }
}

/// What rows say at a place in their fields.
enum RowValue {
    /// A row of a response, or what is in it; nil where there is nothing.
    static func at(_ place: [String], of node: JSONValue?) -> JSONValue? {
        place.reduce(node) { $0?[$1] }
    }

    /// The selection that reads the places.
    static func selection(_ places: [[String]]) -> String {
        places.map { place in place.reversed().reduce("") { $0.isEmpty ? $1 : "\($1) { \($0) }" } }
            .joined(separator: " ")
    }
}
