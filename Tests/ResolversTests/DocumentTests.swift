import Database
import Foundation
import JSON
import Testing

@testable import Resolvers

/// Works and documents.
@Suite("Works and documents", .timeLimit(.minutes(15)))
struct DocumentTests {
    private func mutate(
        _ api: API, _ field: String, _ input: String, _ selection: String, as person: Person = .supervisor
    ) async throws -> Response {
        try await api.execute(
            "mutation { \(field)(input: { \(input) }) { \(selection) userErrors { field code message } } }", as: person)
    }

    private func node(_ api: API, _ key: Key, _ selection: String, as person: Person = .supervisor) async throws
        -> JSONValue?
    {
        try await api.execute(
            "query($id: ID!) { node(id: $id) { ... on \(key.typeName) { \(selection) } } }", as: person,
            ["id": .string(key.id)])["node"]
    }

    private let work = #"ipId: "\#(Key.ip(1).id)""#

    @Test("a work is seen from every project to which it is attached, and shows only those that the viewer sees")
    func projects() async throws {
        try await API.run { api in
            for (person, projects) in [(Person.owner, [1, 2]), (.partner, [1])] {
                let expected = JSONValue.array(projects.map { ["id": .string(Key.project($0).id)] })
                #expect(try await node(api, .ip(1), "projects { id }", as: person)?["projects"] == expected)
            }
            // The partner does not see project 2, so that who detaches project 1 takes the work from the partner.
            let moved = try await mutate(
                api, "updateIp", "\(work), projectIds: [\"\(Key.project(2).id)\"]", "ip { projects { id } }")
            #expect(moved["updateIp.ip.projects"] == [["id": .string(Key.project(2).id)]])
            #expect(try await node(api, .ip(1), "id", as: .partner)?.isNull == true)
            #expect(try await node(api, .character(1), "ip { id }")?["ip"] == .null)
        }
    }

    @Test("projects of others, no project at all and an older state are refused, each with its field")
    func refusals() async throws {
        try await API.run { api in
            for (input, problem) in [
                ("projectIds: [\"\(Key.project(1).id)\", \"\(Key.project(3).id)\"]", "input.projectIds.1 NOT_FOUND"),
                ("projectIds: []", "input.projectIds REQUIRED"), ("name: \" \"", "input.name REQUIRED"),
                ("expectedUpdatedAt: \"2020-01-01T00:00:00Z\"", "input.expectedUpdatedAt CONFLICT"),
            ] {
                let response = try await mutate(api, "updateIp", "\(work), \(input)", "ip { name }")
                #expect(response.problems("updateIp") == [problem])
                #expect(response["updateIp.ip.name"] == "Work 1")
            }
            let character = "characterId: \"\(Key.character(2).id)\""
            let foreign = try await mutate(
                api, "updateCharacter", "\(character), ipId: \"\(Key.ip(3).id)\"", "character { id }")
            #expect(foreign.problems("updateCharacter") == ["input.ipId NOT_FOUND"])
        }
    }

    @Test("while a work is deleted its characters have none, and with it they get it back")
    func deletion() async throws {
        try await API.run { api in
            _ = try await mutate(api, "deleteIp", work, "deletedIpId")
            #expect(try await node(api, .ip(1), "id")?.isNull == true)
            #expect(try await node(api, .character(1), "ip { id }")?["ip"] == .null)
            #expect(try await mutate(api, "updateIp", "\(work), name: \"x\"", "ip { id }").codes == ["NOT_FOUND"])
            _ = try await mutate(api, "restoreIp", work, "ip { id }")
            #expect(try await node(api, .character(1), "ip { name }")?["ip"]?["name"] == "Work 1")
            let found = try await api.execute(
                """
                { project(id: "\(Key.project(1).id)") {
                  characters(filter: { \(work) }) { edges { node { id } } }
                  none: characters(filter: { ipId: "nonsense" }) { totalCount }
                } }
                """)
            #expect(found.ids("project.characters") == [Key.character(1).id])
            #expect(found["project.none.totalCount"] == 0)
        }
    }

    @Test("a document waits for a worker, is entered once, and is found by kind, state and text")
    func documents() async throws {
        try await API.run { api in
            let input = "projectId: \"\(Key.project(1).id)\", assetId: \"\(Key.asset(15).id)\""
            let made = try await mutate(
                api, "createDocument", input, "document { id name kind status pages { totalCount } }", as: .partner)
            #expect(made["createDocument.document.name"] == "plan 5.pdf")
            #expect(made["createDocument.document.status"] == "PENDING")
            #expect(try await api.sql("select count(*) from jobs where kind = 'document'")[0].int(0) == 1)
            let again = try await mutate(api, "createDocument", input, "document { id }")
            #expect(again.problems("createDocument") == ["input.assetId DUPLICATE"])
            let picture = try await mutate(
                api, "createDocument", "projectId: \"\(Key.project(1).id)\", assetId: \"\(Key.asset(1).id)\"",
                "document { id }")
            #expect(picture.problems("createDocument") == ["input.assetId NOT_FOUND"])
            let found = try await api.execute(
                """
                { project(id: "\(Key.project(1).id)") {
                  failed: documents(filter: { statuses: [FAILED], kinds: [PDF] }) { edges { node { id } } totalCount }
                  named: documents(filter: { text: "ABOUT 1" }) { edges { node { id } } }
                  texts: documents(filter: { kinds: [TEXT] }) { totalCount }
                } }
                """)
            #expect(found.ids("project.failed") == [Key.document(4).id])
            #expect(found.ids("project.named") == [Key.document(1).id])
            #expect(found["project.texts.totalCount"] == 0)
        }
    }

    @Test("a picture of a document has a small copy and leads to its entry in the registry, which leads back")
    func pictures() async throws {
        try await API.run { api in
            let listed = try await node(
                api, .document(1),
                "pictures { edges { node { id pageNumber position name asset { id } item { id } document { id } } } }",
                as: .partner)
            let pictures = (listed?["pictures"]?["edges"]?.array ?? []).compactMap { $0["node"] }
            #expect(pictures.map { $0["id"] } == [1, 2].map { .string(Key.documentPicture($0).id) })
            #expect(pictures.map { $0["item"] } == [["id": .string(Key.item(2).id)], .null])
            #expect(pictures.map { $0["position"] } == [1, 2] && pictures.map { $0["pageNumber"] } == [1, 1])
            #expect(pictures.map { $0["document"]?["id"] } == [1, 1].map { .string(Key.document($0).id) })
            let input = "documentId: \"\(Key.document(1).id)\", tags: [\"x\"], pictureIds: "
            let ids = [2, 1].map { "\"\(Key.documentPicture($0).id)\"" }.joined(separator: ", ")
            let entered = try await mutate(
                api, "createItemsFromDocument", "\(input) [\(ids)]",
                "items { id description tags documentPicture { id } documentPage { id } }", as: .partner)
            let items = entered["createItemsFromDocument.items"]?.array ?? []
            #expect(items.map { $0["documentPicture"]?["id"] } == [2, 1].map { .string(Key.documentPicture($0).id) })
            #expect(items.map { $0["description"] } == ["Picture 2", "Item 2"])
            #expect(items.first?["tags"] == ["x"] && items.first?["documentPage"] == .null)
            let found = try await api.execute(
                """
                { project(id: "\(Key.project(1).id)") {
                  items(filter: { documentId: "\(Key.document(1).id)" }, orderBy: { field: CREATED_AT }) {
                    edges { node { description } }
                  }
                } }
                """)
            let descriptions = found["project.items.edges"]?.array?.compactMap { $0["node"]?["description"]?.string }
            #expect(descriptions == ["Item 1", "Item 2", "Picture 2"])
            let foreign = try await mutate(
                api, "createItemsFromDocument", "\(input) [\"\(Key.documentPicture(3).id)\"]", "items { id }")
            #expect(foreign.problems("createItemsFromDocument") == ["input.pictureIds.0 NOT_FOUND"])
            #expect(foreign["createItemsFromDocument.items"] == [])
        }
    }

    @Test("a deleted document takes its pages with it, and brings them back")
    func deletedDocument() async throws {
        try await API.run { api in
            let input = "documentId: \"\(Key.document(1).id)\""
            #expect(try await node(api, .item(1), "documentPage { number }")?["documentPage"]?["number"] == 1)
            _ = try await mutate(api, "deleteDocument", input, "deletedDocumentId")
            #expect(try await node(api, .page(1), "id")?.isNull == true)
            #expect(try await node(api, .item(1), "documentPage { number }")?["documentPage"] == .null)
            let late = try await mutate(api, "updateDocument", "\(input), name: \"x\"", "document { id }")
            #expect(late.codes == ["NOT_FOUND"])
            _ = try await mutate(api, "restoreDocument", input, "document { id }")
            #expect(try await node(api, .page(1), "text")?["text"] == "Says 1 「監修」")
        }
    }
}
