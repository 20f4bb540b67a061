import JSON
import Testing

@testable import Resolvers

@Suite("Facets")
struct FacetTests {
    /// Counts of a facet by what tells its values apart.
    private func counts(_ facet: JSONValue?, _ value: (JSONValue) -> String?) throws -> [String: Int64] {
        let entries = try #require(facet?.array)
        let counts = entries.compactMap { $0["count"]?.int }
        #expect(counts == counts.sorted(by: >), "the most first")
        return Dictionary(zip(entries.map { value($0) ?? "none" }, counts), uniquingKeysWith: { _, _ in -1 })
    }

    private func grouped(_ nodes: [JSONValue], _ value: (JSONValue) -> String?) -> [String: Int64] {
        nodes.reduce(into: [:]) { $0[value($1) ?? "none", default: 0] += 1 }
    }

    @Test("facets of tasks count what the list of the same filter has, by status, priority, assignee and label")
    func tasks() async throws {
        try await API.run { api in
            for (task, status, assignee) in [(1, 12, 3), (2, 11, 2)] {
                let changed = try await api.execute(
                    """
                    mutation { updateTask(input: {
                      taskId: "\(Key.task(task).id)", statusId: "\(Key.status(status).id)",
                      assigneeId: "\(Key.user(assignee).id)"
                    }) { userErrors { message } } }
                    """)
                #expect(changed.messages == [])
            }
            let filters = ["", "statusIds: [\"\(Key.status(12).id)\"]", "text: \"2\"", "text: \"nothing has this\""]
            for filter in filters.map({ $0.isEmpty ? "" : "filter: { \($0) }" }) {
                let response = try await api.execute(
                    """
                    { project(id: "\(Key.project(1).id)") {
                      tasks(first: 100 \(filter)) {
                        edges { node { status { id } priority { id } assignee { id } tags { id } } }
                      }
                      taskFacets\(filter.isEmpty ? "" : "(\(filter))") {
                        statuses { node { id } count } priorities { node { id } count } assignees { node { id } count }
                        taskTags { node { id } count }
                      }
                    } }
                    """)
                #expect(response.messages == [])
                let nodes = (response["project.tasks.edges"]?.array ?? []).compactMap { $0["node"] }
                for (facet, field) in [("statuses", "status"), ("priorities", "priority"), ("assignees", "assignee")] {
                    let counted = try counts(response["project.taskFacets.\(facet)"]) { $0["node"]?["id"]?.string }
                    #expect(counted == grouped(nodes) { $0[field]?["id"]?.string }, "\(facet) \(filter)")
                }
                // A task with two labels counts for both, one without any for none.
                let labels = nodes.flatMap { node in
                    let tags = node["tags"]?.array ?? []
                    return tags.isEmpty ? [nil] : tags.map { $0["id"]?.string }
                }
                let counted = try counts(response["project.taskFacets.taskTags"]) { $0["node"]?["id"]?.string }
                let expected = labels.reduce(into: [String: Int64]()) { $0[$1 ?? "none", default: 0] += 1 }
                #expect(counted == expected, "labels \(filter)")
            }
        }
    }

    @Test(
        "facets of generated pictures count what the list of the same filter has, of the viewer alone, by each manner")
    func generated() async throws {
        try await API.run { api in
            try await api.sql(
                "update generated_references set pose = null, camera = 'far' where id = \(Key.generated(2).sql)")
            for filter in ["", "camera: \"CAMERA 1\", style: \"style 1\"", "camera: \"far\", style: \"style 1\""] {
                let arguments = filter.isEmpty ? "" : "filter: { \(filter) }"
                let response = try await api.execute(
                    """
                    { project(id: "\(Key.project(1).id)") {
                      generatedReferences(first: 100 \(arguments)) { edges { node { style pose camera lighting } } }
                      generatedReferenceFacets\(filter.isEmpty ? "" : "(\(arguments))") {
                        styles { word count } poses { word count } cameras { word count } lightings { word count }
                      }
                    } }
                    """)
                #expect(response.messages == [])
                let nodes = (response["project.generatedReferences.edges"]?.array ?? []).compactMap { $0["node"] }
                for (facet, field) in [
                    ("styles", "style"), ("poses", "pose"), ("cameras", "camera"), ("lightings", "lighting"),
                ] {
                    let counted = try counts(response["project.generatedReferenceFacets.\(facet)"]) {
                        $0["word"]?.string
                    }
                    #expect(counted == grouped(nodes) { $0[field]?.string }, "\(facet) \(filter)")
                }
            }
            // People make words up: of very many the most frequent ones are told.
            try await api.sql(
                """
                insert into generated_references (
                    project_id, created_by, prompt, enhanced_prompt, negative_prompt, aspect_ratio, number, style
                )
                select project_id, created_by, prompt, enhanced_prompt, negative_prompt, aspect_ratio, 1, 'word ' || words % 101
                from generated_references
                cross join generate_series(1, 103) as words
                where id = \(Key.generated(2).sql)
                """)
            let response = try await api.execute(
                "{ project(id: \"\(Key.project(1).id)\") { generatedReferenceFacets { styles { word count } } } }")
            let styles = response["project.generatedReferenceFacets.styles"]?.array ?? []
            #expect(styles.count == 100)
            #expect(styles.prefix(2) == [["word": "word 1", "count": 2], ["word": "word 2", "count": 2]])
        }
    }

    @Test("facets of findings count what the list of the same filter has, by severity, status and kind of review point")
    func findings() async throws {
        try await API.run { api in
            for filter in ["", "severities: [RISK]", "statuses: [RESOLVED]"] {
                let arguments = filter.isEmpty ? "" : "filter: { \(filter) }"
                let response = try await api.execute(
                    """
                    { project(id: "\(Key.project(1).id)") { reviews(first: 100) { edges { node {
                      findings(first: 100 \(arguments)) {
                        edges { node { severity status rpdVersion { rpd { kind } } } }
                      }
                      findingFacets\(filter.isEmpty ? "" : "(\(arguments))") {
                        severities { severity count } statuses { status count } rpdKinds { kind count }
                      }
                    } } } } }
                    """)
                #expect(response.messages == [])
                let reviews = (response["project.reviews.edges"]?.array ?? []).compactMap { $0["node"] }
                #expect(reviews.count > 1)
                for review in reviews {
                    let nodes = (review["findings"]?["edges"]?.array ?? []).compactMap { $0["node"] }
                    let facets = try #require(review["findingFacets"])
                    #expect(
                        try counts(facets["severities"]) { $0["severity"]?.string }
                            == grouped(nodes) { $0["severity"]?.string })
                    #expect(
                        try counts(facets["statuses"]) { $0["status"]?.string }
                            == grouped(nodes) { $0["status"]?.string })
                    #expect(
                        try counts(facets["rpdKinds"]) { $0["kind"]?.string }
                            == grouped(nodes) { $0["rpdVersion"]?["rpd"]?["kind"]?.string })
                }
                if filter.isEmpty {
                    #expect(reviews.contains { ($0["findingFacets"]?["severities"]?.array?.count ?? 0) > 0 })
                }
            }
        }
    }
}
