import Foundation

// Reviews, what they found, exports and the events of both.
extension Fixture {
    /// Reviews 1 (completed), 2 (completed, the latest) and 3 (running) are subtask 1's; 4 (failed) is subtask 2's, 5
    /// (cancelled) subtask 3's, 6 (waiting) subtask 4's, 7 (completed) project 3's.
    ///
    /// Outcome 10·n + m is the m-th of review n.
    static var reviews: String {
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

    static var outcomes: String {
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

    /// What was found in a row of a spreadsheet, as it is stored.
    private static let dialogue = """
        '{
            "status": "ERROR", "message": "Not so.", "speaker": "ソラ", "line": "レンさん", "detectedSpeaker": "ソラ",
            "sheetName": "第1話", "sheetNumber": 1, "rowNumber": 13,
            "addresses": [{
                "target": "レン", "usedName": "レンさん", "expectedName": "レンくん", "conditions": [], "status": "ERROR",
                "start": 0, "length": 4
            }]
        }'
        """

    /// Finding 1 is review 1's; 2, 3 and 4 are outcome 21's, 5 is outcome 22's; 6 is project 3's.
    ///
    /// Annotation 3 speaks of finding 4.
    static var findings: String {
        let entries: [(number: Int, review: Int, place: Int, version: Int, ordinal: Int, severity: String)] = [
            (1, 1, 1, 1, 1, "SAFE"), (2, 2, 1, 11, 1, "RISK"), (3, 2, 1, 11, 2, "ALERT"), (4, 2, 1, 11, 3, "SAFE"),
            (5, 2, 2, 2, 1, "RISK"), (6, 7, 1, 8, 1, "RISK"),
        ]
        return insert(
            "findings",
            """
            id, project_id, review_id, outcome_id, rpd_version_id, ordinal, description, severity, suggestion, tag, area_x,
            area_y, area_width, area_height, image_width, image_height, confidence, method, is_held, created_at, updated_at,
            line_number, dialogue
            """,
            entries.map { entry in
                let area = entry.number == 2 ? "0.25, 0.5, 0.5, 0.25, 640, 480" : "null, null, null, null, null, null"
                return """
                    \(Key.finding(entry.number).sql), \(Key.project(entry.review == 7 ? 3 : 1).sql),
                    \(Key.review(entry.review).sql), \(Key.outcome(entry.review * 10 + entry.place).sql),
                    \(Key.version(entry.version).sql), \(entry.ordinal), 'Finding \(entry.number) 「監修」',
                    '\(entry.severity)', \(entry.number == 2 ? "'Redraw it.', 'a'" : "null, null"), \(area),
                    \(entry.number == 2 ? "0.875, 'palette'" : "null, null"), \([1, 3].contains(entry.number)),
                    \(at(140 + entry.number)), \(at(140 + entry.number)),
                    \(entry.number == 2 ? "12, \(dialogue)" : "null, null")
                    """
            }) + "\nupdate annotations set finding_id = \(Key.finding(4).sql) where id = \(Key.annotation(3).sql);"
    }

    /// Finding 2 was changed twice and promoted, finding 6 of project 3 once.
    static var revisions: String {
        [
            insert(
                "finding_revisions",
                """
                id, project_id, finding_id, number, description, severity, suggestion, start_seconds, end_seconds,
                created_by, created_at
                """,
                [(1, 1, 2, 1), (2, 3, 6, 1), (3, 1, 2, 2)].map { number, project, finding, place in
                    """
                    \(Key.revision(number).sql), \(Key.project(project).sql), \(Key.finding(finding).sql), \(place),
                    'Before \(place)', 'ALERT', 'Look.', 1.5, 2.5, \(Key.user(project == 3 ? 5 : 2).sql), \(at(240 + number))
                    """
                }),
            insert(
                "promoted_findings",
                """
                id, project_id, finding_id, notes, tags, created_by, created_at, description, severity, suggestion,
                area_x, area_y, area_width, area_height, image_width, image_height, start_seconds, end_seconds,
                rpd_version_id, rpd_title, rpd_version_number, asset_id
                """,
                [(1, 1, 2), (2, 3, 6)].map { number, project, finding in
                    """
                    \(Key.promotion(number).sql), \(Key.project(project).sql), \(Key.finding(finding).sql), 'Remember',
                    '{a}', \(Key.user(project == 3 ? 5 : 1).sql), \(at(250 + number)), 'Finding \(finding)', 'RISK',
                    'Redraw it.', 0.25, 0.5, 0.5, 0.25, 640, 480, 1, 2, \(Key.version(project == 3 ? 8 : 11).sql),
                    'Point', 2, \(Key.asset(project == 3 ? 9 : 2).sql)
                    """
                }),
        ].joined(separator: "\n")
    }

    /// Export 1 completed, 2 failed, 3 waits; all of task 1.
    static var exports: String {
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
            + "\n"
            + insert(
                "export_tasks", "export_id, project_id, task_id, position",
                (1...3).map { "\(Key.export($0).sql), \(Key.project(1).sql), \(Key.task(1).sql), 1" })
    }

    /// The past of review 1, of the running review 3, of export 1, and what project 1 heard of it.
    static var events: String {
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
