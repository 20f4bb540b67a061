import Foundation

/// A small world with everything in it, in SQL with fixed keys and times, so that whole responses can be compared.
///
/// Organisation 1 owns projects 1 and 2; organisation 2 and the partner take part in project 1; project 3 is the
/// stranger's. In project 1: six review points, one of each kind (1 has two versions and pictures to compare with, 6 is
/// off), three tasks with two subtasks each, reviews in every status at subtask 1 to 5, exports at task 1.
enum Fixture {
    /// All of it.
    static var script: String {
        [
            people, invitations, projects, assets, rpds, tasks, reviews, findings, revisions, exports, events,
            registry, notifications, documents, batchJobs, imports, generated, likes, analyses, scenes, rpdTests,
        ].joined(
            separator: "\n")
    }

    /// A moment that is so many minutes into 2026.
    static func at(_ minutes: Int) -> String { "'2026-01-01T00:00:00Z'::timestamptz + interval '\(minutes) minutes'" }

    static func insert(_ table: String, _ columns: String, _ rows: [String]) -> String {
        "insert into \(table) (\(columns)) values\n" + rows.map { "(\($0))" }.joined(separator: ",\n") + ";"
    }

    static var people: String {
        let names = ["Supervisor", "Owner", "Partner", "Studio", "Stranger", "Admin"]
        return [
            insert(
                "users", "id, email, name, role, created_at, picture_url",
                names.enumerated().map { index, name in
                    """
                    \(Key.user(index + 1).sql), '\(name.lowercased())@demo.example', '\(name)',
                    '\(name == "Admin" ? "ADMIN" : "USER")', \(at(index)), 'https://pictures.example/\(index)'
                    """
                }),
            insert(
                "organizations", "id, name, description, domain, created_at, updated_at",
                ["Publisher", "Studio", "Elsewhere"].enumerated().map { index, name in
                    """
                    \(Key.organization(index + 1).sql), '\(name)', 'The \(name)', '\(name.lowercased()).example',
                    \(at(index)), \(at(index))
                    """
                }),
            insert(
                "organization_members", "organization_id, user_id, is_admin, created_at",
                [(1, 1, true), (1, 2, false), (2, 4, true), (3, 5, true)].enumerated().map { index, entry in
                    "\(Key.organization(entry.0).sql), \(Key.user(entry.1).sql), \(entry.2), \(at(10 + index))"
                }),
            insert("task_statuses", "id, organization_id, position, name", options(Key.status, ["todo", "done"])),
            insert("task_priorities", "id, organization_id, position, name", options(Key.priority, ["low", "high"])),
        ].joined(separator: "\n")
    }

    /// Invitation 1 and entry 1 are organisation 1's, 2 organisation 3's; entry 3 is project 1's.
    static var invitations: String {
        [
            insert(
                "organization_invitations",
                "id, organization_id, email, is_admin, hash, created_by, created_at, expires_at, delivery, sent_at",
                [(1, 1, 1), (2, 3, 5)].map { number, organization, user in
                    """
                    \(Key.invitation(number).sql), \(Key.organization(organization).sql), 'guest@demo.example', false,
                    sha256('invitation \(number)'), \(Key.user(user).sql), \(at(200 + number)), now() + interval '1 day',
                    'SENT', \(at(202 + number))
                    """
                }),
            insert(
                "audit_entries",
                "id, organization_id, action, entity_type, entity_id, user_id, before, after, created_by, created_at",
                [(1, 1, 1), (2, 3, 5)].map { number, organization, user in
                    """
                    \(Key.auditEntry(number).sql), \(Key.organization(organization).sql), 'UPDATED',
                    'ORGANIZATION_MEMBER', \(Key.user(user).sql), \(Key.user(user).sql), '{"isAdmin": false}',
                    '{"isAdmin": true}', \(Key.user(user).sql), \(at(220 + number))
                    """
                }),
            insert(
                "audit_entries",
                """
                id, organization_id, project_id, action, entity_type, entity_id, before, after, created_by, created_at,
                activity, title, task_id
                """,
                [
                    """
                    \(Key.auditEntry(3).sql), \(Key.organization(1).sql), \(Key.project(1).sql), 'UPDATED', 'TASK',
                    \(Key.task(3).sql), '{"name": "Task"}', '{"name": "Task 3"}', \(Key.user(1).sql), \(at(223)),
                    'TASK_UPDATED', 'Task 3', \(Key.task(3).sql)
                    """
                ]),
        ].joined(separator: "\n")
    }

    static func options(_ key: (Int) -> Key, _ names: [String]) -> [String] {
        (1...3).flatMap { organization in
            names.enumerated().map { index, name in
                "\(key(organization * 10 + index + 1).sql), \(Key.organization(organization).sql), \(index + 1), '\(name)'"
            }
        }
    }

    static var projects: String {
        [
            insert(
                "projects", "id, organization_id, name, description, created_by, created_at, updated_at",
                [(1, 1, 1), (2, 1, 2), (3, 3, 5)].map { project, organization, user in
                    """
                    \(Key.project(project).sql), \(Key.organization(organization).sql), 'Project \(project)',
                    'About project \(project)', \(Key.user(user).sql), \(at(20 + project)), \(at(20 + project))
                    """
                }),
            insert(
                "project_organizations", "id, project_id, organization_id, created_at",
                ["\(Key.cooperation(1).sql), \(Key.project(1).sql), \(Key.organization(2).sql), \(at(25))"]),
            insert("project_members", "project_id, user_id", ["\(Key.project(1).sql), \(Key.user(3).sql)"]),
            // Labels 1 and 2 are project 1's, 3 project 3's.
            insert(
                "task_tags", "id, project_id, name, created_at",
                [(1, 1), (2, 1), (3, 3)].map { number, project in
                    "\(Key.tag(number).sql), \(Key.project(project).sql), 'Label \(number)', \(at(26 + number))"
                }),
        ].joined(separator: "\n")
    }

    /// Assets 1 to 6 of project 1 and 9 of project 3 are ready; 7 is still to come, 8 was refused, 10 is an export's.
    static var assets: String {
        let columns = """
            id, project_id, purpose, state, file_name, media_type, byte_count, object_key, width, height, sha256,
            error_code, error_message, created_by, created_at, thumbnail_key
            """
        func ready(_ number: Int, project: Int, purpose: String = "SUBTASK_CONTENT") -> String {
            """
            \(Key.asset(number).sql), \(Key.project(project).sql), '\(purpose)', 'READY', 'picture \(number).png',
            'image/png', \(1000 + number), 'files/\(number)', 640, 480, repeat('\(number % 10)', 64), null, null,
            \(Key.user(1).sql), \(at(30 + number)), 'files/\(number)-small'
            """
        }
        let others = [
            """
            \(Key.asset(7).sql), \(Key.project(1).sql), 'SUBTASK_CONTENT', 'PENDING', 'later.png', 'image/png', 5, null,
            null, null, null, null, null, \(Key.user(1).sql), \(at(37)), null
            """,
            """
            \(Key.asset(8).sql), \(Key.project(1).sql), 'SUBTASK_CONTENT', 'FAILED', 'broken.png', 'image/png', 5, null,
            null, null, null, 'UPLOAD_UNREADABLE', 'No picture.', null, \(at(38)), null
            """,
            """
            \(Key.asset(10).sql), \(Key.project(1).sql), 'EXPORT', 'READY', 'Task 1.pptx',
            'application/vnd.openxmlformats-officedocument.presentationml.presentation', 4711, 'files/10', null, null,
            repeat('a', 64), null, null, null, \(at(40)), null
            """,
        ]
        return insert("assets", columns, (1...6).map { ready($0, project: 1) } + [ready(9, project: 3)] + others)
    }

    /// Scenes 1 and 2 are those of asset 2, 3 of asset 9; finding 2 is seen in 1 and 2.
    ///
    /// What has scenes is not asked for its type.
    static var scenes: String {
        [
            insert(
                "scene_detections", "project_id, asset_id, status, progress, started_at, finished_at",
                [(1, 2), (3, 9)].map { project, asset in
                    "\(Key.project(project).sql), \(Key.asset(asset).sql), 'COMPLETED', 1, \(at(401)), \(at(402))"
                }),
            insert(
                "video_scenes",
                """
                id, project_id, asset_id, number, start_seconds, end_seconds, start_frame, end_frame, middle_seconds,
                frame_key, thumbnail_key, created_at
                """,
                [(1, 1, 2, 1), (2, 1, 2, 2), (3, 3, 9, 1)].map { scene, project, asset, number in
                    """
                    \(Key.scene(scene).sql), \(Key.project(project).sql), \(Key.asset(asset).sql), \(number),
                    \(number * 2 - 2), \(number * 2), \(number * 50 - 50), \(number * 50 - 1), \(number * 2 - 1),
                    'scenes/\(scene)', 'scenes/\(scene)-small', \(at(401))
                    """
                }),
            """
            update findings
            set scene_id = \(Key.scene(1).sql), start_seconds = 0, end_seconds = 4
            where id = \(Key.finding(2).sql);
            """,
        ].joined(separator: "\n")
    }

    /// Version n is the first of review point n, version 11 the second of review point 1; 7 is project 2's, 8 project 3's.
    static var rpds: String {
        let kinds = [
            "GENERAL_NG_REVIEW", "VISUAL_REVIEW", "SETTINGS_REVIEW", "DESIGN_REVIEW", "TEXT_REVIEW", "COPYRIGHT_REVIEW",
            "COPYRIGHT_REVIEW", "COPYRIGHT_REVIEW",
        ]
        func project(_ number: Int) -> Key { .project(number == 8 ? 3 : number == 7 ? 2 : 1) }
        func version(_ number: Int, of rpd: Int, _ position: Int, isActive: Bool) -> String {
            """
            \(Key.version(number).sql), \(project(rpd).sql), \(Key.rpd(rpd).sql), \(position), \(isActive),
            'Point \(rpd) v\(position)', 'Look at \(rpd).', '{a,b}',
            \(rpd == 1 ? "'CONCRETE_SHAPE'" : "null"), \(Key.user(1).sql), \(at(60 + number)),
            \(number == 5 ? "'{\"A\": {\"B\": \"B-san\"}}'" : "null"),
            '\(number == 5 ? "[{\"speaker\": \"A\", \"target\": \"B\", \"alias\": \"b\", \"conditions\": [\"x\"]}]" : "[]")'
            """
        }
        return [
            insert(
                "rpds", "id, project_id, kind, is_active, created_by, created_at, updated_at",
                kinds.enumerated().map { index, kind in
                    """
                    \(Key.rpd(index + 1).sql), \(project(index + 1).sql), '\(kind)', \(index != 5), \(Key.user(1).sql),
                    \(at(50 + index)), \(at(50 + index))
                    """
                }),
            insert(
                "rpd_versions",
                """
                id, project_id, rpd_id, version_number, is_active, title, instruction, tags, ng_subcategory, created_by,
                created_at, appellations, special_rules
                """,
                (1...8).map { version($0, of: $0, 1, isActive: $0 != 1) } + [version(11, of: 1, 2, isActive: true)]),
            """
            update rpd_versions
            set instruction_parts = '{Look at 1.}', visual_check = 'COLOR', prepared_at = \(at(71))
            where id = \(Key.version(11).sql);
            """,
            """
            update rpd_versions
            set group_text = E'\\n\\n【Sword】\\nA blade.\\n********\\nToys too.'
            where id = \(Key.version(11).sql);
            """,
            insert(
                "rpd_version_groups",
                "rpd_version_id, project_id, position, tag, characteristics, considerations",
                ["\(Key.version(11).sql), \(Key.project(1).sql), 1, 'Sword', 'A blade.', 'Toys too.'"]),
            insert(
                "rpd_version_assets", "rpd_version_id, project_id, position, asset_id",
                [(1, 2), (2, 1)].map { position, asset in
                    "\(Key.version(11).sql), \(Key.project(1).sql), \(position), \(Key.asset(asset).sql)"
                }),
        ].joined(separator: "\n")
    }

    /// Subtasks 1 and 2 are task 1's, 3 and 4 task 2's, 5 and 6 task 3's.
    ///
    /// Task 4 is project 2's, task 5 with subtask 7 project 3's. Content n is subtask n's first version, content 11 the
    /// second of subtask 1. Annotation 1 is the supervisor's at subtask 1, solved, with everything that one can have; 2 is the
    /// owner's answer to it, 3 the AI's, 4 project 3's. Decisions 1 and 2 denied subtask 1 and took it back, 3 is project 3's.
    static var tasks: String {
        func project(_ task: Int) -> Key { .project(task == 5 ? 3 : task == 4 ? 2 : 1) }
        func content(_ number: Int, of subtask: Int, _ version: Int, asset: Int) -> String {
            """
            \(Key.content(number).sql), \(Key.project(subtask == 7 ? 3 : 1).sql), \(Key.subtask(subtask).sql),
            \(version), \(Key.asset(asset).sql), \(Key.user(2).sql), \(at(90 + number))
            """
        }
        return [
            insert(
                "tasks",
                """
                id, project_id, status_id, priority_id, assignee_id, name, description, due_at, created_by, created_at,
                updated_at
                """,
                (1...5).map { task in
                    let organization = task == 5 ? 3 : 1
                    return """
                        \(Key.task(task).sql), \(project(task).sql), \(Key.status(organization * 10 + 1).sql),
                        \(Key.priority(organization * 10 + 2).sql), \(task == 1 ? Key.user(3).sql : "null"),
                        'Task \(task)', 'About task \(task)', \(task == 1 ? at(9999) : "null"),
                        \(Key.user(task == 5 ? 5 : 1).sql), \(at(70 + task)), \(at(70 + task))
                        """
                }),
            insert(
                "task_tag_links", "task_id, tag_id, project_id",
                [(1, 1, 1), (1, 2, 1), (2, 2, 1), (5, 3, 3)].map { task, tag, project in
                    "\(Key.task(task).sql), \(Key.tag(tag).sql), \(Key.project(project).sql)"
                }),
            insert(
                "subtasks",
                "id, project_id, task_id, position, kind, name, description, slide_number, created_by, created_at, updated_at",
                (1...7).map { subtask in
                    let task = subtask == 7 ? 5 : (subtask + 1) / 2
                    return """
                        \(Key.subtask(subtask).sql), \(project(task).sql), \(Key.task(task).sql),
                        \(subtask == 7 ? 1 : (subtask - 1) % 2 + 1), 'PICTURE', 'Picture \(subtask)', '', \(subtask),
                        \(Key.user(1).sql), \(at(80 + subtask)), \(at(80 + subtask))
                        """
                }),
            insert(
                "subtask_contents", "id, project_id, subtask_id, version, asset_id, created_by, created_at",
                (1...6).map { content($0, of: $0, 1, asset: $0) }
                    + [content(7, of: 7, 1, asset: 9), content(11, of: 1, 2, asset: 2)]),
            insert(
                "annotations",
                """
                id, project_id, subtask_id, content_id, parent_id, is_by_ai, body, shape, area_x, area_y, area_width,
                area_height, color, drawing, start_seconds, end_seconds, attachment_id, solved_at, solved_by, created_by,
                created_at, updated_at
                """,
                [
                    """
                    \(Key.annotation(1).sql), \(Key.project(1).sql), \(Key.subtask(1).sql), \(Key.content(11).sql), null,
                    false, 'Look here', 'RECTANGLE', 0.25, 0.5, 0.5, 0.25, '#ff8800', '{"points": [1, 2]}', 1.5, 2.5,
                    \(Key.asset(3).sql), \(at(221)), \(Key.user(2).sql), \(Key.user(1).sql), \(at(211)), \(at(211))
                    """
                ]
                    + [(2, 1, 1, 11, 1, 2, false), (3, 1, 1, 11, 0, 0, true), (4, 3, 7, 7, 0, 5, false)].map {
                        number, project, subtask, content, parent, user, isByAI in
                        """
                        \(Key.annotation(number).sql), \(Key.project(project).sql), \(Key.subtask(subtask).sql),
                        \(Key.content(content).sql), \(parent == 0 ? "null" : Key.annotation(parent).sql), \(isByAI),
                        'Annotation \(number)', null, null, null, null, null, null, null, null, null, null, null, null,
                        \(user == 0 ? "null" : Key.user(user).sql), \(at(210 + number)), \(at(210 + number))
                        """
                    }),
            insert(
                "subtask_decisions",
                "id, project_id, subtask_id, content_id, from_status, to_status, comment, created_by, created_at",
                [
                    (1, 1, 1, 11, "PENDING", "DENIED", 2), (2, 1, 1, 11, "DENIED", "PENDING", 1),
                    (3, 3, 7, 7, "PENDING", "ACCEPTED", 5),
                ].map { number, project, subtask, content, from, to, user in
                    """
                    \(Key.decision(number).sql), \(Key.project(project).sql), \(Key.subtask(subtask).sql),
                    \(Key.content(content).sql), '\(from)', '\(to)', 'Because \(number)', \(Key.user(user).sql),
                    \(at(200 + number))
                    """
                }),
        ].joined(separator: "\n")
    }
}
