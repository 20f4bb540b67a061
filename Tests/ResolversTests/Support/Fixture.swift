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
            people, invitations, projects, assets, rpds, tasks, reviews, findings, revisions, exports, events, likes,
            registry, notifications, documents, batchJobs, generated,
        ].joined(
            separator: "\n")
    }

    /// A moment that is so many minutes into 2026.
    static func at(_ minutes: Int) -> String { "'2026-01-01T00:00:00Z'::timestamptz + interval '\(minutes) minutes'" }

    private static func insert(_ table: String, _ columns: String, _ rows: [String]) -> String {
        "insert into \(table) (\(columns)) values\n" + rows.map { "(\($0))" }.joined(separator: ",\n") + ";"
    }

    private static var people: String {
        let names = ["Supervisor", "Owner", "Partner", "Studio", "Stranger", "Admin"]
        return [
            insert(
                "users", "id, email, name, role, created_at",
                names.enumerated().map { index, name in
                    """
                    \(Key.user(index + 1).sql), '\(name.lowercased())@demo.example', '\(name)',
                    '\(name == "Admin" ? "ADMIN" : "USER")', \(at(index))
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

    /// Invitation 1 and entry 1 are organisation 1's, 2 organisation 3's.
    private static var invitations: String {
        [
            insert(
                "organization_invitations",
                "id, organization_id, email, is_admin, hash, created_by, created_at, expires_at",
                [(1, 1, 1), (2, 3, 5)].map { number, organization, user in
                    """
                    \(Key.invitation(number).sql), \(Key.organization(organization).sql), 'guest@demo.example', false,
                    sha256('invitation \(number)'), \(Key.user(user).sql), \(at(200 + number)), now() + interval '1 day'
                    """
                }),
            insert(
                "audit_entries", "id, organization_id, action, user_id, details, created_by, created_at",
                [(1, 1, 1), (2, 3, 5)].map { number, organization, user in
                    """
                    \(Key.auditEntry(number).sql), \(Key.organization(organization).sql), 'MEMBER_ADDED',
                    \(Key.user(user).sql), '{"isAdmin": true}', \(Key.user(user).sql), \(at(220 + number))
                    """
                }),
        ].joined(separator: "\n")
    }

    /// Finding 2 was changed twice and promoted, finding 6 of project 3 once.
    private static var revisions: String {
        [
            insert(
                "finding_revisions",
                "id, project_id, finding_id, number, description, severity, suggestion, created_by, created_at",
                [(1, 1, 2, 1), (2, 3, 6, 1), (3, 1, 2, 2)].map { number, project, finding, place in
                    """
                    \(Key.revision(number).sql), \(Key.project(project).sql), \(Key.finding(finding).sql), \(place),
                    'Before \(place)', 'ALERT', 'Look.', \(Key.user(project == 3 ? 5 : 2).sql), \(at(240 + number))
                    """
                }),
            insert(
                "promoted_findings", "id, project_id, finding_id, notes, tags, created_by, created_at",
                [(1, 1, 2), (2, 3, 6)].map { number, project, finding in
                    """
                    \(Key.promotion(number).sql), \(Key.project(project).sql), \(Key.finding(finding).sql), 'Remember',
                    '{a}', \(Key.user(project == 3 ? 5 : 1).sql), \(at(250 + number))
                    """
                }),
        ].joined(separator: "\n")
    }

    /// Characters, items and sets 1 and 2 are project 1's, 3 project 3's; 1 has everything that one can have.
    private static var registry: String {
        func project(_ number: Int) -> String { Key.project(number == 3 ? 3 : 1).sql }
        func maker(_ number: Int) -> String { Key.user(number == 3 ? 5 : 1).sql }
        return [
            insert(
                "characters", "id, project_id, name, description, picture_id, created_by, created_at",
                (1...3).map { number in
                    """
                    \(Key.character(number).sql), \(project(number)), 'Character \(number)', 'About \(number)',
                    \(number == 1 ? Key.asset(1).sql : "null"), \(maker(number)), \(at(260 + number))
                    """
                }),
            insert(
                "character_pictures", "character_id, kind, position, asset_id, project_id",
                [("GALLERY", 1, 2), ("GALLERY", 2, 3), ("CONCEPT_ART", 1, 4)].map { kind, position, asset in
                    "\(Key.character(1).sql), '\(kind)', \(position), \(Key.asset(asset).sql), \(project(1))"
                }),
            insert(
                "character_rpds", "character_id, rpd_id, project_id",
                ["\(Key.character(1).sql), \(Key.rpd(1).sql), \(project(1))"]),
            insert(
                "items", "id, project_id, asset_id, description, tags, created_by, created_at",
                [(1, 1), (2, 2), (3, 9)].map { number, asset in
                    """
                    \(Key.item(number).sql), \(project(number)), \(Key.asset(asset).sql), 'Item \(number)',
                    '{a,\(number)}', \(maker(number)), \(at(270 + number))
                    """
                }),
            insert(
                "review_sets", "id, project_id, name, description, created_by, created_at",
                (1...3).map { number in
                    """
                    \(Key.reviewSet(number).sql), \(project(number)), 'Set \(number)', 'For \(number)',
                    \(maker(number)), \(at(280 + number))
                    """
                }),
            insert(
                "review_set_rpds", "review_set_id, rpd_id, project_id",
                [1, 2].map { "\(Key.reviewSet(1).sql), \(Key.rpd($0).sql), \(project(1))" }),
            insert(
                "review_set_characters", "review_set_id, character_id, project_id",
                ["\(Key.reviewSet(1).sql), \(Key.character(1).sql), \(project(1))"]),
            insert(
                "review_set_tags", "review_set_id, tag_id, project_id",
                ["\(Key.reviewSet(1).sql), \(Key.tag(1).sql), \(project(1))"]),
        ].joined(separator: "\n")
    }

    /// Notifications 1 and 2 are the supervisor's and read, 3 the stranger's.
    private static var notifications: String {
        insert(
            "notifications", "id, user_id, project_id, kind, task_id, subtask_id, created_by, created_at, read_at",
            [(1, 1, 1, 1, 1), (2, 1, 1, 1, 2), (3, 5, 3, 5, 7)].map { number, user, project, task, subtask in
                """
                \(Key.notification(number).sql), \(Key.user(user).sql), \(Key.project(project).sql), 'SUBTASK_DECIDED',
                \(Key.task(task).sql), \(Key.subtask(subtask).sql), \(Key.user(2).sql), \(at(290 + number)), \(at(300))
                """
            })
    }

    /// Works 1 and 2 are attached to project 1, 1 to project 2, too, 3 to project 3; character 1 is of work 1.
    ///
    /// Documents 1 (read), 2 (waiting) and 4 (unreadable) are project 1's, 3 project 3's; page 1 of document 1 shows what
    /// item 1 shows, page 3 is document 3's.
    private static var documents: String {
        func project(_ number: Int) -> String { Key.project(number == 3 ? 3 : 1).sql }
        func maker(_ number: Int) -> String { Key.user(number == 3 ? 5 : 1).sql }
        let files = [(1, 11), (2, 12), (3, 13), (4, 14), (5, 15)]
        return [
            insert(
                "ips", "id, organization_id, name, description, created_by, created_at",
                (1...3).map { number in
                    """
                    \(Key.ip(number).sql), \(Key.organization(number == 3 ? 3 : 1).sql), 'Work \(number)',
                    'About \(number)', \(maker(number)), \(at(290 + number))
                    """
                }),
            insert(
                "project_ips", "project_id, ip_id, organization_id",
                [(1, 1), (1, 2), (2, 1), (3, 3)].map { project, ip in
                    """
                    \(Key.project(project).sql), \(Key.ip(ip).sql), \(Key.organization(project == 3 ? 3 : 1).sql)
                    """
                }),
            "update characters set ip_id = \(Key.ip(1).sql) where id = \(Key.character(1).sql);",
            insert(
                "assets",
                """
                id, project_id, purpose, state, file_name, media_type, byte_count, object_key, sha256, created_by,
                created_at
                """,
                files.map { number, asset in
                    """
                    \(Key.asset(asset).sql), \(project(number)), 'DOCUMENT', 'READY', 'plan \(number).pdf',
                    'application/pdf', \(asset), 'files/\(asset)', repeat('b', 64), \(maker(number)), \(at(40 + asset))
                    """
                }),
            insert(
                "documents",
                """
                id, project_id, asset_id, kind, name, description, status, pages_total, pages_done, error_code,
                error_message, created_by, created_at, started_at, finished_at
                """,
                files.dropLast().map { number, asset in
                    let (status, isFailed) =
                        number == 2 ? ("PENDING", false) : number == 4 ? ("FAILED", true) : ("COMPLETED", false)
                    return """
                        \(Key.document(number).sql), \(project(number)), \(Key.asset(asset).sql), 'PDF',
                        'Plan \(number)', 'About \(number)', '\(status)', \(isFailed || number == 2 ? "0, 0" : "2, 2"),
                        \(isFailed ? "'UNREADABLE', 'It is damaged.'" : "null, null"), \(maker(number)),
                        \(at(300 + number)), \(number == 2 ? "null, null" : "\(at(310)), \(at(311))")
                        """
                }),
            insert(
                "asset_vectors", "asset_id, vector",
                (Array(1...6) + [9]).map { "\(Key.asset($0).sql), decode(repeat('0000803d', 256), 'hex')" }),
            insert(
                "document_pages", "id, project_id, document_id, number, text, asset_id",
                [(1, 1, 1, 1), (2, 1, 2, 0), (3, 3, 1, 9)].map { page, document, number, asset in
                    """
                    \(Key.page(page).sql), \(project(document)), \(Key.document(document).sql), \(number),
                    'Says \(page) 「監修」', \(asset == 0 ? "null" : Key.asset(asset).sql)
                    """
                }),
        ].joined(separator: "\n")
    }

    /// Batch jobs 1 (partial) and 2 (running) are project 1's, 3 project 3's; items 1 and 2 are job 1's, 3 is job 2's.
    private static var batchJobs: String {
        func project(_ number: Int) -> String { Key.project(number == 3 ? 3 : 1).sql }
        return [
            insert(
                "batch_jobs", "id, project_id, trigger, mode, status, created_by, created_at, finished_at",
                [(1, "PARTIAL"), (2, "RUNNING"), (3, "COMPLETED")].map { number, status in
                    """
                    \(Key.batchJob(number).sql), \(project(number)), 'RPD_SELECTION', 'SPEED', '\(status)',
                    \(Key.user(number == 3 ? 5 : 1).sql), \(at(320 + number)), \(number == 2 ? "null" : at(330))
                    """
                }),
            insert(
                "batch_job_rpds", "batch_job_id, position, rpd_id, project_id",
                ["\(Key.batchJob(1).sql), 1, \(Key.rpd(1).sql), \(project(1))"]),
            insert(
                "batch_job_items",
                """
                id, project_id, batch_job_id, position, subtask_id, status, review_id, error_code, error_message,
                started_at, finished_at
                """,
                [(1, 1, 1, 1, 2), (2, 1, 2, 2, 4), (3, 2, 1, 4, 6), (4, 3, 1, 7, 7)].map {
                    number, job, position, subtask, review in
                    let status = [1: "SUCCEEDED", 2: "FAILED", 3: "RUNNING"][number] ?? "SUCCEEDED"
                    return """
                        \(Key.batchItem(number).sql), \(project(job)), \(Key.batchJob(job).sql), \(position),
                        \(Key.subtask(subtask).sql), '\(status)', \(Key.review(review).sql),
                        \(number == 2 ? "'AI_DOWN', 'No model.'" : "null, null"), \(at(325)),
                        \(number == 3 ? "null" : at(326))
                        """
                }),
        ].joined(separator: "\n")
    }

    /// Generated pictures 1 (kept as asset 3) and 2 (waiting) are the supervisor's for project 1, 3 is the stranger's.
    private static var generated: String {
        insert(
            "generated_references",
            """
            id, project_id, created_by, prompt, enhanced_prompt, negative_prompt, aspect_ratio, number, status, object_key,
            byte_count, width, height, sha256, model_name, asset_id, created_at, finished_at
            """,
            (1...3).map { number in
                let isDone = number != 2
                return """
                    \(Key.generated(number).sql), \(Key.project(number == 3 ? 3 : 1).sql),
                    \(Key.user(number == 3 ? 5 : 1).sql), 'A girl', 'A girl, soft lighting', '', 'SQUARE', 1,
                    '\(isDone ? "COMPLETED" : "PENDING")',
                    \(isDone ? "'generated/\(number)', 5, 64, 64, repeat('c', 64), 'local'" : "null, null, null, null, null, null"),
                    \(number == 1 ? Key.asset(3).sql : "null"), \(at(340 + number)), \(isDone ? at(350) : "null")
                    """
            })
    }

    /// The supervisor likes assets 1 and 2, the stranger asset 9.
    private static var likes: String {
        insert(
            "likes", "id, user_id, asset_id, created_at",
            [(1, 1, 1), (2, 1, 2), (3, 5, 9)].map { number, user, asset in
                "\(Key.like(number).sql), \(Key.user(user).sql), \(Key.asset(asset).sql), \(at(230 + number))"
            })
    }

    private static func options(_ key: (Int) -> Key, _ names: [String]) -> [String] {
        (1...3).flatMap { organization in
            names.enumerated().map { index, name in
                "\(key(organization * 10 + index + 1).sql), \(Key.organization(organization).sql), \(index + 1), '\(name)'"
            }
        }
    }

    private static var projects: String {
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
    private static var assets: String {
        let columns = """
            id, project_id, purpose, state, file_name, media_type, byte_count, object_key, width, height, sha256,
            error_code, error_message, created_by, created_at
            """
        func ready(_ number: Int, project: Int, purpose: String = "SUBTASK_CONTENT") -> String {
            """
            \(Key.asset(number).sql), \(Key.project(project).sql), '\(purpose)', 'READY', 'picture \(number).png',
            'image/png', \(1000 + number), 'files/\(number)', 640, 480, repeat('\(number % 10)', 64), null, null,
            \(Key.user(1).sql), \(at(30 + number))
            """
        }
        let others = [
            """
            \(Key.asset(7).sql), \(Key.project(1).sql), 'SUBTASK_CONTENT', 'PENDING', 'later.png', 'image/png', 5, null,
            null, null, null, null, null, \(Key.user(1).sql), \(at(37))
            """,
            """
            \(Key.asset(8).sql), \(Key.project(1).sql), 'SUBTASK_CONTENT', 'FAILED', 'broken.png', 'image/png', 5, null,
            null, null, null, 'UPLOAD_UNREADABLE', 'No picture.', null, \(at(38))
            """,
            """
            \(Key.asset(10).sql), \(Key.project(1).sql), 'EXPORT', 'READY', 'Task 1.pptx',
            'application/vnd.openxmlformats-officedocument.presentationml.presentation', 4711, 'files/10', null, null,
            repeat('a', 64), null, null, null, \(at(40))
            """,
        ]
        return insert("assets", columns, (1...6).map { ready($0, project: 1) } + [ready(9, project: 3)] + others)
    }

    /// Version n is the first of review point n, version 11 the second of review point 1; 7 is project 2's, 8 project 3's.
    private static var rpds: String {
        let kinds = [
            "GENERAL_NG_REVIEW", "VISUAL_REVIEW", "SETTINGS_REVIEW", "DESIGN_REVIEW", "TEXT_REVIEW", "COPYRIGHT_REVIEW",
            "COPYRIGHT_REVIEW", "COPYRIGHT_REVIEW",
        ]
        func project(_ number: Int) -> Key { .project(number == 8 ? 3 : number == 7 ? 2 : 1) }
        func version(_ number: Int, of rpd: Int, _ position: Int, isActive: Bool) -> String {
            """
            \(Key.version(number).sql), \(project(rpd).sql), \(Key.rpd(rpd).sql), \(position), \(isActive),
            'Point \(rpd) v\(position)', 'Look at \(rpd).', '{a,b}',
            \(rpd == 1 ? "'CONCRETE_SHAPE'" : "null"), \(Key.user(1).sql), \(at(60 + number))
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
                created_at
                """,
                (1...8).map { version($0, of: $0, 1, isActive: $0 != 1) } + [version(11, of: 1, 2, isActive: true)]),
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
    private static var tasks: String {
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
                "id, project_id, task_id, position, kind, name, description, created_by, created_at, updated_at",
                (1...7).map { subtask in
                    let task = subtask == 7 ? 5 : (subtask + 1) / 2
                    return """
                        \(Key.subtask(subtask).sql), \(project(task).sql), \(Key.task(task).sql),
                        \(subtask == 7 ? 1 : (subtask - 1) % 2 + 1), 'PICTURE', 'Picture \(subtask)', '',
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

    /// Reviews 1 (completed), 2 (completed, the latest) and 3 (running) are subtask 1's; 4 (failed) is subtask 2's, 5
    /// (cancelled) subtask 3's, 6 (waiting) subtask 4's, 7 (completed) project 3's.
    ///
    /// Outcome 10·n + m is the m-th of review n.
    private static var reviews: String {
        let entries: [(subtask: Int, content: Int, version: Int, status: String)] = [
            (1, 1, 1, "COMPLETED"), (1, 11, 2, "COMPLETED"), (1, 11, 3, "PROCESSING"), (2, 2, 1, "FAILED"),
            (3, 3, 1, "CANCELLED"), (4, 4, 1, "PENDING"), (7, 7, 1, "COMPLETED"),
        ]
        let rows = entries.enumerated().map { index, entry in
            let hasEnded = !["PROCESSING", "PENDING"].contains(entry.status)
            let isFailed = entry.status == "FAILED"
            return """
                \(Key.review(index + 1).sql), \(Key.project(entry.subtask == 7 ? 3 : 1).sql),
                \(Key.subtask(entry.subtask).sql), \(Key.content(entry.content).sql), \(entry.version),
                '\(entry.status)', 'QUALITY', 'RPD_SELECTION', \(isFailed ? "'AI_DOWN', 'No model.'" : "null, null"),
                \(Key.user(1).sql), \(at(110 + index)), \(entry.status == "PENDING" ? "null" : at(120 + index)),
                \(hasEnded ? at(130 + index) : "null")
                """
        }
        return insert(
            "reviews",
            """
            id, project_id, subtask_id, content_id, version, status, mode, trigger, error_code, error_message, created_by,
            created_at, started_at, finished_at
            """, rows) + "\n" + outcomes
    }

    private static var outcomes: String {
        let entries: [(review: Int, place: Int, version: Int, status: String)] = [
            (1, 1, 1, "OK"), (2, 1, 11, "OK"), (2, 2, 2, "OK"), (2, 3, 3, "SKIPPED_IRRELEVANT"), (2, 4, 4, "ERROR"),
            (2, 5, 5, "TIMEOUT"), (3, 1, 11, "RUNNING"), (3, 2, 2, "PENDING"), (4, 1, 2, "ERROR"),
            (5, 1, 2, "CANCELLED"), (6, 1, 2, "PENDING"), (7, 1, 8, "OK"),
        ]
        return insert(
            "review_outcomes",
            """
            id, project_id, review_id, rpd_version_id, position, status, error_code, error_message, model_name,
            measurements, duration_milliseconds, started_at, finished_at
            """,
            entries.map { entry in
                let isFailed = ["ERROR", "TIMEOUT"].contains(entry.status)
                let isOK = entry.status == "OK"
                let isOpen = ["PENDING", "RUNNING"].contains(entry.status)
                return """
                    \(Key.outcome(entry.review * 10 + entry.place).sql), \(Key.project(entry.review == 7 ? 3 : 1).sql),
                    \(Key.review(entry.review).sql), \(Key.version(entry.version).sql), \(entry.place),
                    '\(entry.status)', \(isFailed ? "'AI_DOWN', 'No model.'" : "null, null"),
                    \(isOK ? "'local'" : "null"), \(isOK ? "'{\"delta\": 1.5, \"色\": [1, null]}'::jsonb" : "null"),
                    \(isOK ? "250" : "null"), \(entry.status == "PENDING" ? "null" : at(121)),
                    \(isOpen ? "null" : at(125))
                    """
            })
    }

    /// Finding 1 is review 1's; 2, 3 and 4 are outcome 21's, 5 is outcome 22's; 6 is project 3's.
    private static var findings: String {
        let entries: [(number: Int, review: Int, place: Int, version: Int, ordinal: Int, severity: String)] = [
            (1, 1, 1, 1, 1, "SAFE"), (2, 2, 1, 11, 1, "RISK"), (3, 2, 1, 11, 2, "ALERT"), (4, 2, 1, 11, 3, "SAFE"),
            (5, 2, 2, 2, 1, "RISK"), (6, 7, 1, 8, 1, "RISK"),
        ]
        return insert(
            "findings",
            """
            id, project_id, review_id, outcome_id, rpd_version_id, ordinal, description, severity, suggestion, tag, area_x,
            area_y, area_width, area_height, image_width, image_height, confidence, method, is_held, created_at, updated_at
            """,
            entries.map { entry in
                let area = entry.number == 2 ? "0.25, 0.5, 0.5, 0.25, 640, 480" : "null, null, null, null, null, null"
                return """
                    \(Key.finding(entry.number).sql), \(Key.project(entry.review == 7 ? 3 : 1).sql),
                    \(Key.review(entry.review).sql), \(Key.outcome(entry.review * 10 + entry.place).sql),
                    \(Key.version(entry.version).sql), \(entry.ordinal), 'Finding \(entry.number) 「監修」',
                    '\(entry.severity)', \(entry.number == 2 ? "'Redraw it.', 'a'" : "null, null"), \(area),
                    \(entry.number == 2 ? "0.875, 'palette'" : "null, null"), \([1, 3].contains(entry.number)),
                    \(at(140 + entry.number)), \(at(140 + entry.number))
                    """
            })
    }

    /// Export 1 completed, 2 failed, 3 waits; all of task 1.
    private static var exports: String {
        insert(
            "exports",
            """
            id, project_id, task_id, format, status, slides_total, slides_done, asset_id, error_code, error_message,
            created_by, created_at, started_at, finished_at
            """,
            [
                """
                \(Key.export(1).sql), \(Key.project(1).sql), \(Key.task(1).sql), 'PPTX', 'COMPLETED', 4, 4,
                \(Key.asset(10).sql), null, null, \(Key.user(2).sql), \(at(150)), \(at(151)), \(at(152))
                """,
                """
                \(Key.export(2).sql), \(Key.project(1).sql), \(Key.task(1).sql), 'PPTX', 'FAILED', 4, 1, null,
                'INTERNAL', 'It broke.', \(Key.user(2).sql), \(at(153)), \(at(154)), \(at(155))
                """,
                """
                \(Key.export(3).sql), \(Key.project(1).sql), \(Key.task(1).sql), 'PPTX', 'PENDING', 0, 0, null, null,
                null, \(Key.user(2).sql), \(at(156)), null, null
                """,
            ])
    }

    /// The past of review 1, of the running review 3, of export 1, and what project 1 heard of it.
    private static var events: String {
        func event(_ topic: String, _ kind: String, _ payload: String) -> String {
            "('\(topic)', '\(kind)', '\(payload)', \(at(160)))"
        }
        func id(_ key: Key) -> String { key.uuid.uuidString.lowercased() }
        func status(_ review: Int, _ status: String) -> [String] {
            let payload = #"{"reviewId": "\#(id(.review(review)))", "status": "\#(status)"}"#
            return ["review:\(id(.review(review)))", "project-reviews:\(id(.project(1)))"]
                .map { event($0, "review-status-changed", payload) }
        }
        func outcome(_ review: Int, _ status: String, _ finished: Int) -> String {
            event(
                "review:\(id(.review(review)))", "review-outcome-changed",
                """
                {"reviewId": "\(id(.review(review)))", "outcomeId": "\(id(.outcome(review * 10 + 1)))",
                 "status": "\(status)", "outcomesFinished": \(finished), "outcomesTotal": 1}
                """)
        }
        func export(_ status: String, _ done: Int) -> String {
            event(
                "export:\(id(.export(1)))", "export-progressed",
                #"{"exportId": "\#(id(.export(1)))", "status": "\#(status)", "slidesDone": \#(done), "slidesTotal": 4}"#
            )
        }
        let finding = event(
            "review:\(id(.review(1)))", "review-finding-stored",
            """
            {"reviewId": "\(id(.review(1)))", "outcomeId": "\(id(.outcome(11)))", "findingId": "\(id(.finding(1)))"}
            """)
        let unknown = event("review:\(id(.review(1)))", "review-of-tomorrow", "{}")
        let rows =
            status(1, "PENDING") + status(1, "PROCESSING") + [outcome(1, "RUNNING", 0), unknown, finding]
            + [outcome(1, "OK", 1)] + status(1, "COMPLETED") + status(3, "PENDING") + status(3, "PROCESSING")
            + [export("PENDING", 0), export("PROCESSING", 1), export("COMPLETED", 4)]
        return "insert into events (topic, kind, payload, created_at) values\n" + rows.joined(separator: ",\n") + ";"
    }
}
