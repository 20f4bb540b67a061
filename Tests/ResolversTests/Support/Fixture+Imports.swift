extension Fixture {
    /// Imports 1 (tasks, partial) and 2 (entries of the registry, running) are project 1's, 3 project 3's; files 1 and 2
    /// are import 1's, 3 is import 2's.
    static var imports: String {
        func project(_ number: Int) -> String { Key.project(number == 3 ? 3 : 1).sql }
        return [
            insert(
                "imports",
                """
                id, project_id, target, status, status_id, priority_id, assignee_id, description, tags, created_by,
                created_at, finished_at
                """,
                [(1, "TASKS", "PARTIAL"), (2, "ITEMS", "RUNNING"), (3, "TASKS", "COMPLETED")].map {
                    number, target, status in
                    """
                    \(Key.import(number).sql), \(project(number)), '\(target)', '\(status)',
                    \(number == 1 ? "\(Key.status(11).sql), \(Key.priority(11).sql), \(Key.user(1).sql)" : "null, null, null"),
                    'About', '{a,b}', \(Key.user(number == 3 ? 5 : number).sql), \(at(360 + number)),
                    \(number == 2 ? "null" : at(370))
                    """
                }),
            insert(
                "import_tags", "import_id, tag_id, project_id",
                ["\(Key.import(1).sql), \(Key.tag(1).sql), \(project(1))"]),
            insert(
                "import_items",
                """
                id, project_id, import_id, position, unit, name, folder, status, asset_id, task_id, made_count, error_code,
                error_message, started_at, finished_at, warnings
                """,
                [(1, 1, 1, 1, 1), (2, 1, 2, 7, 0), (3, 2, 1, 4, 0), (4, 3, 1, 9, 5)].map {
                    number, owner, position, asset, task in
                    let status = [2: "FAILED", 3: "RUNNING"][number] ?? "SUCCEEDED"
                    return """
                        \(Key.importItem(number).sql), \(project(owner)), \(Key.import(owner).sql), \(position), \(position),
                        'picture \(number).png', 'set A', '\(status)', \(Key.asset(asset).sql),
                        \(task == 0 ? "null" : Key.task(task).sql), \(task == 0 ? 0 : 1),
                        \(number == 2 ? "'ASSET_NOT_READY', 'Not yet.'" : "null, null"), \(at(365)),
                        \(number == 3 ? "null" : at(366)),
                        \(number == 1 ? #"'[{"code":"MEDIA_LINKED","slide":3,"message":"Linked."}]'"# : "'[]'")
                        """
                }),
        ].joined(separator: "\n")
    }
}
