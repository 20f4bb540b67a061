import Clients
import Foundation
import Imaging
import JSON
import Testing
import Workflows

@testable import Resolvers

@Suite("Mutations", .timeLimit(.minutes(15)))
struct MutationTests {
    /// Runs one mutation with its input as a variable.
    private func mutate(
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

    private func id(_ key: Key) -> JSONValue { .string(key.id) }

    // MARK: What a mutation acts on

    /// A mutation that acts on an object, with an input that is right but for the object.
    struct Target: Sendable, CustomTestStringConvertible {
        let field: String
        let argument: String
        /// Of project 1.
        let visible: Key
        /// Of project 3.
        let hidden: Key
        var rest: JSONObject = [:]
        var result: String

        var testDescription: String { field }
    }

    private static func member(_ field: String, _ rest: JSONObject = [:]) -> Target {
        var input = rest
        input["userId"] = .string(Key.user(2).id)
        return Target(
            field: field, argument: "organizationId", visible: .organization(1), hidden: .organization(3), rest: input,
            result: "organization { id }")
    }

    private static func option(_ name: String, _ key: (Int) -> Key) -> [Target] {
        let argument = name.prefix(1).lowercased() + name.dropFirst()
        return [
            Target(
                field: "create\(name)", argument: "organizationId", visible: .organization(1), hidden: .organization(3),
                rest: ["name": "New"], result: "\(argument) { name }"),
            Target(
                field: "update\(name)", argument: "\(argument)Id", visible: key(11), hidden: key(31),
                rest: ["name": "New"], result: "\(argument) { name }"),
            Target(
                field: "delete\(name)", argument: "\(argument)Id", visible: key(11), hidden: key(31),
                rest: ["replacementId": .string(key(12).id)], result: "deleted\(name)Id"),
        ]
    }

    static let targets: [Target] = organizationTargets + projectTargets + registryTargets + documentTargets

    private static let registryTargets: [Target] = [
        ("Character", Key.character, JSONObject([("name", "New")])),
        ("Item", Key.item, JSONObject([("assetId", .string(Key.asset(5).id))])),
        ("ReviewSet", Key.reviewSet, JSONObject([("name", "New")])),
    ].flatMap { name, key, input in
        let argument = name.prefix(1).lowercased() + name.dropFirst()
        return [
            project("create\(name)", input, result: "\(argument) { id }"),
            Target(
                field: "update\(name)", argument: "\(argument)Id", visible: key(1), hidden: key(3),
                rest: ["description": "New"], result: "\(argument) { id }"),
            Target(
                field: "delete\(name)", argument: "\(argument)Id", visible: key(2), hidden: key(3),
                result: "deleted\(name)Id"),
        ]
    }

    /// Works and documents, which come back.
    private static let documentTargets: [Target] = [
        ("Ip", "ip", Key.ip, JSONObject([("name", "New")])),
        ("Document", "document", Key.document, JSONObject([("assetId", .string(Key.asset(15).id))])),
    ].flatMap { name, argument, key, input in
        [
            project("create\(name)", input, result: "\(argument) { id }"),
            Target(
                field: "update\(name)", argument: "\(argument)Id", visible: key(1), hidden: key(3),
                rest: ["description": "New"], result: "\(argument) { id }"),
            Target(
                field: "delete\(name)", argument: "\(argument)Id", visible: key(2), hidden: key(3),
                result: "deleted\(name)Id"),
            Target(
                field: "restore\(name)", argument: "\(argument)Id", visible: key(1), hidden: key(3),
                result: "\(argument) { id }"),
        ]
    }

    private static let organizationTargets: [Target] =
        [
            Target(
                field: "updateOrganization", argument: "organizationId", visible: .organization(1),
                hidden: .organization(3), rest: ["name": "New"], result: "organization { name }"),
            member("removeOrganizationMember"), member("setOrganizationAdmin", ["isAdmin": true]),
            Target(
                field: "inviteToOrganization", argument: "organizationId", visible: .organization(1),
                hidden: .organization(3), rest: ["email": "new@demo.example"], result: "invitation { email }"),
            Target(
                field: "revokeInvitation", argument: "invitationId", visible: .invitation(1), hidden: .invitation(2),
                result: "invitation { status }"),
        ] + option("TaskStatus", Key.status) + option("TaskPriority", Key.priority)

    private static func project(_ field: String, _ rest: JSONObject = [:], result: String = "project { id }") -> Target
    {
        Target(
            field: field, argument: "projectId", visible: .project(1), hidden: .project(3), rest: rest, result: result)
    }

    private static func rpd(_ field: String, _ result: String) -> Target {
        Target(field: field, argument: "rpdId", visible: .rpd(2), hidden: .rpd(8), result: result)
    }

    private static func finding(
        _ field: String, _ rest: JSONObject, number: Int = 2, result: String = "finding { id }"
    ) -> Target {
        Target(
            field: field, argument: "findingId", visible: .finding(number), hidden: .finding(6), rest: rest,
            result: result)
    }

    private static let projectTargets: [Target] = [
        project("setProjectArchived", ["isArchived": true]), project("deleteProject", result: "deletedProjectId"),
        project("restoreProject"), project("addProjectMember", ["userId": .string(Key.user(4).id)]),
        project("removeProjectMember", ["userId": .string(Key.user(3).id)]),
        project("addProjectOrganization", ["organizationId": .string(Key.organization(4).id)]),
        project("setProjectCandidates", ["taskStatusIds": [.string(Key.status(11).id)]]),
        project("inviteToProject", ["email": "new@demo.example"], result: "token"),
        project("createTaskTag", ["name": "New"], result: "taskTag { name }"),
        Target(
            field: "activateRpdVersion", argument: "rpdVersionId", visible: .version(1), hidden: .version(8),
            result: "rpdVersion { isActive }"),
        rpd("duplicateRpd", "rpd { id }"), rpd("deleteRpd", "deletedRpdId"), rpd("restoreRpd", "rpd { id }"),
        finding("updateFinding", ["description": "New"]), finding("setFindingStatus", ["status": "ACCEPTED"]),
        finding("promoteFinding", [:], number: 3, result: "promotion { id }"),
        Target(
            field: "createFinding", argument: "outcomeId", visible: .outcome(21), hidden: .outcome(71),
            rest: ["description": "New", "severity": "RISK"], result: "finding { id }"),
        Target(
            field: "removeProjectOrganization", argument: "projectCooperationId", visible: .cooperation(1),
            hidden: .cooperation(9), result: "deletedProjectCooperationId"),
        Target(
            field: "updateTaskTag", argument: "taskTagId", visible: .tag(1), hidden: .tag(3), rest: ["name": "New"],
            result: "taskTag { name }"),
        Target(
            field: "deleteTaskTag", argument: "taskTagId", visible: .tag(1), hidden: .tag(3),
            result: "deletedTaskTagId"),
        Target(
            field: "setTaskTags", argument: "taskId", visible: .task(1), hidden: .task(5),
            rest: ["taskTagIds": [.string(Key.tag(2).id)]], result: "task { name }"),
        Target(
            field: "likeAsset", argument: "assetId", visible: .asset(3), hidden: .asset(9),
            result: "asset { viewerLikes }"),
        Target(
            field: "unlikeAsset", argument: "assetId", visible: .asset(1), hidden: .asset(9),
            result: "asset { viewerLikes }"),
        Target(
            field: "createProject", argument: "organizationId", visible: .organization(1), hidden: .organization(3),
            rest: ["name": "New"], result: "project { name }"),
        Target(
            field: "updateProject", argument: "projectId", visible: .project(1), hidden: .project(3),
            rest: ["name": "New"], result: "project { name }"),
        Target(
            field: "createRpd", argument: "projectId", visible: .project(1), hidden: .project(3),
            rest: ["kind": "TEXT_REVIEW", "content": ["title": "New"]], result: "rpd { id }"),
        Target(
            field: "createRpdVersion", argument: "rpdId", visible: .rpd(2), hidden: .rpd(8),
            rest: ["content": ["title": "New"]], result: "rpdVersion { id }"),
        Target(
            field: "setRpdActive", argument: "rpdId", visible: .rpd(2), hidden: .rpd(8), rest: ["isActive": false],
            result: "rpd { isActive }"),
        Target(
            field: "createTask", argument: "projectId", visible: .project(1), hidden: .project(3),
            rest: ["name": "New"], result: "task { name }"),
        Target(
            field: "createSubtask", argument: "taskId", visible: .task(1), hidden: .task(5),
            rest: ["name": "New", "assetId": .string(Key.asset(1).id)], result: "subtask { name }"),
        Target(
            field: "updateTask", argument: "taskId", visible: .task(1), hidden: .task(5), rest: ["name": "New"],
            result: "task { name }"),
        Target(
            field: "moveTask", argument: "taskId", visible: .task(1), hidden: .task(5), result: "task { name }"),
        Target(
            field: "deleteTask", argument: "taskId", visible: .task(2), hidden: .task(5), result: "deletedTaskId"),
        Target(
            field: "restoreTask", argument: "taskId", visible: .task(1), hidden: .task(5), result: "task { name }"),
        Target(
            field: "updateSubtask", argument: "subtaskId", visible: .subtask(1), hidden: .subtask(7),
            rest: ["name": "New"], result: "subtask { name }"),
        Target(
            field: "decideSubtask", argument: "subtaskId", visible: .subtask(1), hidden: .subtask(7),
            rest: ["status": "ACCEPTED"], result: "subtask { status }"),
        Target(
            field: "setSubtaskCharacters", argument: "subtaskId", visible: .subtask(1), hidden: .subtask(7),
            rest: ["characterIds": [.string(Key.character(1).id)]], result: "subtask { characters { name } }"),
        Target(
            field: "addSubtaskContent", argument: "subtaskId", visible: .subtask(1), hidden: .subtask(7),
            rest: ["assetId": .string(Key.asset(1).id)], result: "content { version }"),
        Target(
            field: "restoreSubtaskContent", argument: "contentId", visible: .content(1), hidden: .content(7),
            result: "content { version }"),
        Target(
            field: "moveSubtask", argument: "subtaskId", visible: .subtask(1), hidden: .subtask(7),
            rest: ["position": 2], result: "subtask { position }"),
        Target(
            field: "copySubtask", argument: "subtaskId", visible: .subtask(1), hidden: .subtask(7),
            rest: ["taskId": .string(Key.task(1).id)], result: "subtask { name }"),
        Target(
            field: "deleteSubtask", argument: "subtaskId", visible: .subtask(1), hidden: .subtask(7),
            result: "deletedSubtaskId"),
        Target(
            field: "restoreSubtask", argument: "subtaskId", visible: .subtask(1), hidden: .subtask(7),
            result: "subtask { name }"),
        Target(
            field: "createAnnotation", argument: "subtaskId", visible: .subtask(1), hidden: .subtask(7),
            rest: ["text": "New"], result: "annotation { text }"),
        Target(
            field: "updateAnnotation", argument: "annotationId", visible: .annotation(1), hidden: .annotation(4),
            rest: ["text": "New"], result: "annotation { text }"),
        Target(
            field: "setAnnotationSolved", argument: "annotationId", visible: .annotation(2), hidden: .annotation(4),
            rest: ["isSolved": true], result: "annotation { isSolved }"),
        Target(
            field: "deleteAnnotation", argument: "annotationId", visible: .annotation(1), hidden: .annotation(4),
            result: "deletedAnnotationId"),
        Target(
            field: "createUpload", argument: "projectId", visible: .project(1), hidden: .project(3),
            rest: ["purpose": "RPD_REFERENCE", "fileName": "a.png", "mediaType": "image/png", "byteCount": 5],
            result: "ticket { method }"),
        Target(
            field: "completeUpload", argument: "assetId", visible: .asset(1), hidden: .asset(9),
            result: "asset { state }"),
        Target(
            field: "uploadFile", argument: "projectId", visible: .project(1), hidden: .project(3),
            rest: ["purpose": "SUBTASK_CONTENT", "file": "upload"], result: "asset { state }"),
        Target(
            field: "startReview", argument: "subtaskId", visible: .subtask(5), hidden: .subtask(7),
            rest: ["selection": ["rpdIds": [.string(Key.rpd(2).id)]]], result: "review { status }"),
        project(
            "startBatchReview",
            [
                "subtaskIds": [.string(Key.subtask(5).id)], "selection": ["rpdIds": [.string(Key.rpd(2).id)]],
            ], result: "batchJob { status }"),
        Target(
            field: "cancelBatchJob", argument: "batchJobId", visible: .batchJob(2), hidden: .batchJob(3),
            result: "batchJob { status }"),
        Target(
            field: "retryBatchJob", argument: "batchJobId", visible: .batchJob(1), hidden: .batchJob(3),
            result: "batchJob { status }"),
        project("generateReferences", ["prompt": "A girl"], result: "references { status }"),
        Target(
            field: "keepGeneratedReference", argument: "generatedReferenceId", visible: .generated(1),
            hidden: .generated(3), result: "generatedReference { status }"),
        Target(
            field: "deleteGeneratedReference", argument: "generatedReferenceId", visible: .generated(2),
            hidden: .generated(3), result: "deletedGeneratedReferenceId"),
        Target(
            field: "cancelReview", argument: "reviewId", visible: .review(3), hidden: .review(7),
            result: "review { status }"),
        Target(
            field: "holdFinding", argument: "findingId", visible: .finding(2), hidden: .finding(6),
            rest: ["isHeld": true], result: "finding { isHeld }"),
        Target(
            field: "startExport", argument: "taskId", visible: .task(1), hidden: .task(5), result: "export { status }"),
        Target(
            field: "cancelExport", argument: "exportId", visible: .export(3), hidden: .export(99),
            result: "export { status }"),
    ]

    /// Mutations that act on no object of a member's: SignInTests, ServiceTokenTests and AdministrationTests have them.
    private static let withoutObject = [
        "acceptInvitation", "addOrganizationMember", "createOrganization", "createServiceToken", "createUser",
        "deleteOrganization", "deleteTasks", "deleteUser", "markNotificationsRead", "refreshSession", "restoreTasks",
        "revokeServiceToken", "setUserRole", "signInWithGoogle", "signOut", "signOutEverywhere", "updatePreferences",
        "updateTasks",
    ]

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
            #expect(version["createRpdVersion.rpd"] == .null)
            #expect(version["createRpdVersion.rpdVersion"] == .null)
        }
    }

    // MARK: Files

    @Test("an upload's ticket grants exactly what was announced, and the bytes make the file")
    func upload() async throws {
        try await API.run { api in
            let bytes = try Picture(Bitmap(width: 64, height: 48, color: RGBColor(20, 120, 220))).pngBytes()
            let created = try await mutate(
                api, "createUpload",
                [
                    "projectId": id(.project(1)), "purpose": "SUBTASK_CONTENT", "fileName": "front.png",
                    "mediaType": "image/png", "byteCount": .int(Int64(bytes.count)),
                ],
                """
                ticket {
                  url method maximumBytes expiresAt headers { name value } asset { id state url fileName createdBy { id } }
                }
                """)
            #expect(created.messages == [])
            #expect(created["createUpload.ticket.method"] == "PUT")
            #expect(created["createUpload.ticket.maximumBytes"] == .int(Int64(bytes.count)))
            #expect(created["createUpload.ticket.headers"] == [["name": "Content-Type", "value": "image/png"]])
            #expect(created["createUpload.ticket.asset.state"] == "PENDING")
            #expect(created["createUpload.ticket.asset.url"] == .null)
            let asset = try #require(created["createUpload.ticket.asset.id"])

            let url = try #require(created["createUpload.ticket.url"]?.string)
            let signer = URLSigner(key: Array(repeating: 7, count: 32), now: { API.now })
            let granted = try signer.verify(method: "PUT", target: String(url.dropFirst("http://files.example".count)))
            guard case .upload(let uploadID, "image/png", maximumBytes: bytes.count) = granted.grant else {
                Issue.record("the URL grants something else")
                return
            }
            let early = try await mutate(api, "completeUpload", ["assetId": asset], "asset { state }")
            #expect(early.problems("completeUpload") == ["input.assetId UPLOAD_MISSING"])
            #expect(early["completeUpload.asset.state"] == "PENDING")

            let uploads = UploadStore(pool: api.pool, objects: api.services.objects)
            try await uploads.receive(.bytes(bytes), uploadID: uploadID)
            for _ in 0..<2 {
                let done = try await mutate(
                    api, "completeUpload", ["assetId": asset],
                    "asset { state width height mediaType byteCount errorCode }")
                #expect(done.problems("completeUpload") == [])
                #expect(
                    done["completeUpload.asset"]
                        == [
                            "state": "READY", "width": 64, "height": 48, "mediaType": "image/png",
                            "byteCount": .int(Int64(bytes.count)), "errorCode": nil,
                        ])
            }
        }
    }

    @Test("bytes that are not what was announced make a failed file, which is told with the fault")
    func badUpload() async throws {
        try await API.run { api in
            let created = try await mutate(
                api, "createUpload",
                [
                    "projectId": id(.project(1)), "purpose": "SUBTASK_CONTENT", "fileName": "a.png",
                    "mediaType": "image/png", "byteCount": 5,
                ], "ticket { asset { id } }")
            let asset = try #require(created["createUpload.ticket.asset.id"])
            let text = try #require(asset.string)
            let hex = text.dropFirst("Asset_".count)
            let uploadID = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
                .map { String(Array(hex)[$0]) }.joined(separator: "-")
            try await UploadStore(pool: api.pool, objects: api.services.objects)
                .receive(.bytes(Array("hello".utf8)), uploadID: uploadID)
            let done = try await mutate(api, "completeUpload", ["assetId": asset], "asset { state url errorCode }")
            #expect(done.problems("completeUpload") == ["input.assetId UPLOAD_TYPE"])
            #expect(done["completeUpload.asset"] == ["state": "FAILED", "url": nil, "errorCode": "UPLOAD_TYPE"])
        }
    }

    @Test
    func `A file of the request becomes a checked file like one that was sent to a signed URL`() async throws {
        try await API.run { api in
            let done = try await mutate(
                api, "uploadFile",
                ["projectId": id(.project(1)), "purpose": "SUBTASK_CONTENT", "file": "upload"],
                "asset { state fileName mediaType width height }")
            #expect(done.problems("uploadFile") == [])
            #expect(
                done["uploadFile.asset"]
                    == [
                        "state": "READY", "fileName": "front.png", "mediaType": "image/png", "width": 64, "height": 48,
                    ])
            #expect(
                try await api.number(
                    "select count(*) from uploads where asset_id = (select max(id::text)::uuid from assets where file_name = 'front.png')"
                ) == 0)
            let forged = try await mutate(
                api, "uploadFile",
                ["projectId": id(.project(1)), "purpose": "SUBTASK_CONTENT", "file": "another"], "asset { state }")
            #expect(forged.codes == ["BAD_USER_INPUT"])
        }
    }

    @Test(
        "an upload that can't be is refused before anything is made",
        arguments: [
            (["mediaType": "image/svg+xml"], "input.mediaType UPLOAD_TYPE"),
            (["fileName": "../a.png"], "input.fileName INVALID"), (["fileName": ""], "input.fileName REQUIRED"),
            (["byteCount": 0], "input.byteCount UPLOAD_SIZE"),
            (["byteCount": 10_000_001], "input.byteCount UPLOAD_SIZE"),
            (["byteCount": -5], "input.byteCount UPLOAD_SIZE"),
        ] as [(JSONObject, String)])
    func uploadFaults(change: JSONObject, problem: String) async throws {
        try await API.run { api in
            var input: JSONObject = [
                "projectId": id(.project(1)), "purpose": "SUBTASK_CONTENT", "fileName": "a.png",
                "mediaType": "image/png", "byteCount": 5,
            ]
            for member in change.members { input[member.key] = member.value }
            let response = try await mutate(api, "createUpload", input, "ticket { url }")
            #expect(response.messages == [])
            #expect(response.problems("createUpload") == [problem])
            #expect(response["createUpload.ticket"] == .null)
        }
    }

    // MARK: Reviews

    @Test("a review has one outcome per review point in the order chosen, and waits for a worker")
    func startReview() async throws {
        try await API.run { api in
            let response = try await mutate(
                api, "startReview",
                [
                    "subtaskId": id(.subtask(1)),
                    "selection": ["rpdIds": [id(.rpd(3)), id(.rpd(1)), id(.rpd(6))]], "mode": "QUALITY",
                ], "review { id }")
            // Subtask 1 has a running review.
            #expect(response.problems("startReview") == ["input.subtaskId REVIEW_ACTIVE"])
            #expect(response["startReview.review.id"] == id(.review(3)))
            let started = try await mutate(
                api, "startReview",
                [
                    "subtaskId": id(.subtask(5)),
                    "selection": ["rpdIds": [id(.rpd(3)), id(.rpd(1)), id(.rpd(6))]], "mode": "QUALITY",
                ],
                """
                review {
                  version status mode trigger isLatest progress { outcomesTotal outcomesFinished findingCount }
                  outcomes { edges { node { position status rpdVersion { id } } } } startedAt createdBy { id }
                }
                """)
            #expect(started.messages == [])
            #expect(
                started["startReview.review"]
                    == [
                        "version": 1, "status": "PENDING", "mode": "QUALITY", "trigger": "RPD_SELECTION",
                        "isLatest": false,
                        "progress": ["outcomesTotal": 2, "outcomesFinished": 0, "findingCount": 0],
                        // Review point 6 is off.
                        "outcomes": [
                            "edges": [
                                ["node": ["position": 1, "status": "PENDING", "rpdVersion": ["id": id(.version(3))]]],
                                ["node": ["position": 2, "status": "PENDING", "rpdVersion": ["id": id(.version(11))]]],
                            ]
                        ], "startedAt": nil, "createdBy": ["id": id(.user(1))],
                    ])
            #expect(try await api.number("select count(*) from jobs where kind = 'review'") == 1)
        }
    }

    @Test("a request key makes a repeated start the same review, even while it is active")
    func requestKey() async throws {
        try await API.run { api in
            let input: JSONObject = [
                "subtaskId": id(.subtask(5)), "selection": ["rpdIds": [id(.rpd(2))]],
                "requestKey": "7e57d004-2b97-4e7a-b45f-5387367791cd",
            ]
            let first = try await mutate(api, "startReview", input, "review { id mode }")
            let second = try await mutate(api, "startReview", input, "review { id mode }")
            #expect(first["startReview.review.mode"] == "SPEED")
            #expect(first["startReview.review.id"] == second["startReview.review.id"])
            #expect(second.problems("startReview") == [])
        }
    }

    @Test("a wrong selection of review points is told at its place")
    func selectionFaults() async throws {
        try await API.run { api in
            let cases: [(selection: JSONValue, problems: [String])] = [
                (["rpdIds": [id(.rpd(2)), "nonsense"]], ["input.selection.rpdIds.1 NOT_FOUND"]),
                (["rpdIds": [id(.rpd(2)), id(.task(1))]], ["input.selection.rpdIds.1 NOT_FOUND"]),
                (["rpdIds": [id(.rpd(8))]], ["input.selection.rpdIds.0 NOT_FOUND"]),
                (["copyrightCheck": false], ["input.selection.copyrightCheck INVALID"]),
            ]
            for example in cases {
                let response = try await mutate(
                    api, "startReview", ["subtaskId": id(.subtask(5)), "selection": example.selection], "review { id }")
                #expect(response.messages == [])
                #expect(response.problems("startReview") == example.problems)
                #expect(response["startReview.review"] == .null)
            }
            let both = try await mutate(
                api, "startReview",
                ["subtaskId": id(.subtask(5)), "selection": ["rpdIds": [], "copyrightCheck": true]], "review { id }")
            #expect(both.codes == ["BAD_USER_INPUT"])
        }
    }

    @Test("a running review is cancelled with its outcomes; one that has ended stays as it was")
    func cancelReview() async throws {
        try await API.run { api in
            let response = try await mutate(
                api, "cancelReview", ["reviewId": id(.review(3))],
                "review { status finishedAt outcomes { edges { node { status } } } subtask { activeReview { id } latestReview { id } } }"
            )
            #expect(response["cancelReview.review.status"] == "CANCELLED")
            #expect(response["cancelReview.review.finishedAt"] != .null)
            #expect(
                response["cancelReview.review.outcomes.edges"]
                    == [["node": ["status": "CANCELLED"]], ["node": ["status": "CANCELLED"]]])
            #expect(response["cancelReview.review.subtask.activeReview"] == .null)
            #expect(response["cancelReview.review.subtask.latestReview.id"] == id(.review(2)))
            for (review, status) in [(2, "COMPLETED"), (4, "FAILED"), (5, "CANCELLED")] {
                let ended = try await mutate(
                    api, "cancelReview", ["reviewId": id(.review(review))], "review { status }")
                #expect(ended["cancelReview.review.status"] == .string(status))
                #expect(ended.problems("cancelReview") == [])
            }
        }
    }

    @Test("a finding is held and let go; a later field of the operation sees what an earlier one did")
    func holdFinding() async throws {
        try await API.run { api in
            let response = try await api.execute(
                """
                mutation($id: ID!) {
                  a: holdFinding(input: { findingId: $id, isHeld: true }) { finding { isHeld } }
                  b: holdFinding(input: { findingId: $id, isHeld: false }) { finding { isHeld } }
                  c: holdFinding(input: { findingId: $id, isHeld: true }) { finding { isHeld } userErrors { code } }
                }
                """, ["id": id(.finding(2))])
            #expect(
                response.text
                    == #"{"data":{"a":{"finding":{"isHeld":true}},"b":{"finding":{"isHeld":false}},"c":{"finding":{"isHeld":true},"userErrors":[]}}}"#
            )
        }
    }

    // MARK: Exports

    @Test("an export waits for a worker; a task with nothing reviewed has nothing to export")
    func startExport() async throws {
        try await API.run { api in
            let input: JSONObject = ["taskId": id(.task(1)), "requestKey": "7e57d004-2b97-4e7a-b45f-5387367791cd"]
            let first = try await mutate(
                api, "startExport", input, "export { id format status slidesTotal asset { id } task { id } }")
            #expect(first["startExport.export.status"] == "PENDING")
            #expect(first["startExport.export.format"] == "PPTX")
            #expect(first["startExport.export.asset"] == .null)
            let again = try await mutate(api, "startExport", input, "export { id }")
            #expect(again["startExport.export.id"] == first["startExport.export.id"])
            let nothing = try await mutate(api, "startExport", ["taskId": id(.task(3))], "export { id }")
            #expect(nothing.problems("startExport") == ["input.taskId NOTHING_TO_EXPORT"])
            #expect(nothing["startExport.export"] == .null)
        }
    }

    @Test("a waiting export is cancelled; one that has ended stays as it was")
    func cancelExport() async throws {
        try await API.run { api in
            for (export, status) in [(3, "CANCELLED"), (1, "COMPLETED"), (2, "FAILED")] {
                let response = try await mutate(
                    api, "cancelExport", ["exportId": id(.export(export))], "export { status }")
                #expect(response["cancelExport.export.status"] == .string(status))
            }
        }
    }
}
