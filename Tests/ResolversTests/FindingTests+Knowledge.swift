import Foundation
import JSON
import Testing

@testable import Resolvers

// What a project keeps of findings.
extension FindingTests {
    @Test("a finding is promoted once, and its entry outlives the material with all that it says")
    func promotion() async throws {
        try await API.run { api in
            // Nothing else has the file that is looked at.
            let file = Key.asset(60)
            try await api.sql(
                """
                insert into assets (
                    id, project_id, purpose, state, file_name, media_type, byte_count, object_key, width, height, sha256
                )
                select \(file.sql), project_id, purpose, state, file_name, media_type, byte_count, 'files/60', width, height,
                    sha256
                from assets
                where id = \(Key.asset(2).sql)
                """)
            try await api.sql(
                "update subtask_contents set asset_id = \(file.sql) where id = \(Key.content(11).sql)")
            let area = "area: { x: 0.5, y: 0.25, width: 0.25, height: 0.5 }"
            _ = try await mutate(
                api, "updateFinding", "\(finding(5)), description: \"Wrong eyes\", suggestion: \"Redraw\", \(area)",
                "finding { id }")
            try await api.sql(
                "update findings set start_seconds = 1.5, end_seconds = 2 where id = \(Key.finding(5).sql)")
            let said = """
                description severity suggestion startSeconds endSeconds rpdTitle rpdVersionNumber notes tags asset { id }
                area { imageWidth normalized { x y width height } }
                """
            let promoted = try await mutate(
                api, "promoteFinding", "\(finding(5)), notes: \"Mind the eyes\", tags: [\"eyes\"]",
                "promotion { \(said) finding { promotion { notes } rpdVersion { title versionNumber } } }")
            let entry = try #require(promoted["promoteFinding.promotion"])
            #expect(entry["finding"]?["promotion"]?["notes"] == "Mind the eyes")
            #expect(entry["description"] == "Wrong eyes")
            #expect(entry["suggestion"] == "Redraw")
            #expect(entry["severity"] == "RISK")
            #expect([entry["startSeconds"], entry["endSeconds"]] == [1.5, 2])
            #expect(entry["asset"]?["id"] == .string(file.id))
            #expect(entry["area"]?["normalized"] == ["x": 0.5, "y": 0.25, "width": 0.25, "height": 0.5])
            #expect(entry["rpdTitle"] == entry["finding"]?["rpdVersion"]?["title"])
            #expect(entry["rpdVersionNumber"] == entry["finding"]?["rpdVersion"]?["versionNumber"])
            let again = try await mutate(api, "promoteFinding", finding(5), "promotion { id }")
            #expect(again.problems("promoteFinding") == ["input.findingId DUPLICATE"])
            for statement in ["update tasks set deleted_at = now()", "delete from tasks"] {
                try await api.sql("\(statement) where id = \(Key.task(1).sql)")
                let list = try await api.execute(
                    """
                    { project(id: "\(Key.project(1).id)") {
                      promotedFindings(first: 1) { edges { node { \(said) finding { id } } } }
                    } }
                    """)
                let left = list["project.promotedFindings.edges"]?.array?.first?["node"]
                #expect(left?["finding"] == .null, "\(statement)")
                for name in [
                    "description", "severity", "suggestion", "startSeconds", "endSeconds", "rpdTitle",
                    "rpdVersionNumber",
                    "asset", "area",
                ] {
                    #expect(left?[name] == entry[name], "\(statement): \(name)")
                }
            }
        }
    }

    @Test("an entry of the knowledge is changed by whoever saw it last, and taken back with its finding left")
    func knowledge() async throws {
        try await API.run { api in
            let entry = "promotedFindingId: \"\(Key.promotion(1).id)\""
            let selection = "promotion { notes tags description updatedAt }"
            let noted = try await mutate(api, "updatePromotedFinding", "\(entry), notes: \"Mind it\"", selection)
            #expect(noted["updatePromotedFinding.promotion.notes"] == "Mind it")
            #expect(noted["updatePromotedFinding.promotion.tags"] == ["a"])
            let tagged = try await mutate(
                api, "updatePromotedFinding", "\(entry), tags: [\" eyes \"]", selection, as: .partner)
            #expect(tagged["updatePromotedFinding.promotion.notes"] == "Mind it")
            #expect(tagged["updatePromotedFinding.promotion.tags"] == ["eyes"])
            for (tags, count) in [("\"eyes\"", 1), ("\"eyes\", \"hair\"", 0), ("\"a\"", 0)] {
                let list = try await api.execute(
                    """
                    { project(id: "\(Key.project(1).id)") { promotedFindings(filter: { tags: [\(tags)] }) { totalCount } } }
                    """)
                #expect(list["project.promotedFindings.totalCount"] == .int(Int64(count)), "\(tags)")
            }
            let many = try await mutate(
                api, "updatePromotedFinding",
                "\(entry), tags: [\(Array(repeating: "\"a\"", count: 101).joined(separator: ", "))]", selection)
            #expect(many.problems("updatePromotedFinding") == ["input.tags TOO_LONG"])
            let seen = noted["updatePromotedFinding.promotion.updatedAt"]?.string ?? ""
            let late = try await mutate(
                api, "updatePromotedFinding",
                "\(entry), notes: \"\(String(repeating: "x", count: 5001))\", tags: [\"\"], expectedUpdatedAt: \"\(seen)\"",
                selection)
            #expect(
                late.problems("updatePromotedFinding") == [
                    "input.notes TOO_LONG", "input.tags.0 REQUIRED", "input.expectedUpdatedAt CONFLICT",
                ])
            #expect(late["updatePromotedFinding.promotion.notes"] == "Mind it")
            let deleted = try await mutate(api, "deletePromotedFinding", entry, "deletedPromotedFindingId")
            #expect(deleted["deletePromotedFinding.deletedPromotedFindingId"] == .string(Key.promotion(1).id))
            let again = try await mutate(api, "deletePromotedFinding", entry, "deletedPromotedFindingId")
            #expect(again.codes == ["NOT_FOUND"])
            let promoted = try await mutate(api, "promoteFinding", finding(2), "promotion { description }")
            #expect(promoted["promoteFinding.promotion.description"] == "Finding 2 「監修」")
        }
    }
}
