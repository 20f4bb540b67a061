import Clients
import Database
import Foundation
import GraphQL
import Imaging
import JSON
import Schema
import Testing
import Workflows

@testable import Resolvers

// The audit log: every mutation is in it, as what its person did.
extension MutationTests {
    /// Mutations that leave no entry, and why.
    static let unrecorded: [String: String] = [
        "signInWithGoogle": "who comes and goes changes nothing that is anybody's; SignInTests have who joins by it",
        "refreshSession": "as signing in", "signOut": "as signing in", "signOutEverywhere": "as signing in",
        "updatePreferences": "one's own settings are one's own",
        "markNotificationsRead": "what one has read is one's own",
        "likeAsset": "what one likes is one's own", "unlikeAsset": "what one likes is one's own",
        "likeGeneratedReference": "what one likes is one's own",
        "unlikeGeneratedReference": "what one likes is one's own",
        "suggestRpdTitles": "it changes nothing", "suggestRpdContent": "it changes nothing",
        "rewriteRpdInstruction": "it changes nothing", "describePicture": "it changes nothing",
        "describeMotif": "it changes nothing",
        "generateReferences": "drafts are one's own until one is kept",
        "cancelGeneratedReference": "drafts are one's own until one is kept",
        "retryGeneratedReference": "drafts are one's own until one is kept",
        "deleteGeneratedReference": "drafts are one's own until one is kept",
    ]

    /// What lets a mutation change something whose target is already as it would make it.
    private static let preparations: [String: String] = [
        "restoreProject": "update projects set deleted_at = now() where id = \(Key.project(1).sql)",
        "restoreTask": "update tasks set deleted_at = now() where id = \(Key.task(1).sql)",
        "restoreTasks": "update tasks set deleted_at = now() where id = \(Key.task(1).sql)",
        "restoreSubtask":
            "update subtasks set deleted_at = now(), position = null where id = \(Key.subtask(1).sql)",
        "restoreRpd": "update rpds set deleted_at = now() where id = \(Key.rpd(2).sql)",
        "restoreRpds": "update rpds set deleted_at = now() where id = \(Key.rpd(2).sql)",
        "keepGeneratedReference": "update generated_references set asset_id = null where id = \(Key.generated(1).sql)",
        "retryRpdPreparation":
            "update rpd_versions set readiness = 'FAILED', error_code = 'X' where id = \(Key.version(2).sql)",
        "restoreIp": "update ips set deleted_at = now() where id = \(Key.ip(1).sql)",
        "restoreCharacter": "update characters set deleted_at = now() where id = \(Key.character(1).sql)",
        "restoreItem": "update items set deleted_at = now() where id = \(Key.item(1).sql)",
        "restoreReviewSet": "update review_sets set deleted_at = now() where id = \(Key.reviewSet(1).sql)",
        "restoreAnnotation": "update annotations set deleted_at = now() where id = \(Key.annotation(1).sql)",
        "restoreDocument": "update documents set deleted_at = now() where id = \(Key.document(1).sql)",
        "acceptInvitation": """
        update organization_invitations
        set hash = sha256('secret'), email = 'supervisor@demo.example', organization_id = \(Key.organization(4).sql)
        where id = \(Key.invitation(2).sql)
        """,
        "deleteOrganization": "update users set role = 'ADMIN' where id = \(Key.user(1).sql)",
        "createOrganization": "update users set role = 'ADMIN' where id = \(Key.user(1).sql)",
        "addOrganizationMember": "update users set role = 'ADMIN' where id = \(Key.user(1).sql)",
        "createUser": "update users set role = 'ADMIN' where id = \(Key.user(1).sql)",
        "setUserRole": "update users set role = 'ADMIN' where id = \(Key.user(1).sql)",
        "deleteUser": "update users set role = 'ADMIN' where id = \(Key.user(1).sql)",
        "createServiceToken": "update users set role = 'ADMIN' where id = \(Key.user(1).sql)",
        "revokeServiceToken": """
        with person as (update users set role = 'ADMIN' where id = \(Key.user(1).sql) returning id)
        insert into service_tokens (user_id, name, hash) select id, 'Old', sha256('token') from person
        """,
    ]

    /// The inputs of mutations without an object of a member's.
    private static let otherInputs: [String: JSONObject] = {
        var inputs = AccessMatrix.otherMutations.mapValues(\.1)
        inputs["acceptInvitation"] = ["token": "secret"]
        inputs["revokeServiceToken"] = ["name": "Old"]
        let tasks = JSONValue.array([.string(Key.task(1).id)])
        inputs["updateTasks"] = ["taskIds": tasks, "statusId": .string(Key.status(12).id)]
        inputs["deleteTasks"] = ["taskIds": tasks]
        inputs["restoreTasks"] = ["taskIds": tasks]
        let rpds = JSONValue.array([.string(Key.rpd(2).id)])
        inputs["setRpdsActive"] = ["rpdIds": rpds, "isActive": false]
        inputs["deleteRpds"] = ["rpdIds": rpds]
        inputs["restoreRpds"] = ["rpdIds": rpds]
        return inputs
    }()

    /// Every mutation with a whole input.
    private static var recordedCalls: [(field: String, input: JSONObject)] {
        let onObjects = targets.map { target in
            var input = target.rest
            input[target.argument] = .string(target.visible.id)
            return (target.field, input)
        }
        return onObjects + otherInputs.map { ($0, $1) }
    }

    static let recordedFields: [String] = recordedCalls.map { $0.field }

    @Test("every mutation of the schema is called here, or has its reason to be in no audit log")
    func auditLogIsComplete() async throws {
        try await API.run { api in
            let response = try await api.execute(#"{ __type(name: "Mutation") { fields { name } } }"#)
            let names = response["__type.fields"]?.array?.compactMap { $0["name"]?.string } ?? []
            #expect(Set(names) == Set(Self.recordedCalls.map(\.field)).union(Self.unrecorded.keys))
        }
    }

    @Test(
        "every mutation that reports success has left an entry of the person who did it, but for those that are named",
        arguments: recordedFields)
    func auditLogOfAll(field: String) async throws {
        let call = try #require(Self.recordedCalls.first { $0.field == field })
        try await API.run { api in
            try await Self.addOrganization(to: api)
            var input = call.input
            if field == "completeUpload" {
                let file = UUIDScalar(try await Self.announcedFile(in: api))
                input["assetId"] = .string(GlobalID(typeName: "Asset", uuid: file).id.text)
            }
            if let preparation = Self.preparations[field] { try await api.sql(preparation) }
            #expect(try await api.number("select count(*) from audit_entries") == 3, "tests are nobody")
            let type = field.prefix(1).uppercased() + field.dropFirst() + "Input"
            // What is refused with an error has no errors of a form.
            let errors = field == "revokeServiceToken" ? "__typename" : "userErrors { field code }"
            let response = try await api.execute(
                "mutation($input: \(type)!) { \(field)(input: $input) { \(errors) } }", ["input": .object(input)])
            #expect(response.messages == [])
            #expect(response.problems(field) == [])
            let own = "created_by = \(Key.user(1).sql) and created_at > now() - interval '1 hour'"
            let entries = try await api.number("select count(*) from audit_entries where \(own)")
            #expect((entries > 0) == (Self.unrecorded[field] == nil), "\(entries) entries")
            #expect(try await api.number("select count(*) from audit_entries") == entries + 3)
            let secrets = try await api.number(
                "select count(*) from audit_entries where concat(before, after) ~ '\"(hash|runToken|googleSubject)\"'")
            #expect(secrets == 0)
        }
    }

    /// A file whose bytes have come and that nobody has looked at.
    private static func announcedFile(in api: API) async throws -> UUID {
        let bytes = try Picture(Bitmap(width: 64, height: 48, color: RGBColor(20, 120, 220))).pngBytes()
        let uploads = UploadStore(pool: api.pool, objects: api.services.objects)
        let ticket = try await uploads.create(
            viewer: Key.user(1).uuid, projectID: Key.project(1).uuid, purpose: .rpdReference, fileName: "a.png",
            mediaType: "image/png", byteCount: bytes.count)
        try await uploads.receive(.bytes(bytes), uploadID: ticket.uploadID)
        return ticket.assetID
    }

    // MARK: What entries say

    @Test("an entry says what a thing was before and after, what changed and no more, and whose change it was")
    func auditedValues() async throws {
        try await API.run { api in
            _ = try await mutate(api, "updateTask", ["taskId": id(.task(1)), "name": "New"], "task { id }")
            _ = try await mutate(api, "updateTask", ["taskId": id(.task(1)), "name": "New"], "task { id }")
            _ = try await mutate(
                api, "updateTask",
                ["taskId": id(.task(1)), "assigneeId": nil, "dueAt": "2027-01-01T00:00:00Z"], "task { id }",
                as: .partner)
            _ = try await mutate(api, "deleteTaskTag", ["taskTagId": id(.tag(1))], "deletedTaskTagId")
            let response = try await api.execute(
                """
                { project(id: "\(Key.project(1).id)") { auditLog { totalCount edges { node {
                  action entityType entityKey entity { id } before after createdBy { id } project { id }
                } } } } }
                """)
            #expect(response.messages == [])
            // The second change changed nothing; the fixture has an entry.
            #expect(response["project.auditLog.totalCount"] == 4)
            let nodes = (response["project.auditLog.edges"]?.array ?? []).compactMap { $0["node"] }
            try #require(nodes.count == 4)
            #expect(nodes[0]["action"] == "DELETED")
            #expect(nodes[0]["entityKey"]?.string == Key.tag(1).uuid.uuidString.lowercased())
            #expect(nodes[0]["entity"] == .null)
            #expect(nodes[0]["after"] == .null)
            #expect(nodes[0]["before"] == ["name": "Label 1"])
            #expect(nodes[1]["createdBy"]?["id"] == id(.user(3)))
            #expect(
                nodes[1]["before"]
                    == [
                        "dueAt": "2026-01-07T22:39:00+00:00",
                        "assigneeId": .string(Key.user(3).uuid.uuidString.lowercased()),
                    ])
            #expect(nodes[1]["after"] == ["dueAt": "2027-01-01T00:00:00+00:00", "assigneeId": nil])
            #expect(nodes[2]["before"] == ["name": "Task 1"])
            #expect(nodes[2]["after"] == ["name": "New"])
            #expect(nodes[2]["entity"]?["id"] == id(.task(1)))
            #expect(nodes[2]["project"]?["id"] == id(.project(1)))
            #expect(nodes[2]["createdBy"]?["id"] == id(.user(1)))
        }
    }

    @Test("secrets are in no entry, and of long values only how long they are")
    func auditedSecrets() async throws {
        try await API.run { api in
            let invited = try await mutate(
                api, "inviteToProject", ["projectId": id(.project(1)), "email": "new@demo.example"], "token")
            #expect(invited["inviteToProject.token"]?.string?.isEmpty == false)
            let points = JSONValue.array((0..<6_000).map { .int($0) })
            _ = try await mutate(
                api, "createAnnotation",
                ["subtaskId": id(.subtask(1)), "text": "New", "drawing": ["points": points]], "annotation { id }")
            let entries = try await api.sql(
                "select entity_type, after::text from audit_entries where after is not null order by created_at desc limit 2"
            )
            #expect(entries[0].string(0) == "ANNOTATION")
            #expect(entries[0].string(1).contains(#""drawing": {"bytes": "#))
            #expect(entries[0].string(1).utf8.count < 1_000)
            #expect(entries[1].string(0) == "ORGANIZATION_INVITATION")
            #expect(entries[1].string(1).contains("new@demo.example"))
            #expect(!entries[1].string(1).contains("hash"))
        }
    }

    @Test("a log is cut by kind, action, object, person and time")
    func auditFilter() async throws {
        try await API.run { api in
            _ = try await mutate(api, "updateTask", ["taskId": id(.task(1)), "name": "New"], "task { id }")
            _ = try await mutate(
                api, "setTaskTags", ["taskId": id(.task(1)), "taskTagIds": []], "task { id }", as: .partner)
            _ = try await mutate(
                api, "removeProjectMember", ["projectId": id(.project(1)), "userId": id(.user(3))], "project { id }")
            for (filter, count) in [
                ("", 6), ("actions: [UPDATED]", 3), ("entityTypes: [TASK_TAG_LINK, PROJECT_MEMBER]", 3),
                ("entityKey: \"\(Key.task(1).uuid.uuidString.lowercased())\"", 4),
                ("entityKey: \"\(Key.task(2).uuid.uuidString.lowercased())\"", 0),
                ("createdById: \"\(Key.user(3).id)\"", 2), ("createdById: \"\(Key.task(1).id)\"", 0),
                ("userId: \"\(Key.user(3).id)\"", 1), ("createdBefore: \"2026-06-01T00:00:00Z\"", 1),
                ("createdFrom: \"2026-06-01T00:00:00Z\", actions: [DELETED]", 3),
            ] {
                let response = try await api.execute(
                    "{ project(id: \"\(Key.project(1).id)\") { auditLog(filter: { \(filter) }) { totalCount edges { node { id } } } } }"
                )
                #expect(response.messages == [])
                #expect(response["project.auditLog.totalCount"] == .int(Int64(count)), "\(filter)")
                #expect(response.ids("project.auditLog").count == count, "\(filter)")
            }
        }
    }

    @Test("a log is for who administers where it was done, everything for system admins, and nothing for others")
    func auditReaders() async throws {
        try await API.run { api in
            _ = try await mutate(api, "updateTask", ["taskId": id(.task(1)), "name": "New"], "task { id }")
            _ = try await mutate(
                api, "setUserRole", ["userId": id(.user(4)), "role": "ADMIN"], "user { id }", as: .admin)
            _ = try await mutate(
                api, "updateTask", ["taskId": id(.task(5)), "name": "New"], "task { id }", as: .stranger)
            for person in [Person.supervisor, .owner, .partner, .studio, .stranger, .admin] {
                let response = try await api.execute(
                    """
                    { project(id: "\(Key.project(1).id)") { auditLog { totalCount } }
                      organization(id: "\(Key.organization(1).id)") { auditLog { totalCount } }
                      auditLog { totalCount edges { node { id } } } }
                    """, as: person)
                #expect(response.messages == [])
                let isAdmin = person == .supervisor
                let isSystemAdmin = [.admin, .studio].contains(person)
                // System admins see projects by taking part only, and then the log, too.
                #expect((response["project.auditLog.totalCount"] == 2) == (isAdmin || person == .studio), "\(person)")
                #expect((response["organization.auditLog.totalCount"] == 3) == (isAdmin || isSystemAdmin), "\(person)")
                #expect(response["auditLog.totalCount"] == (isSystemAdmin ? 6 : nil), "\(person)")
                #expect(response.ids("auditLog").count == (isSystemAdmin ? 6 : 0))
            }
            let nobody = try await api.execute("{ auditLog { totalCount } }", as: .nobody)
            #expect(nobody.codes == ["UNAUTHENTICATED"])
        }
    }

    @Test("what follows by a foreign key is not told once more, and entries outlive what they tell of")
    func auditedCascades() async throws {
        try await API.run { api in
            try await Self.addOrganization(to: api)
            _ = try await mutate(api, "deleteTaskTag", ["taskTagId": id(.tag(2))], "deletedTaskTagId")
            _ = try await mutate(
                api, "updateOrganization", ["organizationId": id(.organization(4)), "name": "New"],
                "organization { id }", as: .admin)
            _ = try await mutate(
                api, "deleteOrganization", ["organizationId": id(.organization(4))], "deletedOrganizationId", as: .admin
            )
            let entries = try await api.sql(
                """
                select action || ' ' || entity_type
                from audit_entries
                where created_at > now() - interval '1 hour'
                order by created_at
                """
            ).map { $0.string(0) }
            #expect(entries == ["DELETED TASK_TAG", "UPDATED ORGANIZATION", "DELETED ORGANIZATION"])
            let log = try await api.execute(
                "{ auditLog(filter: { entityKey: \"\(Key.organization(4).uuid.uuidString.lowercased())\" }) { edges { node { action before entity { id } } } } }",
                as: .admin)
            let nodes = (log["auditLog.edges"]?.array ?? []).compactMap { $0["node"] }
            #expect(nodes.map { $0["action"] } == ["DELETED", "UPDATED"])
            #expect(nodes.first?["before"]?["name"] == "New")
            #expect(nodes.allSatisfy { $0["entity"] == .null })
        }
    }

    @Test("every table is in the audit log, or has its reason not to be")
    func auditedTables() async throws {
        let unaudited: Set<String> = [
            // The log itself, and what the program keeps for its own work.
            "audit_entries", "events", "jobs", "uploads", "asset_vectors", "schema_migrations",
            "task_counters",
            // What is one person's.
            "sessions", "refresh_tokens", "user_preferences", "likes", "notifications", "generated_references",
            // What runs make, and copies of what an entry has: no person changes them.
            "document_pages", "review_outcomes", "finding_revisions", "batch_job_items", "batch_job_rpds",
            "export_tasks", "project_people", "known_in_organizations", "known_in_projects",
            "import_items", "import_item_entries", "import_tags", "import_tokens",
            "invitation_tokens",
            "rpd_test_references", "rpd_test_findings", "picture_analysis_characters", "picture_analysis_objects",
            "document_pictures", "scene_detections", "video_scenes", "review_scene_results",
            "generated_reference_sources",
        ]
        try await API.run { api in
            let tables = try await api.sql(
                """
                select relname::text
                from pg_class
                where relkind = 'r'
                and relnamespace = current_schema()::regnamespace
                and not exists (
                    select 1
                    from pg_trigger
                    where tgrelid = pg_class.oid
                    and tgfoid = 'audit_row'::regproc
                )
                """
            ).map { $0.string(0) }
            #expect(Set(tables) == unaudited)
            let kinds = try await api.sql(
                """
                select encode(substring(tgargs from 1 for position('\\000'::bytea in tgargs) - 1), 'escape')
                from pg_trigger
                where tgfoid = 'audit_row'::regproc
                """
            ).map { $0.string(0) }
            #expect(Set(kinds) == Set(AuditedEntity.allCases.map(\.rawValue)))
        }
    }
}
