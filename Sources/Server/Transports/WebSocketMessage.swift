import GraphQL
import JSON

/// A message of a client in the protocol graphql-transport-ws.
enum ClientMessage {
    case connectionInit(payload: JSONObject?)
    case ping(payload: JSONObject?)
    case pong
    case subscribe(id: String, RequestParameters)
    case complete(id: String)

    /// Why a text isn't a message; the socket is closed with 4400 and this reason.
    struct Malformed: Swift.Error {
        let reason: String
    }

    /// Reads a text frame.
    init(_ text: [UInt8]) throws(Malformed) {
        let value: JSONValue
        do {
            value = try JSONReader.read(text)
        } catch {
            throw Malformed(reason: "Invalid message: not JSON")
        }
        guard case .object(let object) = value, case .string(let type)? = object["type"] else {
            throw Malformed(reason: "Invalid message: no type")
        }
        switch type {
        case "connection_init": self = .connectionInit(payload: try Self.payload(object))
        case "ping": self = .ping(payload: try Self.payload(object))
        case "pong":
            _ = try Self.payload(object)
            self = .pong
        case "complete": self = .complete(id: try Self.id(object))
        case "subscribe":
            guard let payload = object["payload"] else { throw Malformed(reason: "Invalid message: no payload") }
            do {
                self = .subscribe(id: try Self.id(object), try RequestParameters(payload))
            } catch let error as Malformed {
                throw error
            } catch {
                throw Malformed(reason: "Invalid message: the payload is no GraphQL request")
            }
        default: throw Malformed(reason: "Invalid message: unknown type")
        }
    }

    private static func id(_ object: JSONObject) throws(Malformed) -> String {
        guard case .string(let id)? = object["id"], !id.isEmpty else {
            throw Malformed(reason: "Invalid message: no id")
        }
        return id
    }

    private static func payload(_ object: JSONObject) throws(Malformed) -> JSONObject? {
        switch object["payload"] {
        case nil, .null?: return nil
        case .object(let payload)?: return payload
        default: throw Malformed(reason: "Invalid message: the payload is no object")
        }
    }
}

/// Messages of the server in the protocol graphql-transport-ws.
enum ServerMessage {
    static let connectionAck = Array(#"{"type":"connection_ack"}"#.utf8)

    static func pong(payload: JSONObject?) -> [UInt8] {
        var json = JSONWriter(capacity: 64)
        json.writeRaw("{\"type\":\"pong\"")
        if let payload {
            json.writeRaw(",\"payload\":")
            json.write(payload)
        }
        json.writeByte(UInt8(ascii: "}"))
        return json.finish()
    }

    static func next(id: String, payload: [UInt8]) -> [UInt8] {
        withPayload("next", id: id, payload)
    }

    static func error(id: String, _ errors: [GraphQLError]) -> [UInt8] {
        var json = JSONWriter(capacity: 256)
        errors.write(to: &json)
        return withPayload("error", id: id, json.finish())
    }

    static func complete(id: String) -> [UInt8] {
        var json = JSONWriter(capacity: 64)
        json.writeRaw("{\"id\":")
        json.writeString(id)
        json.writeRaw(",\"type\":\"complete\"}")
        return json.finish()
    }

    private static func withPayload(_ type: StaticString, id: String, _ payload: [UInt8]) -> [UInt8] {
        var json = JSONWriter(capacity: payload.count + id.utf8.count + 48)
        json.writeRaw("{\"id\":")
        json.writeString(id)
        json.writeRaw(",\"type\":\"")
        json.writeRaw(type)
        json.writeRaw("\",\"payload\":")
        json.writeRaw(payload)
        json.writeByte(UInt8(ascii: "}"))
        return json.finish()
    }
}
