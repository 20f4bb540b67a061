import Foundation
import JSON
import Testing

@testable import Resolvers

/// Characters, reference pictures and sets of review points that are deleted: nothing shows them, and they come back whole.
@Suite("What comes back of what a project knows", .timeLimit(.minutes(15)))
struct RestoredRegistryTests {
    private func mutate(
        _ api: API, _ field: String, _ input: JSONObject, _ selection: String = "__typename"
    ) async throws -> Response {
        let type = field.prefix(1).uppercased() + field.dropFirst() + "Input"
        let response = try await api.execute(
            "mutation($input: \(type)!) { \(field)(input: $input) { \(selection) userErrors { field code } } }",
            ["input": .object(input)])
        #expect(response.messages == [])
        return response
    }

    private func id(_ key: Key) -> JSONValue { .string(key.id) }

    // MARK: Characters

    /// Everything that leads to character 1, and what it has.
    private func character(_ api: API) async throws -> JSONValue? {
        let response = try await api.execute(
            """
            {
              node(id: "\(Key.character(1).id)") { ... on Character {
                name deletedAt ip { id } picture { id } gallery { id } conceptArt { id } rpds { id } reviewSets { id }
              } }
              project(id: "\(Key.project(1).id)") { characters { totalCount edges { node { id } } } }
              rpd: node(id: "\(Key.rpd(1).id)") { ... on ReviewPointDefinition { characters { id } } }
              set: node(id: "\(Key.reviewSet(1).id)") { ... on ReviewSet { characters { id } } }
              look: node(id: "\(Key.analysis(1).id)") { ... on PictureAnalysis { characters { character { id } } } }
              subtask(id: "\(Key.subtask(1).id)") { characters { id } predictedCharacters { id } }
              task(id: "\(Key.task(1).id)") { reviewSetRecommendations { characters { id } score } }
              like: node(id: "\(Key.like(1).id)") { ... on Like {
                source { ... on Character { id } ... on Item { id } }
              } }
              search(query: "Character 1", types: [CHARACTER]) {
                totalCount edges { node { object { ... on Character { id } } } }
              }
            }
            """)
        #expect(response.messages == [])
        return response.data
    }

    @Test("a deleted character is shown by nothing that led to it, and by all of it when it is back")
    func character() async throws {
        try await API.run { api in
            let (project, subtask) = (Key.project(1).sql, Key.subtask(1).sql)
            try await api.sql(
                """
                insert into subtask_characters (subtask_id, character_id, is_predicted, project_id)
                values (\(subtask), \(Key.character(1).sql), false, \(project)),
                    (\(subtask), \(Key.character(2).sql), true, \(project))
                """)
            let before = try await character(api)
            #expect(before?["subtask"]?["characters"] == [["id": id(.character(1))]])
            #expect(before?["like"]?["source"] == ["id": id(.character(1))])
            _ = try await mutate(api, "deleteCharacter", ["characterId": id(.character(1))])
            let deleted = try await character(api)
            #expect(deleted?["node"] == .null)
            #expect(
                deleted?["project"]?["characters"]
                    == ["totalCount": 1, "edges": [["node": ["id": id(.character(2))]]]])
            #expect(deleted?["rpd"]?["characters"] == [])
            #expect(deleted?["set"]?["characters"] == [])
            #expect(deleted?["look"]?["characters"] == [["character": ["id": id(.character(2))]]])
            // Nobody else was chosen: the prediction counts again.
            #expect(deleted?["subtask"]?["characters"] == [["id": id(.character(2))]])
            #expect(deleted?["task"]?["reviewSetRecommendations"]?.array?.map { $0["characters"] } == [[]])
            #expect(deleted?["like"]?["source"] == ["id": id(.item(1))])
            #expect(deleted?["search"] == ["totalCount": 0, "edges": []])
            let again = try await mutate(
                api, "restoreCharacter", ["characterId": id(.character(1))], "character { id deletedAt }")
            #expect(again["restoreCharacter.character"] == ["id": id(.character(1)), "deletedAt": nil])
            #expect(try await character(api) == before)
        }
    }

    @Test("a deleted character is changed by nobody and chosen nowhere, and nobody looks for it")
    func deletedCharacter() async throws {
        try await API.run { api in
            _ = try await mutate(api, "deleteCharacter", ["characterId": id(.character(1))])
            let change = try await api.execute(
                "mutation($id: ID!) { updateCharacter(input: { characterId: $id, name: \"x\" }) { __typename } }",
                ["id": id(.character(1))])
            #expect(change.codes == ["NOT_FOUND"])
            let chosen = JSONValue.array([id(.character(1))])
            for (field, owner, key) in [
                ("setSubtaskCharacters", "subtaskId", Key.subtask(1)),
                ("updateReviewSet", "reviewSetId", .reviewSet(1)),
            ] {
                let response = try await mutate(api, field, [owner: id(key), "characterIds": chosen])
                #expect(response.problems(field) == ["input.characterIds.0 NOT_FOUND"])
            }
            // It was the only one with pictures.
            let look = try await mutate(api, "predictCharacters", ["subtaskId": id(.subtask(5))])
            #expect(look.problems("predictCharacters") == ["input.subtaskId NO_CHARACTER_PICTURES"])
            // Twice is once.
            _ = try await mutate(api, "deleteCharacter", ["characterId": id(.character(1))])
        }
    }

    @Test("what is linked to something deleted keeps that link, whatever else people link meanwhile")
    func linksOfDeleted() async throws {
        try await API.run { api in
            _ = try await mutate(
                api, "setSubtaskCharacters",
                ["subtaskId": id(.subtask(1)), "characterIds": [id(.character(1))]])
            _ = try await mutate(api, "deleteCharacter", ["characterId": id(.character(1))])
            _ = try await mutate(api, "deleteRpd", ["rpdId": id(.rpd(1))])
            let others: JSONValue = [id(.character(2))]
            _ = try await mutate(
                api, "setSubtaskCharacters", ["subtaskId": id(.subtask(1)), "characterIds": others])
            let set = try await mutate(
                api, "updateReviewSet",
                ["reviewSetId": id(.reviewSet(1)), "characterIds": others, "rpdIds": []],
                "reviewSet { characters { id } rpds { id } }")
            #expect(set["updateReviewSet.reviewSet"] == ["characters": [["id": id(.character(2))]], "rpds": []])
            _ = try await mutate(api, "restoreCharacter", ["characterId": id(.character(1))])
            _ = try await mutate(api, "restoreRpd", ["rpdId": id(.rpd(1))])
            let both: JSONValue = [["id": id(.character(1))], ["id": id(.character(2))]]
            let found = try await api.execute(
                """
                { node(id: "\(Key.reviewSet(1).id)") { ... on ReviewSet { characters { id } rpds { id } } }
                  subtask(id: "\(Key.subtask(1).id)") { characters { id } } }
                """)
            #expect(found["node"] == ["characters": both, "rpds": [["id": id(.rpd(1))]]])
            #expect(found["subtask.characters"] == both)
        }
    }

    // MARK: Reference pictures

    /// Everything that leads to item 2, which is of picture 1 of document 1.
    private func item(_ api: API) async throws -> JSONValue? {
        let response = try await api.execute(
            """
            {
              node(id: "\(Key.item(2).id)") { ... on Item { description tags asset { id } documentPicture { id } } }
              project(id: "\(Key.project(1).id)") { items { totalCount edges { node { id } } } }
              picture: node(id: "\(Key.documentPicture(1).id)") { ... on DocumentPicture { item { id } } }
              asset: node(id: "\(Key.asset(1).id)") { ... on Asset { similarItems { item { id } } } }
              like: node(id: "\(Key.like(2).id)") { ... on Like { source { ... on Item { id } } } }
              imported: node(id: "\(Key.importItem(1).id)") { ... on ImportItem { items { id } } }
            }
            """)
        #expect(response.messages == [])
        return response.data
    }

    @Test("a deleted reference picture is found by nothing, and by all of it when it is back")
    func item() async throws {
        try await API.run { api in
            // Its file is a character's, too.
            try await api.sql("delete from character_pictures")
            try await api.sql(
                """
                insert into import_item_entries (import_item_id, item_id, project_id)
                values (\(Key.importItem(1).sql), \(Key.item(2).sql), \(Key.project(1).sql))
                on conflict do nothing
                """)
            let before = try await item(api)
            #expect(before?["picture"]?["item"] == ["id": id(.item(2))])
            #expect(before?["asset"]?["similarItems"] == [["item": ["id": id(.item(2))]]])
            #expect(before?["imported"]?["items"]?.array?.contains(["id": id(.item(2))]) == true)
            _ = try await mutate(api, "deleteItem", ["itemId": id(.item(2))])
            let deleted = try await item(api)
            #expect(deleted?["node"] == .null)
            #expect(deleted?["project"]?["items"] == ["totalCount": 1, "edges": [["node": ["id": id(.item(1))]]]])
            #expect(deleted?["picture"]?["item"] == .null)
            #expect(deleted?["asset"]?["similarItems"] == [])
            #expect(deleted?["like"]?["source"] == .null)
            #expect(deleted?["imported"]?["items"]?.array?.contains(["id": id(.item(2))]) == false)
            _ = try await mutate(api, "restoreItem", ["itemId": id(.item(2))])
            #expect(try await item(api) == before)
        }
    }

    @Test("a picture that was entered again is not brought back beside itself")
    func itemTwice() async throws {
        try await API.run { api in
            _ = try await mutate(api, "deleteItem", ["itemId": id(.item(2))])
            let change = try await api.execute(
                "mutation($id: ID!) { updateItem(input: { itemId: $id, description: \"x\" }) { __typename } }",
                ["id": id(.item(2))])
            #expect(change.codes == ["NOT_FOUND"])
            let entered = try await mutate(
                api, "createItemsFromDocument",
                ["documentId": id(.document(1)), "pictureIds": [id(.documentPicture(1))]], "items { id }")
            let new = try #require(entered["createItemsFromDocument.items.0.id"])
            #expect(new != id(.item(2)))
            let restored = try await mutate(api, "restoreItem", ["itemId": id(.item(2))], "item { id }")
            #expect(restored.problems("restoreItem") == ["input.itemId DUPLICATE"])
            #expect(restored["restoreItem.item"] == .null)
            // Nor does the other one get the picture of one that is back.
            _ = try await mutate(api, "deleteItem", ["itemId": new])
            let back = try await mutate(api, "restoreItem", ["itemId": id(.item(2))], "item { id }")
            #expect(back["restoreItem.item.id"] == id(.item(2)))
            let late = try await mutate(api, "restoreItem", ["itemId": new])
            #expect(late.problems("restoreItem") == ["input.itemId DUPLICATE"])
        }
    }

    // MARK: Sets of review points

    /// Everything that leads to set 1, and what it has.
    private func reviewSet(_ api: API) async throws -> JSONValue? {
        let response = try await api.execute(
            """
            {
              node(id: "\(Key.reviewSet(1).id)") { ... on ReviewSet {
                name rpds { id } characters { id } taskTags { id }
              } }
              project(id: "\(Key.project(1).id)") { reviewSets { totalCount edges { node { id } } } }
              rpd: node(id: "\(Key.rpd(1).id)") { ... on ReviewPointDefinition { reviewSets { id } } }
              character: node(id: "\(Key.character(1).id)") { ... on Character { reviewSets { id } } }
              task(id: "\(Key.task(1).id)") { reviewSetRecommendations { reviewSet { id } } }
            }
            """)
        #expect(response.messages == [])
        return response.data
    }

    @Test("a deleted set is listed and recommended nowhere, no review starts with it, and it comes back with its links")
    func reviewSet() async throws {
        try await API.run { api in
            let before = try await reviewSet(api)
            #expect(before?["task"]?["reviewSetRecommendations"] == [["reviewSet": ["id": id(.reviewSet(1))]]])
            _ = try await mutate(api, "deleteReviewSet", ["reviewSetId": id(.reviewSet(1))])
            let deleted = try await reviewSet(api)
            #expect(deleted?["node"] == .null)
            #expect(
                deleted?["project"]?["reviewSets"]
                    == ["totalCount": 1, "edges": [["node": ["id": id(.reviewSet(2))]]]])
            for owner in ["rpd", "character"] { #expect(deleted?[owner]?["reviewSets"] == []) }
            #expect(deleted?["task"]?["reviewSetRecommendations"] == [])
            let selection: JSONValue = ["reviewSetIds": [id(.reviewSet(1))]]
            let review = try await mutate(
                api, "startReview", ["subtaskId": id(.subtask(5)), "selection": selection])
            #expect(review.problems("startReview") == ["input.selection.reviewSetIds.0 NOT_FOUND"])
            _ = try await mutate(api, "restoreReviewSet", ["reviewSetId": id(.reviewSet(1))])
            #expect(try await reviewSet(api) == before)
        }
    }

    @Test("the name of a deleted set is free, and a set whose name is taken meanwhile is not brought back")
    func names() async throws {
        try await API.run { api in
            _ = try await mutate(api, "deleteReviewSet", ["reviewSetId": id(.reviewSet(1))])
            let change = try await api.execute(
                "mutation($id: ID!) { updateReviewSet(input: { reviewSetId: $id, name: \"x\" }) { __typename } }",
                ["id": id(.reviewSet(1))])
            #expect(change.codes == ["NOT_FOUND"])
            let renamed = try await mutate(
                api, "updateReviewSet", ["reviewSetId": id(.reviewSet(2)), "name": "Set 1"], "reviewSet { name }")
            #expect(renamed["updateReviewSet.reviewSet.name"] == "Set 1")
            let restored = try await mutate(
                api, "restoreReviewSet", ["reviewSetId": id(.reviewSet(1))], "reviewSet { id }")
            #expect(restored.problems("restoreReviewSet") == ["input.reviewSetId DUPLICATE"])
            #expect(restored["restoreReviewSet.reviewSet"] == .null)
            _ = try await mutate(api, "updateReviewSet", ["reviewSetId": id(.reviewSet(2)), "name": "Set 2"])
            let back = try await mutate(
                api, "restoreReviewSet", ["reviewSetId": id(.reviewSet(1))], "reviewSet { name }")
            #expect(back["restoreReviewSet.reviewSet.name"] == "Set 1")
        }
    }
}
