import Database
import Foundation
import JSON
import Testing

@testable import Resolvers

/// Who takes part in projects, and what happens to whole projects.
///
/// Rules are those of the domain's acceptance list.
@Suite("Projects and who takes part", .timeLimit(.minutes(15)))
struct ProjectTests {
    private func mutate(
        _ api: API, _ field: String, _ input: String, _ selection: String = "project { id }",
        as person: Person = .supervisor
    ) async throws -> Response {
        try await api.execute(
            "mutation { \(field)(input: { \(input) }) { \(selection) userErrors { field code message } } }", as: person)
    }

    private let project = #"projectId: "\#(Key.project(1).id)""#
    private func user(_ number: Int) -> String { #"userId: "\#(Key.user(number).id)""# }

    private func sees(_ api: API, _ person: Person) async throws -> Bool {
        let query = "{ project(id: \"\(Key.project(1).id)\") { id } task(id: \"\(Key.task(1).id)\") { id } }"
        let response = try await api.execute(query, as: person)
        #expect(response["project"]?.isNull == response["task"]?.isNull)
        return response["project"]?.isNull == false
    }

    @Test("rule 2: owners, cooperating organisations and individuals pass the same rule; the owner's admins manage")
    func management() async throws {
        try await API.run { api in
            for person in [Person.supervisor, .owner, .partner, .studio] { #expect(try await sees(api, person)) }
            for (field, input, selection) in [
                ("setProjectArchived", "\(project), isArchived: true", "project { id }"),
                ("deleteProject", project, "deletedProjectId"), ("restoreProject", project, "project { id }"),
                ("addProjectMember", "\(project), \(user(4))", "project { id }"),
                ("removeProjectMember", "\(project), \(user(3))", "project { id }"),
                (
                    "addProjectOrganization", "\(project), organizationId: \"\(Key.organization(2).id)\"",
                    "project { id }"
                ),
                ("setProjectCandidates", project, "project { id }"),
                ("inviteToProject", "\(project), email: \"a@b.example\"", "token"),
            ] {
                for person in [Person.owner, .studio] + (field == "removeProjectMember" ? [] : [.partner]) {
                    let response = try await mutate(api, field, input, selection, as: person)
                    #expect(response.codes == ["FORBIDDEN"], "\(field) as \(person)")
                }
                // System admins manage people and organisations; projects they see by taking part only.
                #expect(try await mutate(api, field, input, selection, as: .admin).codes == ["NOT_FOUND"], "\(field)")
            }
            for person in [Person.partner, .studio] {
                let renamed = try await mutate(api, "updateProject", "\(project), name: \"x\"", as: person)
                #expect(renamed.codes == ["FORBIDDEN"])
            }
        }
    }

    @Test("rule 2: an individual can leave, who takes part by an organisation cannot alone")
    func leaving() async throws {
        try await API.run { api in
            try await api.sql("update tasks set assignee_id = \(Key.user(3).sql) where id = \(Key.task(2).sql)")
            let bound = try await mutate(api, "removeProjectMember", "\(project), \(user(4))", as: .studio)
            #expect(bound.problems("removeProjectMember") == ["input.userId CONFLICT"])
            let left = try await mutate(api, "removeProjectMember", "\(project), \(user(3))", as: .partner)
            #expect(left["removeProjectMember"] == ["project": nil, "userErrors": []])
            #expect(try await !sees(api, .partner))
            #expect(try await api.number("select count(*) from tasks where assignee_id = \(Key.user(3).sql)") == 0)
        }
    }

    @Test("rule 1: who comes and goes sees everything, and then nothing, at once")
    func comingAndGoing() async throws {
        try await API.run { api in
            _ = try await mutate(
                api, "removeProjectOrganization", "projectCooperationId: \"\(Key.cooperation(1).id)\"",
                "deletedProjectCooperationId", as: .studio)
            #expect(try await !sees(api, .studio))
            let invited = try await mutate(
                api, "inviteToProject", "\(project), email: \"studio@demo.example\", canBringOrganization: true",
                "token invitation { canBringOrganization project { id } }")
            #expect(
                invited["inviteToProject.invitation"]
                    == ["canBringOrganization": true, "project": ["id": .string(Key.project(1).id)]])
            let token = try #require(invited["inviteToProject.token"]?.string)
            let foreign = try await mutate(
                api, "acceptInvitation", "token: \"\(token)\", organizationId: \"\(Key.organization(1).id)\"",
                as: .studio)
            #expect(foreign.problems("acceptInvitation") == ["input.organizationId NOT_FOUND"])
            let accepted = try await mutate(
                api, "acceptInvitation", "token: \"\(token)\", organizationId: \"\(Key.organization(2).id)\"",
                "organization { id } project { id cooperations { edges { node { organizationName organization { id } } } } }",
                as: .studio)
            #expect(accepted["acceptInvitation.organization"] == .null)
            #expect(
                accepted["acceptInvitation.project.cooperations.edges"]
                    == [
                        [
                            "node": [
                                "organizationName": "Studio", "organization": ["id": .string(Key.organization(2).id)],
                            ]
                        ]
                    ])
            #expect(try await sees(api, .studio))
            // The owner learns the name of who takes part, and not more.
            let seen = try await api.execute(
                """
                { project(id: "\(Key.project(1).id)") {
                  cooperations { edges { node { organizationName organization { id } } } } people { totalCount }
                } }
                """)
            #expect(
                seen["project.cooperations.edges"] == [["node": ["organizationName": "Studio", "organization": nil]]])
            #expect(seen["project.people.totalCount"] == 4)
        }
    }

    @Test("who is invited alone comes alone, and the company stays where it is")
    func alone() async throws {
        try await API.run { api in
            let invited = try await mutate(
                api, "inviteToProject", "\(project), email: \"stranger@demo.example\"",
                "token invitation { canBringOrganization }")
            #expect(invited["inviteToProject.invitation.canBringOrganization"] == false)
            let token = try #require(invited["inviteToProject.token"]?.string)
            for (more, problems) in [
                (", organizationId: \"\(Key.organization(3).id)\"", ["input.organizationId CONFLICT"]), ("", []),
            ] {
                let accepted = try await mutate(
                    api, "acceptInvitation", "token: \"\(token)\"\(more)", as: .stranger)
                #expect(accepted.problems("acceptInvitation") == problems)
                #expect(try await sees(api, .stranger) == problems.isEmpty)
            }
            #expect(try await api.number("select count(*) from project_organizations") == 1)
        }
    }

    @Test("a deleted project is gone with everything in it, its runs end, and an admin brings it back")
    func deletion() async throws {
        try await API.run { api in
            let deleted = try await mutate(api, "deleteProject", project, "deletedProjectId")
            #expect(deleted["deleteProject.deletedProjectId"] == .string(Key.project(1).id))
            for person in Person.allCases where person != .nobody { #expect(try await !sees(api, person)) }
            let active = "where status in ('PENDING', 'PROCESSING')"
            #expect(try await api.number("select count(*) from reviews \(active)") == 0)
            #expect(try await api.number("select count(*) from exports \(active)") == 0)
            #expect(try await mutate(api, "updateProject", "\(project), name: \"x\"").codes == ["NOT_FOUND"])
            #expect(try await mutate(api, "restoreProject", project, as: .owner).codes == ["NOT_FOUND"])
            let restored = try await mutate(api, "restoreProject", project, "project { name viewerIsAdmin }")
            #expect(restored["restoreProject.project"] == ["name": "Project 1", "viewerIsAdmin": true])
            for person in [Person.supervisor, .owner, .partner, .studio] { #expect(try await sees(api, person)) }
        }
    }

    @Test("an archived project is out of lists that ask for the others")
    func archive() async throws {
        try await API.run { api in
            _ = try await mutate(api, "setProjectArchived", "\(project), isArchived: true")
            let lists = try await api.execute(
                """
                { archived: projects(filter: { isArchived: true }) { edges { node { id isArchived } } totalCount }
                  others: projects(filter: { isArchived: false, name: "PROJ" }) { edges { node { id } } } }
                """)
            #expect(lists.ids("archived") == [Key.project(1).id])
            #expect(lists["archived.edges.0.node.isArchived"] == true)
            #expect(lists["archived.totalCount"] == 1)
            #expect(lists.ids("others") == [Key.project(2).id])
        }
    }

    @Test("two people who change one project: the later one learns the present state")
    func conflict() async throws {
        try await API.run { api in
            let state = try await api.execute("{ project(id: \"\(Key.project(1).id)\") { updatedAt } }")
            let seen = try #require(state["project.updatedAt"]?.string)
            for (name, problems) in [("first", []), ("second", ["input.expectedUpdatedAt CONFLICT"])] {
                let response = try await mutate(
                    api, "updateProject", "\(project), name: \"\(name)\", expectedUpdatedAt: \"\(seen)\"",
                    "project { name }")
                #expect(response.problems("updateProject") == problems)
                #expect(response["updateProject.project.name"] == "first")
            }
        }
    }

    @Test("rule 6: tasks choose from the project's candidates, and decisions move them among these")
    func candidates() async throws {
        try await API.run { api in
            let status = Key.status(12).id
            let set = try await mutate(
                api, "setProjectCandidates", "\(project), taskStatusIds: [\"\(status)\"]",
                "project { taskStatuses { id } taskPriorities { id } }")
            #expect(set["setProjectCandidates.project.taskStatuses"] == [["id": .string(status)]])
            #expect(set["setProjectCandidates.project.taskPriorities"]?.array?.count == 2)
            let made = try await mutate(
                api, "createTask", "\(project), name: \"New\"", "task { status { id } }")
            #expect(made["createTask.task.status.id"] == .string(status))
            for (field, input) in [
                ("createTask", "\(project), name: \"New\""), ("updateTask", "taskId: \"\(Key.task(1).id)\""),
            ] {
                let refused = try await mutate(
                    api, field, "\(input), statusId: \"\(Key.status(11).id)\"", "task { id }")
                #expect(refused.problems(field) == ["input.statusId NOT_FOUND"])
            }
            let decided = try await mutate(
                api, "decideSubtask", "subtaskId: \"\(Key.subtask(1).id)\", status: DENIED",
                "subtask { task { status { id } } }")
            #expect(decided["decideSubtask.subtask.task.status.id"] == .string(status))
            let all = try await mutate(
                api, "setProjectCandidates", "\(project), taskStatusIds: []", "project { taskStatuses { id } }")
            #expect(all["setProjectCandidates.project.taskStatuses"]?.array?.count == 2)
        }
    }

    @Test("labels are a project's own, and tasks are found by them and by everything else")
    func labelsAndFilters() async throws {
        try await API.run { api in
            let twice = try await mutate(api, "createTaskTag", "\(project), name: \" Label 1 \"", "taskTag { id }")
            #expect(twice.problems("createTaskTag") == ["input.name DUPLICATE"])
            let foreign = try await mutate(
                api, "setTaskTags", "taskId: \"\(Key.task(1).id)\", taskTagIds: [\"\(Key.tag(3).id)\"]",
                "task { tags { name } }")
            #expect(foreign.problems("setTaskTags") == ["input.taskTagIds.0 NOT_FOUND"])
            #expect(foreign["setTaskTags.task.tags"] == [["name": "Label 1"], ["name": "Label 2"]])
            for (filter, tasks) in [
                ("taskTagIds: [\"\(Key.tag(2).id)\"]", [2, 1]),
                ("taskTagIds: [\"\(Key.tag(2).id)\", \"\(Key.tag(1).id)\"]", [1]),
                ("taskTagIds: [\"nonsense\"]", []), ("isAssigned: true", [1]), ("isAssigned: false", [3, 2]),
                ("assigneeIds: [\"\(Key.user(3).id)\"]", [1]), ("statusIds: [\"\(Key.status(12).id)\"]", []),
                ("priorityIds: [\"\(Key.priority(12).id)\"], text: \"TASK 2\"", [2]),
                ("text: \"about task\"", [3, 2, 1]), ("dueFrom: \"2026-01-01T00:00:00Z\"", [1]),
                ("dueBefore: \"2026-01-01T00:00:00Z\"", []),
            ] {
                let response = try await api.execute(
                    """
                    { project(id: "\(Key.project(1).id)") {
                      tasks(filter: { \(filter) }) { edges { node { id } } totalCount }
                    } }
                    """)
                #expect(response.ids("project.tasks") == tasks.map { Key.task($0).id }, "\(filter)")
                #expect(response["project.tasks.totalCount"] == .int(Int64(tasks.count)), "\(filter)")
            }
        }
    }

    @Test("statistics count what is there, and nothing that is deleted")
    func statistics() async throws {
        try await API.run { api in
            let query = """
                { project(id: "\(Key.project(1).id)") {
                  statistics { tasks pendingSubtasks acceptedSubtasks deniedSubtasks activeReviews risks alerts }
                  taskStatusCounts { status { name } count }
                } }
                """
            let before = try await api.execute(query)
            #expect(
                before["project.statistics"]
                    == [
                        "tasks": 3, "pendingSubtasks": 6, "acceptedSubtasks": 0, "deniedSubtasks": 0,
                        "activeReviews": 2,
                        "risks": 2, "alerts": 1,
                    ])
            #expect(before["project.taskStatusCounts"] == [["status": ["name": "todo"], "count": 3]])
            // What people have found wrong or said better is none of the AI's risks any more.
            for (change, risks, alerts) in [
                ("setFindingStatus(input: { findingId: \"\(Key.finding(2).id)\", status: REJECTED })", 1, 1),
                ("setFindingStatus(input: { findingId: \"\(Key.finding(3).id)\", status: IGNORED })", 1, 0),
                (
                    """
                    createFinding(input: {
                      reviewId: "\(Key.review(2).id)", rpdVersionId: "\(Key.version(2).id)",
                      overridesId: "\(Key.finding(5).id)", description: "Not so bad", severity: ALERT
                    })
                    """, 0, 1
                ),
                ("setFindingStatus(input: { findingId: \"\(Key.finding(2).id)\", status: RESOLVED })", 1, 1),
            ] as [(String, Int64, Int64)] {
                let changed = try await api.execute("mutation { \(change) { userErrors { message } } }")
                #expect(changed.messages == [])
                let counted = try await api.execute(query)["project.statistics"]
                #expect(["risks", "alerts"].map { counted?[$0]?.int } == [risks, alerts], "\(change)")
            }
            _ = try await mutate(api, "deleteTask", "taskId: \"\(Key.task(1).id)\"", "deletedTaskId")
            let after = try await api.execute(query)
            #expect(
                after["project.statistics"]
                    == [
                        "tasks": 2, "pendingSubtasks": 4, "acceptedSubtasks": 0, "deniedSubtasks": 0,
                        "activeReviews": 1,
                        "risks": 0, "alerts": 0,
                    ])
        }
    }

    @Test("batch statistics count the jobs that have ended, and say nothing of times and rates without any")
    func batchStatistics() async throws {
        try await API.run { api in
            let query = """
                { project(id: "\(Key.project(1).id)") { batchStatistics {
                  jobs completed partial failed cancelled successRate averageSeconds succeededItems failedItems
                } } }
                """
            // Job 1 has ended in part, job 2 runs.
            try await api.sql(
                """
                insert into batch_jobs (project_id, trigger, mode, status, created_at, finished_at)
                select \(Key.project(1).sql), 'COPYRIGHT_CHECK', 'SPEED', status, \(Fixture.at(400)), \(Fixture.at(401))
                from unnest(array['COMPLETED', 'COMPLETED', 'CANCELLED', 'FAILED']) as status
                """)
            try await api.sql(
                "update batch_jobs set created_at = finished_at - interval '9 minutes' where id = \(Key.batchJob(1).sql)"
            )
            let items = try await api.sql(
                """
                select count(*) filter (where status = 'SUCCEEDED'), count(*) filter (where status = 'FAILED')
                from batch_job_items
                where batch_job_id = \(Key.batchJob(1).sql)
                """)
            #expect(items[0].int(0) > 0 && items[0].int(1) > 0)
            let counted = try await api.execute(query)["project.batchStatistics"]
            let names = ["jobs", "completed", "partial", "failed", "cancelled", "succeededItems", "failedItems"]
            #expect(names.map { counted?[$0]?.int.map(Int.init) } == [5, 2, 1, 1, 1, items[0].int(0), items[0].int(1)])
            #expect(counted?["successRate"] == 0.4 && counted?["averageSeconds"] == .int((9 * 60 + 4 * 60) / 5))
            try await api.sql("delete from batch_jobs where finished_at is not null")
            let none = try await api.execute(query)["project.batchStatistics"]
            #expect(none?["jobs"] == 0 && none?["successRate"] == .null && none?["averageSeconds"] == .null)
        }
    }
}
