import GraphQL
import JSON

/// The parameters of a request as a client sent them (GraphQL over HTTP, section "Request Parameters").
///
/// A client may name a document that the server knows instead of sending its text.
struct RequestParameters: Sendable, Hashable {
    /// The document's text in UTF-8.
    var query: [UInt8]?
    /// The name of a stored document, instead of a text.
    var documentID: String?
    var operationName: String?
    var variables = JSONObject()
    var extensions = JSONObject()

    /// What the members of a request may be called that name a stored document.
    private static let documentIDNames = ["documentId", "id", "doc_id"]

    /// What `extensions` say about an automatic persisted query.
    var persistedQuery: JSONValue? { extensions["persistedQuery"] }

    /// Whether the client names its document, so that equal requests have equal, short URLs.
    var isNamed: Bool { documentID != nil || persistedQuery != nil }

    /// The parameters of a text.
    init(query: String, operationName: String? = nil, variables: JSONObject = JSONObject()) {
        self.query = Array(query.utf8)
        self.operationName = operationName
        self.variables = variables
    }

    /// Reads parameters from the text of a JSON object.
    init(json: [UInt8]) throws(OperationRefusal) {
        try self.init(try Self.read(json))
    }

    /// Reads parameters from a JSON value; members without a meaning are ignored.
    init(_ value: JSONValue) throws(OperationRefusal) {
        guard case .object(let object) = value else {
            throw OperationRefusal(.notARequest, "The request must be a JSON object.")
        }
        query = try Self.string("query", object["query"]).map { Array($0.utf8) }
        // Beside a text the names have no meaning here: clients have members of their own.
        if query == nil { documentID = try Self.documentID { object[$0] } }
        operationName = try Self.string("operationName", object["operationName"])
        variables = try Self.map("variables", object["variables"])
        extensions = try Self.map("extensions", object["extensions"])
        try checkDocument()
    }

    /// Reads parameters from the query of a URL; an empty one counts as absent.
    init(url request: HTTPRequest) throws(OperationRefusal) {
        var given: [String: String] = [:]
        guard let items = request.decodedQueryItems else {
            throw OperationRefusal(.malformed, "The query of the URL is not percent-encoded UTF-8.")
        }
        for (name, value) in items where !value.isEmpty {
            guard given.updateValue(value, forKey: name) == nil else {
                throw OperationRefusal(.malformed, "The URL has a parameter twice.")
            }
        }
        query = given["query"].map { Array($0.utf8) }
        if query == nil { documentID = try Self.documentID { given[$0].map { .string($0) } } }
        operationName = given["operationName"]
        variables = try Self.map("variables", try given["variables"].map(Self.read))
        extensions = try Self.map("extensions", try given["extensions"].map(Self.read))
        try checkDocument()
    }

    /// Reads JSON of a client: a byte order mark is passed over, a key that stands twice is refused, because two
    /// readers could take different values for it.
    static func read(_ json: [UInt8]) throws(OperationRefusal) -> JSONValue {
        do {
            return try JSONReader.read(
                json, options: JSONReader.Options(duplicateKeys: .refuse, byteOrderMark: .skip))
        } catch {
            throw OperationRefusal(.malformed, "This is not valid JSON: \(error)")
        }
    }

    private static func read(_ json: String) throws(OperationRefusal) -> JSONValue { try read(Array(json.utf8)) }

    private func checkDocument() throws(OperationRefusal) {
        guard query != nil || isNamed else {
            throw OperationRefusal(.notARequest, "The request needs \"query\", a string.")
        }
    }

    private static func documentID(
        _ member: (String) -> JSONValue?
    ) throws(OperationRefusal) -> String? {
        for name in documentIDNames {
            if let id = try string(name, member(name)) { return id }
        }
        return nil
    }

    private static func string(_ name: String, _ value: JSONValue?) throws(OperationRefusal) -> String? {
        switch value {
        case nil, .null?: return nil
        case .string(let text)?: return text
        default: throw OperationRefusal(.notARequest, "\"\(name)\" must be a string or null.")
        }
    }

    private static func map(_ name: String, _ value: JSONValue?) throws(OperationRefusal) -> JSONObject {
        switch value {
        case nil, .null?: return JSONObject()
        case .object(let object)?: return object
        default: throw OperationRefusal(.notARequest, "\"\(name)\" must be an object or null.")
        }
    }
}
