import Foundation
import JSON
import Testing

@testable import Resolvers

/// Operations with the statements that they cost and what they answer, in files beside each other.
///
/// They are `x.graphql`, `x.sql` and `x.json`; a statement too many shows in the review as a longer file.
@Suite("Operations and their statements", .timeLimit(.minutes(15)))
struct OperationTests {
    @Test(
        "an operation sends the statements and gives the answer that its files say", arguments: GoldenFile.operations())
    func golden(name: String) async throws {
        let text = try GoldenFile.read("\(name).graphql")
        let person = Person.allCases.first { text.contains("# as: \($0)") } ?? .supervisor
        try await API.run { api in
            let answer = Mutexed<Response?>(nil)
            let statements = try await api.countStatements {
                let response = try await api.execute(text, as: person, Self.variables(in: text))
                answer.change { $0 = response }
            }
            let response = try #require(answer.value)
            try GoldenFile.check(statements.map { $0 + ";\n" }.joined(separator: "\n"), "\(name).sql")
            try GoldenFile.check(response.json.pretty() + "\n", "\(name).json")
        }
    }

    /// The variables that an operation's comments give: `# $id = Project 1`, `# $n = 3`.
    private static func variables(in text: String) -> JSONObject {
        var variables = JSONObject()
        for line in text.split(separator: "\n") where line.hasPrefix("# $") {
            let parts = line.dropFirst(3).split(separator: " = ", maxSplits: 1)
            let words = parts[1].split(separator: " ")
            if words.count == 2, let number = Int(words[1]),
                let table = FieldCoverageTests.samples.first(where: { $0.typeName == words[0] })?.table
            {
                variables[String(parts[0])] = .string(Key(typeName: String(words[0]), table: table, number: number).id)
            } else {
                variables[String(parts[0])] = Int64(parts[1]).map { .int($0) } ?? .string(String(parts[1]))
            }
        }
        return variables
    }

    @Test("how many statements an operation costs does not depend on how much it finds: one per level and field")
    func widthIsFree() async throws {
        try await API.run { api in
            let query = try GoldenFile.read("five-levels.graphql")
            func run() async throws -> (statements: [String], findings: Int) {
                let found = Mutexed(0)
                let statements = try await api.countStatements {
                    let response = try await api.execute(query, ["n": 100])
                    #expect(response.messages == [])
                    found.change { $0 = response.text.components(separatedBy: "\"severity\"").count - 1 }
                }
                return (statements, found.value)
            }
            let narrow = try await run()
            try await api.sql(Self.multiplication)
            let wide = try await run()
            #expect(narrow.findings == 5)
            #expect(wide.findings == 5 + 40 * 3)
            #expect(wide.statements == narrow.statements)
            // As many as the operation has fields that need the database.
            #expect(narrow.statements.count == 18)
        }
    }

    /// Forty more tasks with a picture, a review and three findings each.
    private static let multiplication = """
        with new_tasks as (
            insert into tasks (project_id, status_id, priority_id, name, assignee_id)
            select \(Key.project(1).sql), \(Key.status(12).sql), \(Key.priority(11).sql), 'more', \(Key.user(4).sql)
            from generate_series(1, 40)
            returning id
        ), new_subtasks as (
            insert into subtasks (project_id, task_id, position, kind, name)
            select \(Key.project(1).sql), id, 1, 'PICTURE', 'more' from new_tasks
            returning id
        ), new_contents as (
            insert into subtask_contents (project_id, subtask_id, version, asset_id)
            select \(Key.project(1).sql), id, 1, \(Key.asset(3).sql) from new_subtasks
            returning id, subtask_id
        ), new_reviews as (
            insert into reviews (
                project_id, subtask_id, content_id, version, status, mode, trigger, created_by, finished_at
            )
            select \(Key.project(1).sql), subtask_id, id, 1, 'COMPLETED', 'SPEED', 'RPD_SELECTION', \(Key.user(2).sql), now()
            from new_contents
            returning id
        ), new_outcomes as (
            insert into review_outcomes (project_id, review_id, rpd_version_id, position, status)
            select \(Key.project(1).sql), id, \(Key.version(2).sql), 1, 'OK' from new_reviews
            returning id, review_id
        )
        insert into findings (project_id, review_id, outcome_id, rpd_version_id, ordinal, description, severity)
        select \(Key.project(1).sql), review_id, id, \(Key.version(2).sql), ordinal, 'more', 'ALERT'
        from new_outcomes, generate_series(1, 3) as ordinal
        """
}
