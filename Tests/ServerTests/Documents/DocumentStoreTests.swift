import Foundation
import GraphQL
import Hashing
import JSON
import Testing

@testable import Server

@Suite("Documents that clients name", .timeLimit(.minutes(15)))
struct DocumentStoreTests {
    static let query = "{__typename}"
    // CONTRACTS §10.2 has the vector.
    static let hash = "ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38"

    private func parameters(_ members: String) throws -> RequestParameters {
        try RequestParameters(json: Array("{\(members)}".utf8))
    }

    private func reference(_ hash: String) -> String {
        #""extensions":{"persistedQuery":{"version":1,"sha256Hash":"\#(hash)"}}"#
    }

    private func manifest(_ text: String) throws -> TrustedDocuments {
        let path = "/tmp/manifest-\(UUID().uuidString).json"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return try TrustedDocuments(path: path)
    }

    @Test
    func `A hash is unknown until a valid document of it has come`() throws {
        let store = DocumentStore()
        let unknown = #expect(throws: OperationRefusal.self) {
            try store.document(of: parameters(reference(Self.hash)))
        }
        #expect(unknown?.reason == .persistedQueryUnknown)
        #expect(unknown?.errors.map(\.message) == ["PersistedQueryNotFound"])
        #expect(unknown?.errors.map(\.code.rawValue) == ["PERSISTED_QUERY_NOT_FOUND"])
        let sent = try store.document(of: parameters("\"query\":\"\(Self.query)\",\(reference(Self.hash))"))
        #expect(sent.text == Array(Self.query.utf8))
        // Nobody has said yet that it is valid.
        #expect(throws: OperationRefusal.self) { try store.document(of: parameters(reference(Self.hash))) }
        store.didValidate(sent)
        #expect(try store.document(of: parameters(reference(Self.hash))).text == Array(Self.query.utf8))
    }

    @Test(arguments: [
        #""query":"{ a }","extensions":{"persistedQuery":{"version":1,"sha256Hash":"\#(hash)"}}"#,
        #""extensions":{"persistedQuery":{"version":2,"sha256Hash":"\#(hash)"}}"#,
        #""extensions":{"persistedQuery":{"sha256Hash":"\#(hash)"}}"#,
        #""extensions":{"persistedQuery":{"version":1,"sha256Hash":"\#(hash.uppercased())"}}"#,
        #""extensions":{"persistedQuery":{"version":1,"sha256Hash":"abc"}}"#,
        #""extensions":{"persistedQuery":{"version":1}}"#, #""extensions":{"persistedQuery":true}"#,
    ])
    func `A document of another hash, another version and a malformed hash are refused`(members: String) throws {
        let refusal = #expect(throws: OperationRefusal.self) { try DocumentStore().document(of: parameters(members)) }
        #expect(refusal?.reason == .persistedQueryWrong)
    }

    @Test
    func `Where hashes are not taken, clients are told to stop sending them`() throws {
        let refusal = #expect(throws: OperationRefusal.self) {
            try DocumentStore(persisted: nil).document(of: parameters(reference(Self.hash)))
        }
        #expect(refusal?.errors.map(\.code.rawValue) == ["PERSISTED_QUERY_NOT_SUPPORTED"])
    }

    @Test
    func `The store of hashes keeps its bounds, and forgets first what is unused longest`() {
        let store = PersistedQueries(maximumCount: 8, maximumBytes: 1_000)
        for number in 0..<8 { store.store([UInt8(number)], hash: "\(number)") }
        #expect(store.text(hash: "0") == [0])
        store.store([8], hash: "8")
        #expect(store.count == 6)
        #expect(store.text(hash: "0") == [0])
        #expect(store.text(hash: "1") == nil)
        #expect(store.text(hash: "8") == [8])
        for number in 0..<5 { store.store(Array(repeating: 1, count: 240), hash: "large \(number)") }
        #expect(store.count <= 4)
        store.store(Array(repeating: 1, count: 251), hash: "too large")
        #expect(store.text(hash: "too large") == nil)
    }

    static let manifests = [
        #"{"format":"apollo-persisted-query-manifest","version":1,"operations":[{"id":"x","name":"A","type":"query","body":"{__typename}"}]}"#,
        #"{"x":"{__typename}"}"#,
    ]

    @Test(arguments: manifests)
    func `Documents of both kinds of manifest are found by id and by hash`(text: String) throws {
        let store = DocumentStore(trusted: try manifest(text))
        for members in [#""documentId":"x""#, #""documentId":"sha256:\#(Self.hash)""#, reference(Self.hash)] {
            #expect(try store.document(of: parameters(members)).text == Array(Self.query.utf8))
        }
        let unknown = #expect(throws: OperationRefusal.self) { try store.document(of: parameters(#""id":"y""#)) }
        #expect(unknown?.reason == .documentUnknown)
        #expect(try store.document(of: parameters(#""query":"{ a }""#)).text == Array("{ a }".utf8))
    }

    @Test(arguments: manifests)
    func `With trusted documents only, nothing else runs, whatever it calls itself`(text: String) throws {
        let store = DocumentStore(trusted: try manifest(text), isTrustedOnly: true)
        #expect(try store.document(of: parameters("\"query\":\"\(Self.query)\"")).text == Array(Self.query.utf8))
        let other = Hex.encode(SHA256.hash("{ a }"))
        for members in [#""query":"{ a }""#, "\"query\":\"{ a }\",\(reference(other))"] {
            let refusal = #expect(throws: OperationRefusal.self) { try store.document(of: parameters(members)) }
            #expect(refusal?.reason == .notTrusted)
        }
        #expect(throws: OperationRefusal.self) { try store.document(of: parameters(reference(other))) }
    }

    @Test(arguments: [
        "[]", "{", #"{"format":"apollo-persisted-query-manifest","version":2,"operations":[]}"#,
        #"{"format":"x","operations":[]}"#, #"{"x":1}"#,
        #"{"format":"apollo-persisted-query-manifest","version":1,"operations":[{"id":"x"}]}"#,
    ])
    func `A manifest of another kind stops the start`(text: String) {
        #expect(throws: (any Error).self) { try manifest(text) }
    }

    @Test
    func `A named GET may be kept and asked for again by its tag`() async throws {
        try await Studio.run { studio in
            let extensions =
                "extensions=%7B%22persistedQuery%22:%7B%22version%22:1,%22sha256Hash%22:%22\(Self.hash)%22%7D%7D"
            let unknown = try await studio.get(extensions)
            #expect(unknown.status == 200)
            #expect(unknown.response.headers["etag"] == nil)
            #expect(unknown.response.headers["cache-control"] == "private, no-cache, must-revalidate")
            let sent = try await studio.get(
                "query=\(Self.query.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")&\(extensions)")
            let tag = try #require(sent.response.headers["etag"])
            let known = try await studio.get(extensions)
            #expect(known.json == ["data": ["__typename": "Query"]])
            #expect(known.response.headers["etag"] == tag)
            #expect(known.response.headers["cache-control"] == "private, no-cache")
            for value in [tag, "*", "\"x\", \(tag)"] {
                let same = try await studio.get(extensions, headers: ["If-None-Match": value])
                #expect(same.status == 304)
                #expect(same.response.headers["etag"] == tag)
            }
            #expect(try await studio.get(extensions, headers: ["If-None-Match": "\"x\""]).status == 200)
            let unnamed = try await studio.get("query=%7Bhello%7D")
            #expect(unnamed.response.headers["etag"] == nil)
            #expect(unnamed.response.headers["cache-control"] == "no-store")
        }
    }
}
