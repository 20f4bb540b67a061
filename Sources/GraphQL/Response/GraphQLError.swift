public import JSON

/// One entry of a response's `errors` (specification section 7.1.6).
public struct GraphQLError: Swift.Error, Hashable, Sendable {
    /// What went wrong, for a developer.
    public var message: String
    /// Where in the document, lines and columns from 1; empty if no place can be named.
    public var locations: [SourceLocation]
    /// Where in the response; nil for request errors.
    public var path: [PathSegment]?
    /// The stable reason.
    public var code: GraphQLErrorCode
    /// More members of `extensions` beside `code`.
    public var extensions: JSONObject

    /// Makes an error.
    public init(
        _ message: String,
        code: GraphQLErrorCode,
        locations: [SourceLocation] = [],
        path: [PathSegment]? = nil,
        extensions: JSONObject = JSONObject()
    ) {
        self.message = message
        self.locations = locations
        self.path = path
        self.code = code
        self.extensions = extensions
    }
}

extension GraphQLError {
    /// Writes the error as a JSON object: message, locations, path, extensions.
    public func write(to json: inout JSONWriter) {
        json.writeRaw("{\"message\":")
        json.writeString(message)
        if !locations.isEmpty {
            json.writeRaw(",\"locations\":[")
            for (index, location) in locations.enumerated() {
                if index > 0 { json.writeByte(UInt8(ascii: ",")) }
                json.writeRaw("{\"line\":")
                json.writeInt(location.line)
                json.writeRaw(",\"column\":")
                json.writeInt(location.column)
                json.writeByte(UInt8(ascii: "}"))
            }
            json.writeByte(UInt8(ascii: "]"))
        }
        if let path {
            json.writeRaw(",\"path\":")
            path[...].write(to: &json)
        }
        json.writeRaw(",\"extensions\":{\"code\":")
        json.writeString(code.rawValue)
        for member in extensions.members {
            json.writeByte(UInt8(ascii: ","))
            json.writeString(member.key)
            json.writeByte(UInt8(ascii: ":"))
            json.write(member.value)
        }
        json.writeRaw("}}")
    }

    /// A whole response body that has only errors: `{"errors":[…]}`, as request errors require (section 7.1.3).
    public static func requestErrorBody(_ errors: [GraphQLError]) -> [UInt8] {
        var json = JSONWriter(capacity: 256)
        json.writeRaw("{\"errors\":")
        errors.write(to: &json)
        json.writeByte(UInt8(ascii: "}"))
        return json.finish()
    }
}

extension [GraphQLError] {
    /// Writes the errors as a JSON array.
    public func write(to json: inout JSONWriter) {
        json.writeByte(UInt8(ascii: "["))
        for (index, error) in enumerated() {
            if index > 0 { json.writeByte(UInt8(ascii: ",")) }
            error.write(to: &json)
        }
        json.writeByte(UInt8(ascii: "]"))
    }
}
