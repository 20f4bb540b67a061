@testable import Resolvers

// Every connection of the schema, with rows that can be added to it.
extension PaginationTests {
    static func task(at minutes: Int) -> String {
        """
        insert into tasks (project_id, status_id, priority_id, name, created_at)
        values (\(Key.project(1).sql), \(Key.status(11).sql), \(Key.priority(11).sql), 'new', \(Fixture.at(minutes)))
        """
    }

    static func version(_ number: Int) -> String {
        """
        insert into rpd_versions (project_id, rpd_id, version_number, is_active, title)
        values (\(Key.project(1).sql), \(Key.rpd(1).sql), \(number), false, 'new')
        """
    }

    static func finding(_ ordinal: Int, at minutes: Int) -> String {
        """
        insert into findings (
            project_id, review_id, outcome_id, rpd_version_id, ordinal, description, severity, created_at
        )
        values (
            \(Key.project(1).sql), \(Key.review(2).sql), \(Key.outcome(21).sql), \(Key.version(11).sql), \(ordinal),
            'new', 'RISK', \(Fixture.at(minutes))
        )
        """
    }

    static func decision(at minutes: Int) -> String {
        """
        insert into subtask_decisions (project_id, subtask_id, content_id, from_status, to_status, created_at)
        values (
            \(Key.project(1).sql), \(Key.subtask(1).sql), \(Key.content(11).sql), 'PENDING', 'DENIED',
            \(Fixture.at(minutes))
        )
        """
    }

    static func annotation(at minutes: Int, parent: Key? = nil) -> String {
        """
        insert into annotations (project_id, subtask_id, content_id, parent_id, body, created_at)
        values (
            \(Key.project(1).sql), \(Key.subtask(1).sql), \(Key.content(11).sql), \(parent?.sql ?? "null"), 'new',
            \(Fixture.at(minutes))
        )
        """
    }

    static func knowledge(of project: Key, _ scope: String, at minutes: Int) -> String {
        """
        insert into promoted_findings (project_id, scope, created_at, description, severity, rpd_title, rpd_version_number)
        values (\(project.sql), '\(scope)', \(Fixture.at(minutes)), 'new', 'RISK', 'new', 1)
        """
    }

    static func project(at minutes: Int) -> String {
        """
        insert into projects (organization_id, name, created_at)
        values (\(Key.organization(1).sql), 'new', \(Fixture.at(minutes)))
        """
    }

    static let lists: [List] = [
        List(name: "projects", parent: nil, field: "projects", insertions: [project(at: 0), project(at: 500)]),
        List(name: "organizations", parent: nil, field: "organizations"),
        List(
            name: "knowledge", parent: nil, field: "knowledge",
            insertions: [
                knowledge(of: .project(2), "PROJECT", at: 0), knowledge(of: .project(2), "ORGANIZATION", at: 500),
                knowledge(of: .project(3), "PUBLIC", at: 1),
            ]),
        List(
            name: "projects of an organisation", parent: .organization(1), field: "projects",
            insertions: [project(at: 0), project(at: 500)]),
        List(
            name: "members", parent: .organization(1), field: "members",
            insertions: [
                """
                with person as (insert into users (email, name) values ('new@demo.example', 'New') returning id)
                insert into organization_members (organization_id, user_id, created_at)
                select \(Key.organization(1).sql), id, \(Fixture.at(0)) from person
                """
            ]),
        List(name: "people of a project", parent: .project(1), field: "people"),
        List(name: "individuals", parent: .project(1), field: "members"),
        List(name: "cooperations", parent: .project(1), field: "cooperations"),
        List(
            name: "labels", parent: .project(1), field: "taskTags",
            insertions: [0, 500].map { minutes in
                """
                insert into task_tags (project_id, name, created_at)
                values (\(Key.project(1).sql), '\(minutes)', \(Fixture.at(minutes)))
                """
            }),
        List(name: "revisions", parent: .finding(2), field: "revisions"),
        List(name: "held findings", parent: .subtask(1), field: "heldFindings"),
        List(name: "promoted findings", parent: .project(1), field: "promotedFindings"),
        List(name: "characters", parent: .project(1), field: "characters"),
        List(name: "items", parent: .project(1), field: "items"),
        List(name: "review sets", parent: .project(1), field: "reviewSets"),
        List(name: "notifications", parent: .user(1), field: "notifications"),
        List(name: "works", parent: .project(1), field: "ips"),
        List(name: "documents", parent: .project(1), field: "documents"),
        List(name: "tries of review points", parent: .project(1), field: "rpdTests"),
        List(name: "tries of a review point", parent: .rpd(1), field: "tests"),
        List(name: "generated pictures", parent: .project(1), field: "generatedReferences"),
        List(name: "batch jobs", parent: .project(1), field: "batchJobs"),
        List(name: "items of a batch job", parent: .batchJob(1), field: "items"),
        List(name: "imports", parent: .project(1), field: "imports"),
        List(name: "files of a project", parent: .project(1), field: "assets"),
        List(name: "exports of a project", parent: .project(1), field: "exports"),
        List(name: "files of an import", parent: .import(1), field: "items"),
        List(
            name: "pages of a document", parent: .document(1), field: "pages",
            insertions: [3, 4].map { number in
                """
                insert into document_pages (project_id, document_id, number, text)
                values (\(Key.project(1).sql), \(Key.document(1).sql), \(number), 'new')
                """
            }),
        List(
            name: "pictures of a document", parent: .document(1), field: "pictures",
            insertions: [(3, 3), (5, 5)].map { position, asset in
                """
                insert into document_pictures (
                    project_id, document_id, page_number, position, name, asset_id, sha256
                )
                values (
                    \(Key.project(1).sql), \(Key.document(1).sql), 1, \(position), 'new', \(Key.asset(asset).sql),
                    'new \(position)'
                )
                """
            }),
        List(
            name: "scenes of a video", parent: .content(11), field: "scenes",
            insertions: [3, 5].map { number in
                """
                insert into video_scenes (
                    project_id, asset_id, number, start_seconds, end_seconds, start_frame, end_frame, middle_seconds,
                    frame_key, thumbnail_key
                )
                values (\(Key.project(1).sql), \(Key.asset(2).sql), \(number), 1, 2, 3, 4, 1.5, 'new', 'new')
                """
            }),
        List(name: "admins", parent: .organization(1), field: "admins"),
        List(
            name: "invitations", parent: .organization(1), field: "invitations",
            insertions: [0, 500].map { minutes in
                """
                insert into organization_invitations (organization_id, email, hash, created_at, expires_at)
                values (
                    \(Key.organization(1).sql), '\(minutes)@demo.example', sha256('\(minutes)'), \(Fixture.at(minutes)), now()
                )
                """
            }),
        List(
            name: "audit log", parent: .organization(1), field: "auditLog",
            insertions: [0, 500].map { minutes in
                """
                insert into audit_entries (organization_id, action, entity_type, entity_id, created_at)
                values (\(Key.organization(1).sql), 'CREATED', 'TASK_STATUS', gen_random_uuid(), \(Fixture.at(minutes)))
                """
            }),
        List(
            name: "audit log of all", parent: nil, field: "auditLog",
            insertions: [0, 500].map { minutes in
                """
                insert into audit_entries (action, entity_type, entity_id, created_at)
                values ('CREATED', 'USER', gen_random_uuid(), \(Fixture.at(minutes)))
                """
            }, person: .admin),
        List(
            name: "activity", parent: .project(1), field: "activity",
            insertions: [0, 500].map { minutes in
                """
                insert into audit_entries (project_id, action, entity_type, entity_id, activity, created_at)
                values (
                    \(Key.project(1).sql), 'CREATED', 'TASK', gen_random_uuid(), 'TASK_CREATED', \(Fixture.at(minutes))
                )
                """
            }),
        List(
            name: "audit log of a project", parent: .project(1), field: "auditLog",
            insertions: [0, 100, 200, 500].map { minutes in
                """
                insert into audit_entries (organization_id, project_id, action, entity_type, entity_id, created_at)
                values (
                    \(Key.organization(1).sql), \(Key.project(1).sql), 'CREATED', 'TASK', gen_random_uuid(),
                    \(Fixture.at(minutes))
                )
                """
            }),
        List(
            name: "users", parent: nil, field: "users",
            insertions: [0, 500].map { minutes in
                """
                with person as (
                    insert into users (email, name, created_at)
                    values ('\(minutes)@demo.example', 'New', \(Fixture.at(minutes)) + interval '30 seconds')
                    returning id
                )
                insert into organization_members (organization_id, user_id)
                select \(Key.organization(1).sql), id from person
                """
            }),
        List(
            name: "likes", parent: .user(1), field: "likes",
            insertions: [(3, 0), (4, 500)].map { asset, minutes in
                """
                insert into likes (user_id, asset_id, created_at)
                values (\(Key.user(1).sql), \(Key.asset(asset).sql), \(Fixture.at(minutes)))
                """
            }),
        List(name: "organisations of a person", parent: .user(1), field: "organizations"),
        List(name: "rpds", parent: .project(1), field: "rpds"),
        List(name: "versions", parent: .rpd(1), field: "versions", insertions: [version(3), version(4)]),
        List(
            name: "tasks", parent: .project(1), field: "tasks", insertions: [task(at: 0), task(at: 500), task(at: 1)]),
        List(name: "reviews of a project", parent: .project(1), field: "reviews"),
        List(name: "subtasks", parent: .task(1), field: "subtasks"),
        List(name: "exports", parent: .task(1), field: "exports"),
        List(name: "contents", parent: .subtask(1), field: "contents"),
        List(
            name: "decisions", parent: .subtask(1), field: "decisions",
            insertions: [decision(at: 0), decision(at: 500)]),
        List(
            name: "annotations", parent: .subtask(1), field: "annotations",
            insertions: [annotation(at: 0), annotation(at: 500)]),
        List(
            name: "replies", parent: .annotation(1), field: "replies",
            insertions: [annotation(at: 0, parent: .annotation(1)), annotation(at: 500, parent: .annotation(1))]),
        List(name: "reviews of a subtask", parent: .subtask(1), field: "reviews"),
        List(name: "outcomes", parent: .review(2), field: "outcomes"),
        List(
            name: "findings of a review", parent: .review(2), field: "findings",
            insertions: [finding(11, at: 0), finding(12, at: 500), finding(13, at: 1)]),
        List(
            name: "findings of an outcome", parent: .outcome(21), field: "findings",
            insertions: [finding(21, at: 0), finding(22, at: 500)]),
    ]
}
