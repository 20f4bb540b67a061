import Foundation
import JSON
import Testing
import Workflows

@testable import Resolvers

@Suite("Mutations", .timeLimit(.minutes(15)))
struct MutationTests {
    /// Runs one mutation with its input as a variable.
    func mutate(
        _ api: API, _ field: String, _ input: JSONObject, _ selection: String, as person: Person = .supervisor
    ) async throws -> Response {
        let type = field.prefix(1).uppercased() + field.dropFirst() + "Input"
        return try await api.execute(
            """
            mutation($input: \(type)!) {
              \(field)(input: $input) { \(selection) userErrors { field code message } }
            }
            """, as: person, JSONObject([("input", .object(input))]))
    }

    func id(_ key: Key) -> JSONValue { .string(key.id) }

    @Test("every mutation of the schema is in this suite")
    func complete() async throws {
        try await API.run { api in
            let response = try await api.execute(#"{ __type(name: "Mutation") { fields { name } } }"#)
            let names = response["__type.fields"]?.array?.compactMap { $0["name"]?.string } ?? []
            #expect(names.sorted() == (Self.targets.map(\.field) + Self.withoutObject).sorted())
        }
    }

    /// Adds organisation 4, which takes part in nothing yet, and which the supervisor can see.
    static func addOrganization(to api: API) async throws {
        try await api.sql("insert into organizations (id, name) values (\(Key.organization(4).sql), 'Fourth')")
        try await api.sql(
            """
            insert into organization_members (organization_id, user_id)
            values (\(Key.organization(4).sql), \(Key.user(1).sql))
            """)
    }

    @Test("a mutation works for a member", arguments: targets)
    func allowed(target: Target) async throws {
        try await API.run { api in
            try await Self.addOrganization(to: api)
            var input = target.rest
            input[target.argument] = id(target.visible)
            let response = try await mutate(api, target.field, input, target.result)
            #expect(response.messages == [])
            #expect(response.problems(target.field) == [])
            let result = target.result.prefix { $0 != " " }
            #expect(response["\(target.field).\(result)"].map { !$0.isNull } == true)
        }
    }

    @Test("what is hidden, unknown, of another type or nonsense is NOT_FOUND, and nothing changes")
    func notFound() async throws {
        try await API.run { api in
            let counts = """
                select (select count(*) from projects) + (select count(*) from rpds) + (select count(*) from rpd_versions)
                    + (select count(*) from tasks) + (select count(*) from subtasks) + (select count(*) from assets)
                    + (select count(*) from reviews) + (select count(*) from exports) + (select count(*) from events)
                    + (select count(*) from jobs)
                """
            let before = try await api.number(counts)
            for target in Self.targets {
                var messages: Set<String> = []
                let unknown = Key(typeName: target.visible.typeName, table: 99, number: 1).id
                for (person, id) in [
                    (Person.supervisor, target.hidden.id), (.supervisor, unknown), (.stranger, target.visible.id),
                    (.supervisor, target.visible.asType("Query")), (.supervisor, "nonsense"),
                ] {
                    var input = target.rest
                    input[target.argument] = .string(id)
                    let response = try await mutate(api, target.field, input, target.result, as: person)
                    #expect(response.codes == ["NOT_FOUND"], "\(target.field) \(person) \(id)")
                    #expect(response.data == .null)
                    if id == target.hidden.id || id == unknown { messages.insert(response.messages.first ?? "") }
                }
                #expect(messages.count == 1, "an answer must not tell what exists: \(messages)")
            }
            #expect(try await api.number(counts) == before)
            #expect(api.log.entries.isEmpty)
        }
    }

    @Test("who is not signed in changes nothing, whatever the input")
    func unauthenticated() async throws {
        try await API.run { api in
            for target in Self.targets {
                var input = target.rest
                input[target.argument] = id(target.visible)
                let response = try await mutate(api, target.field, input, target.result, as: .nobody)
                #expect(response.codes == ["UNAUTHENTICATED"], "\(target.field)")
            }
        }
    }

    // MARK: Projects and tasks

    @Test("a project is made, with its maker, and changed; what is left out stays")
    func project() async throws {
        try await API.run { api in
            let created = try await mutate(
                api, "createProject", ["organizationId": id(.organization(1)), "name": "  New ", "description": "D"],
                "project { id name description owner { id } createdBy { id } }")
            #expect(created["createProject.project.name"] == "New")
            #expect(created["createProject.project.owner.id"] == id(.organization(1)))
            #expect(created["createProject.project.createdBy.id"] == id(.user(1)))
            let project = try #require(created["createProject.project.id"])
            let updated = try await mutate(
                api, "updateProject", ["projectId": project, "name": "Newer"], "project { name description }")
            #expect(updated["updateProject.project"] == ["name": "Newer", "description": "D"])
            let cleared = try await mutate(
                api, "updateProject", ["projectId": project, "name": nil, "description": ""],
                "project { name description }")
            #expect(cleared["updateProject.project"] == ["name": "Newer", "description": ""])
        }
    }

    @Test("a participant may not make projects of the owner's organisation, which it sees")
    func projectOfOthers() async throws {
        try await API.run { api in
            let response = try await mutate(
                api, "createProject", ["organizationId": id(.organization(1)), "name": "New"], "project { id }",
                as: .partner)
            #expect(response.codes == ["NOT_FOUND"])
        }
    }

    @Test(
        "faults of a text come back with their field, and nothing is made",
        arguments: [
            ("", "input.name REQUIRED"), ("   ", "input.name REQUIRED"),
            (String(repeating: "あ", count: 256), "input.name TOO_LONG"), ("a\u{0}b", "input.name INVALID"),
        ])
    func names(name: String, problem: String) async throws {
        try await API.run { api in
            for (field, parent, result) in [
                ("createProject", ("organizationId", Key.organization(1)), ("project", JSONValue.null)),
                ("updateProject", ("projectId", .project(1)), ("project", ["name": "Project 1"])),
                ("createTask", ("projectId", .project(1)), ("task", .null)),
            ] {
                let response = try await mutate(
                    api, field, JSONObject([(parent.0, id(parent.1)), ("name", .string(name))]),
                    "\(result.0) { name }")
                #expect(response.messages == [])
                #expect(response.problems(field) == [problem])
                #expect(response["\(field).\(result.0)"] == result.1)
            }
        }
    }

    @Test("all faults come at once")
    func manyFaults() async throws {
        try await API.run { api in
            let response = try await mutate(
                api, "createTask",
                [
                    "projectId": id(.project(1)), "name": "",
                    "description": .string(String(repeating: "x", count: 5001)),
                ], "task { id }")
            #expect(response.problems("createTask") == ["input.name REQUIRED", "input.description TOO_LONG"])
        }
    }

    @Test("a task takes the first status and priority, or the given ones of the owner's organisation")
    func task() async throws {
        try await API.run { api in
            let plain = try await mutate(
                api, "createTask", ["projectId": id(.project(1)), "name": "New"],
                "task { status { name } priority { name } assignee { id } dueAt createdBy { id } }")
            #expect(
                plain["createTask.task"]
                    == [
                        "status": ["name": "todo"], "priority": ["name": "low"], "assignee": nil, "dueAt": nil,
                        "createdBy": ["id": id(.user(1))],
                    ])
            let full = try await mutate(
                api, "createTask",
                [
                    "projectId": id(.project(1)), "name": "New", "statusId": id(.status(12)),
                    "priorityId": id(.priority(12)), "assigneeId": id(.user(4)), "dueAt": "2027-01-01T09:00:00+09:00",
                ], "task { status { name } priority { name } assignee { id } dueAt }")
            #expect(
                full["createTask.task"]
                    == [
                        "status": ["name": "done"], "priority": ["name": "high"], "assignee": ["id": id(.user(4))],
                        "dueAt": "2027-01-01T00:00:00.000000Z",
                    ])
        }
    }

    @Test("what a form lets people choose is NOT_FOUND at its field: foreign, unknown, of another type")
    func choices() async throws {
        try await API.run { api in
            for (field, choices) in [
                ("statusId", [Key.status(31).id, Key.status(99).id, Key.priority(11).id, "x"]),
                ("priorityId", [Key.priority(31).id, Key.status(11).id]),
                ("assigneeId", [Key.user(5).id, Key.user(99).id, Key.task(1).id]),
            ] {
                for choice in choices {
                    let response = try await mutate(
                        api, "createTask",
                        JSONObject([
                            ("projectId", id(.project(1))), ("name", "New"), (field, .string(choice)),
                        ]), "task { id }")
                    #expect(response.problems("createTask") == ["input.\(field) NOT_FOUND"], "\(choice)")
                }
            }
            for (asset, problem) in [
                (Key.asset(9).id, "NOT_FOUND"), ("x", "NOT_FOUND"), (Key.asset(7).id, "ASSET_NOT_READY"),
                (Key.asset(8).id, "ASSET_NOT_READY"), (Key.asset(10).id, "ASSET_NOT_READY"),
            ] {
                let response = try await mutate(
                    api, "createSubtask",
                    ["taskId": id(.task(1)), "name": "New", "assetId": .string(asset)], "subtask { id }")
                #expect(response.problems("createSubtask") == ["input.assetId \(problem)"])
            }
        }
    }

    @Test("a picture goes behind those already there, with the first version of its content")
    func subtask() async throws {
        try await API.run { api in
            let response = try await mutate(
                api, "createSubtask", ["taskId": id(.task(1)), "name": "New", "assetId": id(.asset(3))],
                "subtask { position kind status content { version asset { id } } latestReview { id } }")
            #expect(
                response["createSubtask.subtask"]
                    == [
                        "position": 3, "kind": "PICTURE", "status": "PENDING",
                        "content": ["version": 1, "asset": ["id": id(.asset(3))]], "latestReview": nil,
                    ])
        }
    }

    // MARK: Review points

    @Test("a review point has its first version at once, and a later one becomes the active one")
    func rpd() async throws {
        try await API.run { api in
            let created = try await mutate(
                api, "createRpd",
                [
                    "projectId": id(.project(1)), "kind": "GENERAL_NG_REVIEW",
                    "content": [
                        "title": "No crosses", "instruction": "None.", "tags": ["a", "b", "a"],
                        "ngSubcategory": "ABSTRACT_TYPE", "referenceAssetIds": [id(.asset(2)), id(.asset(1))],
                    ],
                ],
                """
                rpd { id kind isActive activeVersion {
                  versionNumber title tags ngSubcategory isActive referenceAssets { id }
                } }
                """)
            #expect(
                created["createRpd.rpd.activeVersion"]
                    == [
                        "versionNumber": 1, "title": "No crosses", "tags": ["a", "b"],
                        "ngSubcategory": "ABSTRACT_TYPE", "isActive": true,
                        "referenceAssets": [["id": id(.asset(2))], ["id": id(.asset(1))]],
                    ])
            #expect(created["createRpd.rpd.isActive"] == true)
            let rpd = try #require(created["createRpd.rpd.id"])
            let second = try await mutate(
                api, "createRpdVersion",
                ["rpdId": rpd, "content": ["title": "Second", "ngSubcategory": "CONCRETE_SHAPE"]],
                "rpdVersion { versionNumber rpd { id } } rpd { id activeVersion { title } versions { edges { node { isActive } } } }"
            )
            #expect(second["createRpdVersion.rpdVersion"] == ["versionNumber": 2, "rpd": ["id": rpd]])
            #expect(second["createRpdVersion.rpd.activeVersion.title"] == "Second")
            #expect(
                second["createRpdVersion.rpd.versions.edges"] == [
                    ["node": ["isActive": true]], ["node": ["isActive": false]],
                ])
            let off = try await mutate(api, "setRpdActive", ["rpdId": rpd, "isActive": false], "rpd { isActive }")
            #expect(off["setRpdActive.rpd.isActive"] == false)
        }
    }

    @Test("faults of a review point's content have their way to the field")
    func rpdFaults() async throws {
        try await API.run { api in
            let cases: [(kind: JSONValue, content: JSONValue, problems: [String])] = [
                ("TEXT_REVIEW", ["title": ""], ["input.content.title REQUIRED"]),
                ("GENERAL_NG_REVIEW", ["title": "x"], ["input.content.ngSubcategory REQUIRED"]),
                (
                    "VISUAL_REVIEW", ["title": "x", "groups": [["tag": "Sword", "characteristics": "A blade."]]],
                    ["input.content.groups INVALID"]
                ),
                (
                    "TEXT_REVIEW", ["title": "x", "ngSubcategory": "ABSTRACT_TYPE"],
                    ["input.content.ngSubcategory INVALID"]
                ),
                ("TEXT_REVIEW", ["title": "x", "tags": ["ok", ""]], ["input.content.tags.1 REQUIRED"]),
                (
                    "VISUAL_REVIEW", ["title": "x", "referenceAssetIds": [id(.asset(1)), id(.asset(9))]],
                    ["input.content.referenceAssetIds.1 NOT_FOUND"]
                ),
                (
                    "VISUAL_REVIEW", ["title": "x", "referenceAssetIds": [id(.asset(7))]],
                    ["input.content.referenceAssetIds.0 ASSET_NOT_READY"]
                ),
                (
                    "VISUAL_REVIEW", ["title": "x", "referenceAssetIds": ["nonsense"]],
                    ["input.content.referenceAssetIds.0 NOT_FOUND"]
                ),
            ]
            for example in cases {
                let response = try await mutate(
                    api, "createRpd",
                    ["projectId": id(.project(1)), "kind": example.kind, "content": example.content], "rpd { id }")
                #expect(response.messages == [])
                #expect(response.problems("createRpd") == example.problems)
                #expect(response["createRpd.rpd"] == .null)
            }
            let version = try await mutate(
                api, "createRpdVersion", ["rpdId": id(.rpd(2)), "content": ["title": ""]],
                "rpdVersion { id } rpd { id }")
            #expect(version.problems("createRpdVersion") == ["input.content.title REQUIRED"])
            #expect(version["createRpdVersion.rpd.id"] == id(.rpd(2)))
            #expect(version["createRpdVersion.rpdVersion"] == .null)
        }
    }

    // MARK: Files
}
