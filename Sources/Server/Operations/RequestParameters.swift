import GraphQL
import JSON

/// Why the parameters of a request are not those of a GraphQL request (GraphQL over HTTP, section "Request Parameters").
struct RequestParametersError: Swift.Error {
    /// Whether the text isn't even JSON.
    let isMalformed: Bool
    let message: String

    var graphQLError: GraphQLError { GraphQLError(message, code: .badRequest) }
}

extension GraphQLRequest {
    /// Reads `query`, `operationName`, `variables` and `extensions` from JSON text; other members are ignored.
    init(json: [UInt8]) throws(RequestParametersError) {
        let value: JSONValue
        do {
            value = try JSONReader.read(json)
        } catch {
            throw RequestParametersError(isMalformed: true, message: "The body is not valid JSON: \(error)")
        }
        try self.init(value)
    }

    /// Reads the parameters from a JSON value.
    init(_ value: JSONValue) throws(RequestParametersError) {
        guard case .object(let object) = value else {
            throw Self.wrong("The request must be a JSON object.")
        }
        guard case .string(let query)? = object["query"] else {
            throw Self.wrong("The request needs \"query\", a string.")
        }
        self.init(
            query: Array(query.utf8), operationName: try Self.operationName(object["operationName"]),
            variables: try Self.map("variables", object["variables"]),
            extensions: try Self.map("extensions", object["extensions"]))
    }

    private static func operationName(_ value: JSONValue?) throws(RequestParametersError) -> String? {
        switch value {
        case nil, .null?: return nil
        case .string(let name)?: return name
        default: throw wrong("\"operationName\" must be a string or null.")
        }
    }

    private static func map(_ name: String, _ value: JSONValue?) throws(RequestParametersError) -> JSONObject {
        switch value {
        case nil, .null?: return JSONObject()
        case .object(let object)?: return object
        default: throw wrong("\"\(name)\" must be an object or null.")
        }
    }

    private static func wrong(_ message: String) -> RequestParametersError {
        RequestParametersError(isMalformed: false, message: message)
    }
}
