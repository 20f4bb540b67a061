import Database
import Foundation
import JSON
import Testing

@testable import Resolvers

@Suite("Search", .timeLimit(.minutes(15)))
struct SearchTests {
    private static let query = """
        query($query: String!, $projectId: ID, $types: [SearchType!], $first: Int, $after: String, $last: Int, $before: String) {
          search(
            query: $query, projectId: $projectId, types: $types, first: $first, after: $after, last: $last, before: $before
          ) {
            edges { cursor node {
              match
              object {
                __typename
                ... on Task { id name } ... on Finding { id } ... on Character { id name }
                ... on ReviewPointDefinition { id activeVersion { title } }
              }
              highlights { field fragments { text isMatch } }
            } }
            pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
            totalCount
          }
        }
        """

    private func find(
        _ api: API, _ text: String, as person: Person = .supervisor, _ more: JSONObject = JSONObject()
    ) async throws -> Response {
        var variables = more
        variables["query"] = .string(text)
        return try await api.execute(Self.query, as: person, variables)
    }

    /// The names of the tasks that are found.
    private func tasks(_ api: API, _ text: String) async throws -> [String] {
        let response = try await find(api, text, ["types": ["TASK"]])
        #expect(response.messages == [], "\(text)")
        return response.hits.compactMap { $0["object"]?["name"]?.string }
    }

    private func addTasks(_ api: API, _ names: [String]) async throws {
        for (number, name) in names.enumerated() {
            try await api.pool.query(
                """
                insert into tasks (project_id, status_id, priority_id, name, created_at)
                values (
                    \(Key.project(1).uuid), \(Key.status(11).uuid), \(Key.priority(11).uuid), \(name),
                    timestamptz '2026-02-01' - make_interval(mins => \(Int32(number)))
                )
                """)
        }
    }

    @Test("a review point is found by what a group of its active version says")
    func groups() async throws {
        try await API.run { api in
            let found = try await find(api, "toys", ["types": ["REVIEW_POINT_DEFINITION"]])
            #expect(found.hits.map { $0["object"]?["id"]?.string } == [Key.rpd(1).id])
            #expect(found.hits.first?["highlights"]?[0]?["field"] == "INSTRUCTION")
            let listed = try await api.execute(
                """
                query($id: ID!) { project(id: $id) {
                  rpds(filter: { text: "a BLADE" }) { edges { node { activeVersion { groups { tag } } } } }
                } }
                """, ["id": .string(Key.project(1).id)])
            #expect(
                listed["project.rpds.edges"] == [["node": ["activeVersion": ["groups": [["tag": "Sword"]]]]]])
        }
    }

    @Test("a task is found by its number before all else, once, with or without the T")
    func numbers() async throws {
        try await API.run { api in
            let number = try await api.number("select number from tasks where id = \(Key.task(2).sql)")
            try await addTasks(api, ["No. \(number)", "T\(number)0"])
            for (text, others) in [
                ("T\(number)", ["T\(number)0"]), ("ｔ\(number)", ["T\(number)0"]),
                ("\(number)", ["No. \(number)", "T\(number)0"]),
            ] {
                let found = try await find(api, text, ["types": ["TASK"]])
                #expect(found.messages == [], "\(text)")
                let hits = found.hits
                #expect(hits.first?["match"] == "NUMBER" && hits.first?["object"]?["name"] == "Task 2", "\(text)")
                #expect(hits.dropFirst().compactMap { $0["object"]?["name"]?.string } == others, "\(text)")
                #expect(hits.dropFirst().allSatisfy { $0["match"] == "NAME" })
                #expect(found["search.totalCount"] == .int(Int64(hits.count)))
                var paged: [JSONValue] = []
                var after: JSONValue = .null
                repeat {
                    let page = try await find(
                        api, text, ["types": ["TASK"], "first": 1, "after": after])
                    paged += page.hits
                    after =
                        page["search.pageInfo.hasNextPage"] == true ? page["search.pageInfo.endCursor"] ?? .null : .null
                } while after != .null
                #expect(paged == hits, "\(text)")
            }
            for text in ["T\(number) x", "T0", "T999999999", "T9999999999"] {
                #expect(try await tasks(api, text).isEmpty, "\(text)")
            }
            try await api.sql("update tasks set deleted_at = now() where id = \(Key.task(2).sql)")
            #expect(try await tasks(api, "T\(number)") == ["T\(number)0"])
        }
    }

    // MARK: Words

    @Test("words are found in Japanese and in Latin letters, whatever their width, kana and case")
    func words() async throws {
        try await API.run { api in
            let names = [
                "瞳の色を直す", "髪飾りの制服", "カタカナのロゴ", "ﾊﾝｶｸｶﾞﾝﾀﾞﾑ", "ＦＵＬＬ Width", "École Zürich", "㌔と①番", "が゙んばる",
                "a'b\\c", "100%_off", "& | ! :* ( ) <->", "📦箱",
            ]
            try await addTasks(api, names)
            let expected: [(String, [Int])] = [
                ("瞳", [0]), ("瞳の", [0]), ("の色", [0]), ("瞳の色", [0]), ("色瞳", []), ("の", [0, 1, 2]), ("制服 髪", [1]),
                ("制服　飾り", [1]), ("制服 瞳", []), ("かたかな", [2]), ("ｶﾀｶﾅ", [2]), ("ロゴ", [2]), ("ろご", [2]), ("はんかく", [3]),
                ("ガンダム", [3]), ("がんだ", [3]), ("full", [4]), ("ｆｕｌｌ　WIDTH", [4]), ("ull wid", [4]), ("école", [5]),
                ("ÉCOLE", [5]), ("zÜRI", [5]), ("キロ", [6]), ("1番", [6]), ("a'b", [8]), ("b\\c", [8]), ("\\", [8]),
                ("%_", [9]),
                ("100%", [9]), ("0_o", []), ("_", [9]), ("%", [9]), (":*", [10]), ("<->", [10]), ("& |", [10]),
                ("'", [8]),
                ("''", []), ("📦", [11]), ("📦箱", [11]), ("箱", [11]), ("", []), (" 　\n", []), ("色を直す瞳", []),
            ]
            for (text, places) in expected {
                #expect(try await tasks(api, text) == places.map { names[$0] }, "\(text)")
            }
        }
    }

    @Test("a text is folded for highlights as the database folds it")
    func folding() async throws {
        try await API.run { api in
            for text in [
                "瞳の色", "カタカナ ヴヵヶヽヾ", "ﾊﾝｶｸｶﾞﾊﾟ", "ＡＢＣ１２３", "ÉÀÖßŒ", "①㌔㍿ﬁ", "が", "ΑΒΓ Привет", "a'b\\c%_", "ｱｲｳ゛゜", "〜～－",
            ] {
                let row = try #require(try await api.pool.queryFirst("select search_fold(\(text))"))
                let folded = text.map { String(String.UnicodeScalarView(SearchHighlighter.fold($0))) }.joined()
                #expect(folded.unicodeScalars.elementsEqual(row.string(0).unicodeScalars), "\(text)")
            }
        }
    }

    @Test(
        "what has a word in its name comes before what has it elsewhere; among these characters first, then the newest")
    func order() async throws {
        try await API.run { api in
            try await addTasks(api, ["蝶の羽", "羽", "羽根"])
            try await api.sql("update tasks set description = '羽' where id = \(Key.task(1).sql)")
            try await api.sql("update characters set name = '羽', alias = '蝶' where id = \(Key.character(1).sql)")
            try await api.sql("update rpd_versions set title = '羽の形' where id = \(Key.version(11).sql)")
            try await api.sql("update findings set suggestion = '羽を直す' where id = \(Key.finding(1).sql)")
            let response = try await find(api, "羽")
            #expect(response.messages == [])
            let found = response.hits.map { hit -> String in
                let object = hit["object"]
                let name = object?["name"]?.string ?? object?["activeVersion"]?["title"]?.string ?? "-"
                return [hit["match"]?.string ?? "?", object?["__typename"]?.string ?? "?", name].joined(separator: " ")
            }
            #expect(
                found == [
                    "NAME Character 羽", "NAME ReviewPointDefinition 羽の形", "NAME Task 蝶の羽", "NAME Task 羽",
                    "NAME Task 羽根", "TEXT Task Task 1", "TEXT Finding -",
                ])
            #expect(response["search.totalCount"] == 7)
            let alias = try await find(api, "蝶", ["types": ["CHARACTER", "FINDING"]])
            #expect(alias.hits.map { $0["match"] } == ["TEXT"])
            #expect(alias["search.totalCount"] == 1)
        }
    }

    // MARK: Pages

    @Test("pages put together are the whole, forwards and backwards, over the borders between sorts")
    func pages() async throws {
        try await API.run { api in
            // One word is the number of a task, before which nothing can come.
            let twice = "2 2"
            let whole = try await find(api, twice)
            let all = whole.hits.map(\.objectID)
            #expect(all.count > 3)
            #expect(Set(all).count == all.count)
            #expect(whole["search.totalCount"] == .int(Int64(all.count)))
            #expect(Set(whole.hits.compactMap { $0["match"]?.string }).count > 1)
            for size in 1...3 {
                var forwards: [String?] = []
                var after: JSONValue = .null
                repeat {
                    let page = try await find(api, twice, ["first": .int(Int64(size)), "after": after])
                    #expect(page["search.pageInfo.hasPreviousPage"] == .bool(!after.isNull))
                    forwards += page.hits.map(\.objectID)
                    after =
                        page["search.pageInfo.hasNextPage"] == true ? page["search.pageInfo.endCursor"] ?? .null : .null
                    // What comes in front moves nothing.
                    let project = Key.project(1).sql
                    try await api.sql("insert into characters (project_id, name) values (\(project), 'new 2')")
                } while !after.isNull && forwards.count <= all.count
                #expect(forwards == all, "pages of \(size)")
                try await api.sql("delete from characters where name = 'new 2'")
                var backwards: [String?] = []
                var before: JSONValue = .null
                repeat {
                    let page = try await find(api, twice, ["last": .int(Int64(size)), "before": before])
                    backwards = page.hits.map(\.objectID) + backwards
                    before =
                        page["search.pageInfo.hasPreviousPage"] == true
                        ? page["search.pageInfo.startCursor"] ?? .null : .null
                } while !before.isNull && backwards.count <= all.count
                #expect(backwards == all, "pages of \(size)")
            }
        }
    }

    @Test("hits are counted up to a thousand")
    func counting() async throws {
        try await API.run { api in
            try await api.sql(
                """
                insert into tasks (project_id, status_id, priority_id, name)
                select \(Key.project(1).sql), \(Key.status(11).sql), \(Key.priority(11).sql), '多い ' || number
                from generate_series(1, 1001) as number
                """)
            let response = try await find(api, "多い", ["first": 1])
            #expect(response["search.totalCount"] == 1000)
            #expect(response.hits.count == 1)
        }
    }

    // MARK: Highlights

    @Test("highlights show every text with a word in it, as it was written, around the first match")
    func highlights() async throws {
        try await API.run { api in
            let long = String(repeating: "あ", count: 100) + "ﾛｺﾞ" + String(repeating: "い", count: 300)
            try await api.pool.query(
                "update characters set name = 'ロゴの人', alias = 'Mr. LOGO', features = \(long) where id = \(Key.character(1).uuid)"
            )
            let response = try await find(api, "ろご", ["types": ["CHARACTER"]])
            let expected: JSONValue = [
                ["field": "NAME", "fragments": [["text": "ロゴ", "isMatch": true], ["text": "の人", "isMatch": false]]],
                [
                    "field": "FEATURES",
                    "fragments": [
                        ["text": "…", "isMatch": false],
                        ["text": .string(String(repeating: "あ", count: 40)), "isMatch": false],
                        ["text": "ﾛｺﾞ", "isMatch": true],
                        ["text": .string(String(repeating: "い", count: 118)), "isMatch": false],
                        ["text": "…", "isMatch": false],
                    ],
                ],
            ]
            #expect(response.hits.first?["highlights"] == expected)
        }
    }

    // MARK: Access

    @Test("a search finds what the role may see and counts nothing else", arguments: Role.allCases)
    func access(role: Role) async throws {
        try await role.run { api in
            let response = try await find(api, "task", as: role.person, ["first": 100])
            guard role != .anonymous else {
                #expect(response.codes == ["UNAUTHENTICATED"])
                return
            }
            let tasks: [Key: [Int]] = [.project(1): [1, 2, 3], .project(2): [4], .project(3): [5]]
            let projects = AccessMatrix.lists["projects"]?[role] ?? []
            let expected = Set(projects.flatMap { tasks[$0] ?? [] }.map { Key.task($0).id })
            #expect(response.messages == [])
            #expect(Set(response.hits.compactMap(\.objectID)) == expected)
            #expect(response["search.totalCount"] == .int(Int64(expected.count)))
            for (project, numbers) in tasks {
                let inside = try await find(api, "task", as: role.person, ["projectId": .string(project.id)])
                let isVisible = projects.contains(project)
                #expect(
                    Set(inside.hits.compactMap(\.objectID)) == Set(isVisible ? numbers.map { Key.task($0).id } : []))
                #expect(inside["search.totalCount"] == .int(isVisible ? Int64(numbers.count) : 0))
            }
        }
    }

    @Test("what was deleted, and what lies in it, is not found; nor are versions that are not active")
    func deleted() async throws {
        try await API.run { api in
            try await api.sql("update tasks set deleted_at = now() where id = \(Key.task(1).sql)")
            let task = try await find(api, "task 1")
            #expect(task["search.totalCount"] == 0)
            let findings = try await find(api, "監修")
            #expect(findings.messages == [])
            let gone = try await api.sql(
                """
                select findings.id
                from findings
                join reviews on reviews.id = findings.review_id
                join subtasks on subtasks.id = reviews.subtask_id
                where subtasks.task_id = \(Key.task(1).sql)
                """)
            #expect(gone.count > 0)
            #expect(
                !gone.contains { row in findings.text.contains(row.uuid(0).uuidString.lowercased().filter { $0 != "-" })
                })
            try await api.sql(
                "update rpd_versions set title = 'もう古い' where rpd_id = \(Key.rpd(1).sql) and not is_active")
            try await api.sql("update rpd_versions set title = '今の版' where rpd_id = \(Key.rpd(1).sql) and is_active")
            #expect(try await find(api, "もう古い")["search.totalCount"] == 0)
            #expect(try await find(api, "今の版")["search.totalCount"] == 1)
            try await api.sql("update rpds set deleted_at = now() where id = \(Key.rpd(1).sql)")
            #expect(try await find(api, "今の版")["search.totalCount"] == 0)
        }
    }

    @Test("what cannot be searched is the client's fault, and nothing of it reaches the database")
    func refused() async throws {
        try await API.run { api in
            let texts = [
                String(repeating: "a", count: 201), (1...11).map(String.init).joined(separator: " "), "a\u{0}b",
            ]
            for text in texts { #expect(try await find(api, text).codes == ["BAD_USER_INPUT"]) }
            let foreign = try await api.execute("{ projects(first: 1) { edges { cursor } } }")[
                "projects.edges.0.cursor"]
            let cursors: [JSONValue] = [try #require(foreign), "nonsense"]
            for cursor in cursors {
                #expect(try await find(api, "task", ["after": cursor]).codes == ["BAD_USER_INPUT"])
            }
            #expect(try await find(api, "task", ["first": 101]).codes == ["BAD_USER_INPUT"])
            #expect(try await find(api, "task", ["projectId": "nonsense"]).hits.isEmpty)
            #expect(try await find(api, "task", ["types": []])["search.totalCount"] == 0)
            #expect(api.log.entries.isEmpty)
        }
    }
}

extension Response {
    /// What a search found.
    fileprivate var hits: [JSONValue] { (self["search.edges"]?.array ?? []).compactMap { $0["node"] } }
}

extension JSONValue {
    fileprivate var objectID: String? { self["object"]?["id"]?.string }
}
