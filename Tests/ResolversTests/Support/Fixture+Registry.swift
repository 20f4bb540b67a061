import Foundation

// What a project knows and keeps beside its tasks, and what people are told.
extension Fixture {
    /// Characters, items and sets 1 and 2 are project 1's, 3 project 3's; 1 has everything that one can have.
    static var registry: String {
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
    static var notifications: String {
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
    /// item 1 shows, page 3 is document 3's. Pictures 1 (item 2's) and 2 are document 1's, 3 is document 3's.
    static var documents: String {
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
                "document_pictures",
                "id, project_id, document_id, page_number, position, name, asset_id, sha256, created_at",
                [(1, 1, 1, 2), (2, 1, 2, 4), (3, 3, 1, 9)].map { number, document, position, asset in
                    """
                    \(Key.documentPicture(number).sql), \(project(document)), \(Key.document(document).sql), 1,
                    \(position), 'Picture \(number)', \(Key.asset(asset).sql), 'hash \(number)',
                    \(at(312))
                    """
                }),
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
    static var batchJobs: String {
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

    /// Try 1 of review point 1's version 11 is complete, 2 of a draft waits, both project 1's; 3 is project 3's; 4 was cancelled.
    static var rpdTests: String {
        [
            insert(
                "rpd_tests",
                """
                id, project_id, rpd_id, rpd_version_id, batch_key, number, kind, title, instruction, tags, special_rules,
                mode, asset_id, line_speaker, line_text, expected_severity, status, outcome, severity, finding_count,
                model_name, measurements, duration_milliseconds, created_by, created_at, started_at, finished_at
                """,
                (1...4).map { number in
                    let isDone = number == 1
                    let isOld = number == 3
                    return """
                        \(Key.rpdTest(number).sql), \(Key.project(isOld ? 3 : 1).sql),
                        \(isOld ? "null" : Key.rpd(1).sql), \(isDone ? Key.version(11).sql : "null"),
                        \(Key.rpdTest(number + 100).sql), \(number),
                        '\(number == 2 ? "TEXT_REVIEW" : "GENERAL_NG_REVIEW")', 'Try \(number)', '', '{}', '[]', 'SPEED',
                        \(isDone ? "\(Key.asset(2).sql), null, null" : "null, 'ソラ', 'レンさん'"),
                        \(number == 4 ? "null" : "'RISK'"), '\(["COMPLETED", "PENDING", "CANCELLED", "CANCELLED"][number - 1])',
                        \(isDone ? "'OK', 'RISK', 1, 'local', '{}', 250" : "null, null, 0, null, null, null"),
                        \(Key.user(isOld ? 5 : 1).sql), \(at(400 + number)), \(isDone ? at(410) : "null"),
                        \(number == 2 ? "null" : at(420 - number))
                        """
                }),
            insert(
                "rpd_test_findings",
                """
                rpd_test_id, ordinal, project_id, description, severity, line_number, scene_id, start_seconds, end_seconds
                """,
                ["\(Key.rpdTest(1).sql), 1, \(Key.project(1).sql), 'Not so.', 'RISK', 3, \(Key.scene(1).sql), 0, 4"]),
        ].joined(separator: "\n")
    }

    /// Generated pictures 1 (kept as asset 3) and 2 (waiting) are the supervisor's for project 1, 3 is the stranger's.
    static var generated: String {
        insert(
            "generated_references",
            """
            id, project_id, created_by, prompt, enhanced_prompt, negative_prompt, aspect_ratio, number, status, object_key,
            byte_count, width, height, sha256, model_name, asset_id, created_at, finished_at,
            thumbnail_key, style, pose, camera, lighting
            """,
            (1...3).map { number in
                let isDone = number != 2
                return """
                    \(Key.generated(number).sql), \(Key.project(number == 3 ? 3 : 1).sql),
                    \(Key.user(number == 3 ? 5 : 1).sql), 'A girl', 'A girl, soft lighting', '', 'SQUARE', 1,
                    '\(isDone ? "COMPLETED" : "PENDING")',
                    \(isDone ? "'generated/\(number)', 5, 64, 64, repeat('c', 64), 'local'" : "null, null, null, null, null, null"),
                    \(number == 1 ? Key.asset(3).sql : "null"), \(at(340 + number)),
                    \(isDone ? "\(at(350)), 'generated/\(number)-small'" : "null, null"), 'style \(number)', 'pose \(number)',
                    'camera \(number)', 'lighting \(number)'
                    """
            })
            + "\n"
            + insert(
                "generated_reference_sources", "reference_id, project_id, position, asset_id",
                [(1, 1, 4), (2, 1, 5), (1, 3, 9)].map { position, reference, asset in
                    """
                    \(Key.generated(reference).sql), \(Key.project(reference == 3 ? 3 : 1).sql), \(position),
                    \(Key.asset(asset).sql)
                    """
                })
    }

    /// Looks 1 (for characters) and 2 (for objects) at subtask 1 are complete, 3 is project 3's, 4 at subtask 6 waits.
    static var analyses: String {
        let entries = [(1, 1, 11, "CHARACTERS"), (2, 1, 11, "OBJECTS"), (3, 7, 7, "CHARACTERS"), (4, 6, 6, "OBJECTS")]
        return [
            insert(
                "picture_analyses",
                """
                id, project_id, subtask_id, content_id, kind, status, model_name, created_by, created_at, started_at,
                finished_at
                """,
                entries.map { number, subtask, content, kind in
                    """
                    \(Key.analysis(number).sql), \(Key.project(number == 3 ? 3 : 1).sql), \(Key.subtask(subtask).sql),
                    \(Key.content(content).sql), '\(kind)', '\(number == 4 ? "PENDING" : "COMPLETED")',
                    \(number == 4 ? "null" : "'local'"), \(Key.user(number == 3 ? 5 : 1).sql), \(at(360 + number)),
                    \(number == 4 ? "null, null" : "\(at(365)), \(at(366))")
                    """
                }),
            insert(
                "picture_analysis_characters",
                "analysis_id, character_id, project_id, confidence, asset_id, area_x, area_y, area_width, area_height",
                [
                    """
                    \(Key.analysis(1).sql), \(Key.character(1).sql), \(Key.project(1).sql), 0.875, \(Key.asset(2).sql),
                    0.25, 0.5, 0.5, 0.25
                    """,
                    """
                    \(Key.analysis(1).sql), \(Key.character(2).sql), \(Key.project(1).sql), 0.9375, null, null, null,
                    null, null
                    """,
                ]),
            insert(
                "picture_analysis_objects",
                "analysis_id, position, project_id, label, confidence, area_x, area_y, area_width, area_height",
                [1, 2].map {
                    "\(Key.analysis(2).sql), \($0), \(Key.project(1).sql), 'Thing \($0)', 0.5, 0, 0, 0.5, 0.25"
                }),
        ].joined(separator: "\n")
    }

    /// The supervisor likes assets 1 and 2 and the generated picture 1, the stranger asset 9.
    static var likes: String {
        insert(
            "likes", "id, user_id, asset_id, generated_reference_id, created_at",
            [(1, 1, 1), (2, 1, 2), (3, 5, 9)].map { number, user, asset in
                "\(Key.like(number).sql), \(Key.user(user).sql), \(Key.asset(asset).sql), null, \(at(230 + number))"
            } + ["\(Key.like(4).sql), \(Key.user(1).sql), null, \(Key.generated(1).sql), \(at(351))"])
    }
}
