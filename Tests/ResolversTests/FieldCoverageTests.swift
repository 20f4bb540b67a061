import Clients
import GraphQL
import JSON
import Schema
import Testing

@testable import Resolvers

/// Every field of every type, found by walking the schema, so that a new field is covered when it is written down.
@Suite("Every field resolves", .timeLimit(.minutes(15)))
struct FieldCoverageTests {
    /// An object of each type that can be found by identifier, chosen so that as much as possible is not null.
    static let samples: [Key] = [
        .user(1), .organization(1), .status(11), .priority(11), .project(1), .rpd(1), .version(11), .asset(1),
        .task(1), .subtask(1), .content(1), .decision(1), .annotation(1), .review(2), .outcome(21), .finding(2),
        .export(1), .invitation(1), .auditEntry(1), .activity(3), .like(1), .cooperation(1),
        .tag(1), .revision(1), .promotion(1), .character(1), .item(1), .reviewSet(1),
        .notification(1), .ip(1), .document(1), .page(1), .batchJob(1), .batchItem(1), .generated(1),
        .import(1), .importItem(1),
        .analysis(1), .documentPicture(1), .scene(1), .rpdTest(1),
    ]

    /// Types that no node leads to: mutations and subscriptions have tests of their own.
    static let elsewhere: Set<String> = [
        "Query", "Mutation", "Subscription", "UserError", "UploadTicket", "HttpHeader", "ReviewStatusChanged",
        "ReviewOutcomeChanged", "ReviewFindingStored", "ReviewSceneChecked", "ExportProgress", "DocumentProgress",
        "BatchJobProgress", "ImportProgress",
        "ReferenceProgress", "RpdTestProgress", "TextSuggestion", "RpdContentSuggestion", "PictureDescription",
        "MotifDescription",
        "PictureColor",
        "TaskChanged", "SubtaskChanged", "SubtaskDecided", "AnnotationChanged", "PictureAnalysisChanged",
        "SceneDetectionChanged",
        "FindingChanged",
        "NotificationReceived", "ActivityRecorded", "RpdReadinessChanged", "SearchHit", "SearchHighlight",
        "SearchFragment",
        "SearchHitConnection",
        "SearchHitEdge", "TaskResult", "RpdResult",
    ]

    /// Types that participants do not see: what is for admins, and what is one person's.
    static let notShared: Set<String> = [
        "OrganizationInvitation", "AuditEntry", "Like", "GeneratedReference", "Notification",
    ]

    @Test("a member gets every field of every object, two levels deep, without an error")
    func everyField() async throws {
        try await API.run { api in
            // Parts of a picture are measured when they are asked for.
            try await api.services.objects.put(.bytes(try API.picture()), at: try ObjectKey("files/2"))
            let schema = try await SchemaWalk(api)
            var reached: Set<String> = []
            for key in Self.samples {
                let selection = schema.selection(of: key.typeName, depth: 2, reached: &reached)
                let response = try await api.execute(
                    "query($id: ID!) { node(id: $id) { ... on \(key.typeName) { \(selection) } } }",
                    ["id": .string(key.id)])
                #expect(response.messages == [], "\(key.typeName)")
                #expect(response["node.id"]?.string == key.id)
            }
            let missed = schema.objectTypes.filter {
                !reached.contains($0) && !Self.elsewhere.contains($0) && !$0.hasSuffix("Payload")
            }
            #expect(missed == [])
        }
    }

    @Test("everybody else gets no error either, only less", arguments: [Person.partner, .studio])
    func othersFields(person: Person) async throws {
        try await API.run { api in
            let schema = try await SchemaWalk(api)
            for key in Self.samples {
                var reached: Set<String> = []
                let selection = schema.selection(of: key.typeName, depth: 1, reached: &reached)
                let response = try await api.execute(
                    "query($id: ID!) { node(id: $id) { ... on \(key.typeName) { \(selection) } } }",
                    as: person, ["id": .string(key.id)])
                #expect(response.messages == [], "\(key.typeName)")
                #expect(response["node.id"]?.string == (Self.notShared.contains(key.typeName) ? nil : key.id))
            }
        }
    }

    @Test("the sample of each type has a value in every field that may be null, but for those named here")
    func samplesAreFull() async throws {
        try await API.run { api in
            let schema = try await SchemaWalk(api)
            for key in Self.samples {
                let response = try await api.execute(
                    "query($id: ID!) { node(id: $id) { ... on \(key.typeName) { \(schema.leaves(of: key.typeName)) } } }",
                    ["id": .string(key.id)])
                let empty = response["node"]?.object?.members.filter { $0.value.isNull }.map(\.key) ?? ["all"]
                // A version has a sort of motif or a table of appellations, by its kind, never both; a picture has no time, and what is
                // there was not deleted; an annotation has colors or an opacity by its shape.
                let absent: Set = [
                    "errorCode", "errorMessage", "appellations", "durationSeconds", "frameRate", "deletedAt",
                    "sampledColor", "referenceColor", "opacity",
                ]
                #expect(Set(empty).subtracting(absent).isEmpty, "\(key.typeName): \(empty)")
            }
        }
    }

    @Test("every type that implements Node is found by node, and nothing else")
    func nodeTypes() async throws {
        try await API.run { api in
            let response = try await api.execute(
                #"{ __type(name: "Node") { possibleTypes { name } } }"#)
            let names = response["__type.possibleTypes"]?.array?.compactMap { $0["name"]?.string } ?? []
            #expect(Set(names) == Set(NodeLoading.all.map(\.typeName)))
            #expect(Set(names) == Set(Self.samples.map(\.typeName)))
        }
    }

    @Test("numbers, enums, JSON and moments come out as they were stored")
    func values() async throws {
        try await API.run { api in
            let response = try await api.execute(
                """
                query($finding: ID!, $outcome: ID!, $asset: ID!) {
                  finding: node(id: $finding) { ... on Finding {
                    description confidence isHeld createdAt
                    area { x y width height imageWidth imageHeight normalized { x y width height } }
                  } }
                  outcome: node(id: $outcome) { ... on ReviewOutcome { status measurements durationMilliseconds } }
                  asset(id: $asset) { byteCount width url sha256 state }
                }
                """,
                [
                    "finding": .string(Key.finding(2).id), "outcome": .string(Key.outcome(21).id),
                    "asset": .string(Key.asset(1).id),
                ])
            #expect(response.messages == [])
            #expect(response["finding.description"] == "Finding 2 「監修」")
            #expect(response["finding.confidence"] == 0.875)
            #expect(response["finding.createdAt"] == "2026-01-01T02:22:00.000000Z")
            #expect(
                response["finding.area"]
                    == [
                        "x": 160, "y": 240, "width": 320, "height": 120, "imageWidth": 640, "imageHeight": 480,
                        "normalized": ["x": 0.25, "y": 0.5, "width": 0.5, "height": 0.25],
                    ])
            #expect(response["outcome.measurements"] == ["delta": 1.5, "色": [1, nil]])
            #expect(response["asset.state"] == "READY")
            let url = try #require(response["asset.url"]?.string)
            #expect(url.hasPrefix("http://files.example/files/files/1?"))
            let signer = URLSigner(key: Array(repeating: 7, count: 32), now: { API.now })
            let granted = try signer.verify(method: "GET", target: String(url.dropFirst("http://files.example".count)))
            #expect(granted.expiresAt == API.now + 3 * 3600)
        }
    }

    @Test("what was found in a spoken line comes out as it was stored; of a picture there is nothing")
    func dialogue() async throws {
        try await API.run { api in
            func dialogue(_ finding: Int) async throws -> JSONValue? {
                let response = try await api.execute(
                    """
                    query($id: ID!) { node(id: $id) { ... on Finding { lineNumber dialogue {
                      status message speaker line detectedSpeaker sheetName sheetNumber rowNumber
                      addresses { target usedName expectedName conditions status start length }
                    } } } }
                    """, ["id": .string(Key.finding(finding).id)])
                #expect(response.messages == [])
                return response["node.dialogue"]
            }
            let found = try await dialogue(2)
            #expect(
                found == [
                    "status": "ERROR", "message": "Not so.", "speaker": "ソラ", "line": "レンさん", "detectedSpeaker": "ソラ",
                    "sheetName": "第1話", "sheetNumber": 1, "rowNumber": 13,
                    "addresses": [
                        [
                            "target": "レン", "usedName": "レンさん", "expectedName": "レンくん", "conditions": [],
                            "status": "ERROR", "start": 0, "length": 4,
                        ]
                    ],
                ])
            #expect(try await dialogue(1) == .null)
        }
    }

    @Test("a file that is not ready has no URL, and says why if it failed", arguments: [7, 8])
    func unreadyAsset(number: Int) async throws {
        try await API.run { api in
            let response = try await api.execute(
                "query($id: ID!) { asset(id: $id) { state url width sha256 errorCode errorMessage } }",
                ["id": .string(Key.asset(number).id)])
            #expect(response["asset.url"] == .null)
            #expect(response["asset.state"] == (number == 7 ? "PENDING" : "FAILED"))
            #expect(response["asset.errorCode"] == (number == 7 ? .null : "UPLOAD_UNREADABLE"))
        }
    }
}

/// The schema as introspection tells it, and selections made of it.
struct SchemaWalk {
    private struct Field {
        let name: String
        /// The object, interface or union type; nil for a leaf.
        let composite: String?
    }

    private var fields: [String: [Field]] = [:]
    private(set) var objectTypes: [String] = []

    init(_ api: API) async throws {
        let response = try await api.execute(
            """
            { __schema { types { name kind fields(includeDeprecated: true) { name type { ...T } } } } }
            fragment T on __Type { name kind ofType { name kind ofType { name kind ofType { name kind } } } }
            """)
        for type in response["__schema.types"]?.array ?? [] {
            guard let name = type["name"]?.string, !name.hasPrefix("__") else { continue }
            if type["kind"] == "OBJECT" { objectTypes.append(name) }
            fields[name] = (type["fields"]?.array ?? []).map { field in
                var inner = field["type"]
                while let next = inner?["ofType"], !next.isNull { inner = next }
                let kind = inner?["kind"]?.string ?? ""
                let isComposite = ["OBJECT", "INTERFACE", "UNION"].contains(kind)
                return Field(name: field["name"]?.string ?? "", composite: isComposite ? inner?["name"]?.string : nil)
            }
        }
    }

    /// Everything below a type, so many levels of objects deep.
    func selection(of type: String, depth: Int, reached: inout Set<String>) -> String {
        reached.insert(type)
        return (fields[type] ?? []).map { field in
            guard let composite = field.composite else { return field.name }
            guard depth > 0 else { return "\(field.name) { __typename }" }
            // The objects of a connection are as near as those of a plain field.
            let isWrapper = ["Connection", "Edge"].contains { composite.hasSuffix($0) }
            let inner = selection(of: composite, depth: isWrapper ? depth : depth - 1, reached: &reached)
            // A union has no fields of its own.
            return "\(field.name) { \(inner.isEmpty ? "__typename" : inner) }"
        }.joined(separator: " ")
    }

    /// The fields of a type with the types of those that are objects.
    func fieldTypes(of type: String) -> [(name: String, composite: String?)] {
        (fields[type] ?? []).map { ($0.name, $0.composite) }
    }

    /// The fields of a type that are no objects.
    func leaves(of type: String) -> String {
        (fields[type] ?? []).filter { $0.composite == nil }.map(\.name).joined(separator: " ")
    }
}
