import Foundation
import JSON
import Testing

@testable import Resolvers

/// Every field of every filter, found by introspection: a list with it has the rows that fit and no others.
@Suite("Filters of every list", .timeLimit(.minutes(15)))
struct ListFilterTests {
    /// How a field of a filter chooses rows, by what they say at a place.
    private enum Meaning {
        /// One of some values of an enum.
        case oneOf([String])
        /// An object.
        case object([String])
        /// One of some objects.
        case objects([String])
        /// A text in one of the texts.
        case text([[String]])
        /// The same text.
        case exactly([String])
        /// True or false.
        case flag([String])
        /// All of some words.
        case words([String])
        /// That moment or later.
        case from([String])
        /// Before that moment.
        case before([String])
        /// A test of its own.
        case elsewhere(String)
    }

    private static let meanings: [String: Meaning] = [
        "ProjectFilter.deleted": .elsewhere("DeletedRowsTests"), "TaskFilter.deleted": .elsewhere("DeletedRowsTests"),
        "SubtaskFilter.deleted": .elsewhere("DeletedRowsTests"), "RpdFilter.deleted": .elsewhere("DeletedRowsTests"),
        "IpFilter.deleted": .elsewhere("DeletedRowsTests"), "DocumentFilter.deleted": .elsewhere("DeletedRowsTests"),
        "CharacterFilter.deleted": .elsewhere("DeletedRowsTests"),
        "ItemFilter.deleted": .elsewhere("DeletedRowsTests"),
        "AnnotationFilter.deleted": .elsewhere("DeletedRowsTests"),
        "ReviewSetFilter.deleted": .elsewhere("DeletedRowsTests"),
        "ProjectFilter.isArchived": .flag(["isArchived"]), "ProjectFilter.name": .text([["name"]]),
        "OrganizationFilter.name": .text([["name"]]),
        "UserFilter.name": .text([["name"]]), "UserFilter.role": .oneOf(["role"]),
        "UserFilter.email": .elsewhere("OrganizationTests"),
        "NotificationFilter.isRead": .flag(["isRead"]), "NotificationFilter.kinds": .oneOf(["kind"]),
        "OrganizationInvitationFilter.statuses": .oneOf(["status"]),
        "OrganizationInvitationFilter.email": .exactly(["email"]),
        "ActivityFilter.kinds": .elsewhere("ActivityTests"), "ActivityFilter.taskId": .elsewhere("ActivityTests"),
        "ActivityFilter.createdById": .elsewhere("ActivityTests"),
        "ActivityFilter.createdFrom": .elsewhere("ActivityTests"),
        "ActivityFilter.createdBefore": .elsewhere("ActivityTests"),
        "AuditEntryFilter.actions": .oneOf(["action"]), "AuditEntryFilter.entityTypes": .oneOf(["entityType"]),
        "AuditEntryFilter.userId": .object(["user", "id"]),
        "AuditEntryFilter.createdById": .object(["createdBy", "id"]),
        "AuditEntryFilter.entityKey": .elsewhere("MutationTests+AuditLog"),
        "AuditEntryFilter.createdFrom": .from(["createdAt"]), "AuditEntryFilter.createdBefore": .before(["createdAt"]),
        "ProjectCooperationFilter.name": .text([["organizationName"]]),
        "TaskTagFilter.name": .text([["name"]]),
        "RpdFilter.kinds": .oneOf(["kind"]), "RpdFilter.isActive": .flag(["isActive"]),
        "RpdFilter.text": .text([["activeVersion", "title"], ["activeVersion", "instruction"]]),
        "ReviewFilter.statuses": .oneOf(["status"]), "ReviewFilter.modes": .oneOf(["mode"]),
        "ReviewFilter.triggers": .oneOf(["trigger"]), "ReviewFilter.createdFrom": .from(["createdAt"]),
        "ReviewFilter.createdBefore": .before(["createdAt"]),
        "PromotedFindingFilter.tags": .words(["tags"]),
        "PromotedFindingFilter.text": .text([["notes"], ["description"], ["suggestion"]]),
        "PromotedFindingFilter.severities": .oneOf(["severity"]), "PromotedFindingFilter.scopes": .oneOf(["scope"]),
        "CharacterFilter.text": .text([["name"], ["alias"], ["description"]]),
        "CharacterFilter.hasPicture": .elsewhere("RegistryTests"),
        "CharacterFilter.ipId": .elsewhere("DocumentTests"),
        "ItemFilter.tags": .words(["tags"]), "ItemFilter.text": .text([["asset", "fileName"], ["description"]]),
        "ItemFilter.documentId": .elsewhere("DocumentTests"),
        "ReviewSetFilter.text": .text([["name"], ["description"]]),
        "IpFilter.text": .text([["name"], ["description"]]),
        "DocumentFilter.kinds": .oneOf(["kind"]), "DocumentFilter.statuses": .oneOf(["status"]),
        "DocumentFilter.text": .text([["name"], ["description"]]),
        "BatchJobFilter.statuses": .oneOf(["status"]), "BatchJobFilter.triggers": .oneOf(["trigger"]),
        "BatchJobFilter.createdByIds": .objects(["createdBy", "id"]),
        "BatchJobFilter.text": .elsewhere("ScreenTests"),
        "BatchJobFilter.createdFrom": .from(["createdAt"]), "BatchJobFilter.createdBefore": .before(["createdAt"]),
        "AssetFilter.states": .oneOf(["state"]), "AssetFilter.purposes": .oneOf(["purpose"]),
        "AssetFilter.text": .text([["fileName"]]), "AssetFilter.createdByIds": .objects(["createdBy", "id"]),
        "AssetFilter.createdFrom": .from(["createdAt"]), "AssetFilter.createdBefore": .before(["createdAt"]),
        "ExportFilter.formats": .oneOf(["format"]), "ExportFilter.createdByIds": .objects(["createdBy", "id"]),
        "BatchJobItemFilter.statuses": .oneOf(["status"]),
        "ImportFilter.statuses": .oneOf(["status"]), "ImportFilter.targets": .oneOf(["target"]),
        "ImportFilter.createdByIds": .objects(["createdBy", "id"]),
        "ImportFilter.createdFrom": .from(["createdAt"]), "ImportFilter.createdBefore": .before(["createdAt"]),
        "ImportItemFilter.statuses": .oneOf(["status"]),
        "GeneratedReferenceFilter.style": .exactly(["style"]), "GeneratedReferenceFilter.pose": .exactly(["pose"]),
        "GeneratedReferenceFilter.camera": .exactly(["camera"]),
        "GeneratedReferenceFilter.lighting": .exactly(["lighting"]),
        "GeneratedReferenceFilter.statuses": .oneOf(["status"]), "GeneratedReferenceFilter.text": .text([["prompt"]]),
        "RpdTestFilter.statuses": .oneOf(["status"]), "RpdTestFilter.kinds": .oneOf(["kind"]),
        "RpdTestFilter.hasPassed": .elsewhere("RpdTestTests"), "RpdTestFilter.batchKey": .elsewhere("RpdTestTests"),
        "RpdTestFilter.createdFrom": .from(["createdAt"]), "RpdTestFilter.createdBefore": .before(["createdAt"]),
        "GeneratedReferenceFilter.createdFrom": .from(["createdAt"]),
        "GeneratedReferenceFilter.createdBefore": .before(["createdAt"]),
        "SubtaskFilter.statuses": .oneOf(["status"]), "SubtaskFilter.kinds": .oneOf(["kind"]),
        "SubtaskFilter.text": .text([["name"], ["description"]]),
        "ExportFilter.statuses": .oneOf(["status"]), "ReviewOutcomeFilter.statuses": .oneOf(["status"]),
        "AnnotationFilter.isSolved": .flag(["isSolved"]), "AnnotationFilter.isByAi": .flag(["isByAi"]),
        "AnnotationFilter.contentVersion": .elsewhere("AnnotationTests"),
        "AnnotationFilter.shapes": .oneOf(["shape"]),
        "FindingFilter.severities": .oneOf(["severity"]), "FindingFilter.isHeld": .flag(["isHeld"]),
        "FindingFilter.statuses": .oneOf(["status"]), "FindingFilter.isByAi": .flag(["isByAi"]),
        "FindingFilter.rpdKinds": .oneOf(["rpdVersion", "rpd", "kind"]),
        "FindingFilter.rpdIds": .objects(["rpdVersion", "rpd", "id"]),
        "TaskFilter.createdFrom": .from(["createdAt"]), "TaskFilter.createdBefore": .before(["createdAt"]),
        "TaskFilter.updatedFrom": .from(["updatedAt"]), "TaskFilter.updatedBefore": .before(["updatedAt"]),
        "TaskFilter.statusIds": .objects(["status", "id"]), "TaskFilter.priorityIds": .objects(["priority", "id"]),
        "TaskFilter.assigneeIds": .objects(["assignee", "id"]),
        "TaskFilter.text": .text([["tid"], ["name"], ["description"]]), "TaskFilter.dueFrom": .from(["dueAt"]),
        "TaskFilter.dueBefore": .before(["dueAt"]),
        "TaskFilter.isAssigned": .elsewhere("TaskBoardTests"), "TaskFilter.taskTagIds": .elsewhere("ProjectTests"),
    ]

    @Test("every field of every filter keeps the rows that fit and no others")
    func everyFilter() async throws {
        try await API.run { api in
            try await ListChoice.addRows(api)
            var all: Set<String> = []
            var keeping: Set<String> = []
            var dropping: Set<String> = []
            for choice in try await ListChoice.all(api, argument: "filter") {
                for field in choice.fields {
                    let name = "\(choice.type).\(field.name)"
                    let meaning = try #require(Self.meanings[name], "\(name): what does it mean?")
                    if case .elsewhere = meaning { continue }
                    all.insert(name)
                    for attempt in try await attempts(api, choice, meaning, field.values) {
                        let whole = try await rows(api, choice.list, meaning, "")
                        let filter = "filter: { \(field.name): \(attempt.literal) }, "
                        let kept = try await rows(api, choice.list, meaning, filter)
                        let expected = whole.filter(attempt.fits).compactMap { $0["id"]?.string }
                        #expect(kept.compactMap { $0["id"]?.string } == expected, "\(choice.list.name), \(filter)")
                        if !kept.isEmpty { keeping.insert(name) }
                        if kept.count < whole.count { dropping.insert(name) }
                    }
                }
            }
            #expect(all.count > 40)
            #expect(all.subtracting(keeping) == [], "no row ever fits")
            #expect(all.subtracting(dropping) == [], "every row always fits")
        }
    }

    private func rows(
        _ api: API, _ list: PaginationTests.List, _ meaning: Meaning, _ choice: String
    ) async throws -> [JSONValue] {
        let places: [[String]] =
            switch meaning {
            case .oneOf(let place), .object(let place), .objects(let place), .exactly(let place), .flag(let place),
                .words(let place),
                .from(let place), .before(let place):
                [place]
            case .text(let places): places
            case .elsewhere: []
            }
        let page = "list: \(list.field)(\(choice)first: 100) { edges { node { id \(RowValue.selection(places)) } } }"
        let query =
            list.parent.map { #"{ parent: node(id: "\#($0.id)") { ... on \#($0.typeName) { \#(page) } } }"# }
            ?? "{ \(page) }"
        let response = try await api.execute(query, as: list.person)
        #expect(response.messages == [])
        return list.connection(response)?["edges"]?.array?.compactMap { $0["node"] } ?? []
    }

    /// A value of a filter's field, and which rows fit it.
    private struct Attempt {
        let literal: String
        let fits: (JSONValue) -> Bool

        init(_ literal: String, fits: @escaping (JSONValue) -> Bool = { _ in false }) {
            self.literal = literal
            self.fits = fits
        }
    }

    private func attempts(
        _ api: API, _ choice: ListChoice, _ meaning: Meaning, _ values: [String]
    ) async throws -> [Attempt] {
        let whole = try await rows(api, choice.list, meaning, "")
        func text(_ node: JSONValue, _ place: [String]) -> String? { RowValue.at(place, of: node)?.string }
        func texts(_ place: [String]) -> [String] { whole.compactMap { text($0, place) } }
        func quoted(_ texts: [String]) -> String { texts.map { "\"\($0)\"" }.joined(separator: ", ") }
        switch meaning {
        case .oneOf(let place):
            // A role is one; all others are lists of which any fits.
            guard choice.type != "UserFilter" else {
                return values.map { value in Attempt(value) { text($0, place) == value } }
            }
            return values.map { value in Attempt("[\(value)]") { text($0, place) == value } } + [
                Attempt("[]"), Attempt("[\(values.joined(separator: ", "))]") { text($0, place) != nil },
            ]
        case .object(let place):
            return [Attempt(#""nothing""#)]
                + Set(texts(place)).map { id in Attempt(quoted([id])) { text($0, place) == id } }
        case .objects(let place):
            return [Attempt("[]"), Attempt(#"["nothing"]"#)]
                + Set(texts(place)).map { id in Attempt("[\(quoted([id, "nothing"]))]") { text($0, place) == id } }
        case .text(let places):
            let words = places.flatMap { texts($0).prefix(2) }.filter { $0.count > 2 }
            return (words.map { String($0.dropFirst()).uppercased() } + ["no such words"]).map { word in
                Attempt(quoted([word])) { node in
                    places.contains { text(node, $0)?.lowercased().contains(word.lowercased()) == true }
                }
            }
        case .exactly(let place):
            return (Set(texts(place)) + ["nobody@demo.example"]).map { wanted in
                Attempt(quoted([wanted.uppercased()])) { text($0, place) == wanted }
            }
        case .flag(let place):
            return [true, false].map { (flag: Bool) in Attempt("\(flag)") { RowValue.at(place, of: $0)?.bool == flag } }
        case .words(let place):
            func words(_ node: JSONValue) -> [String] {
                RowValue.at(place, of: node)?.array?.compactMap(\.string) ?? []
            }
            return (whole.map(words) + [["no such word"]]).map { wanted in
                Attempt("[\(quoted(wanted))]") { wanted.allSatisfy(words($0).contains) }
            }
        case .from(let place):
            return texts(place).map { moment in
                Attempt(quoted([moment])) { text($0, place).map { $0 >= moment } == true }
            }
        case .before(let place):
            return texts(place).map { moment in
                Attempt(quoted([moment])) { text($0, place).map { $0 < moment } == true }
            }
        case .elsewhere: return []
        }
    }
}
