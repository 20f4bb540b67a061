import JSON

/// The bytes of server-sent events (WHATWG HTML, section 9.2.6; graphql-sse).
///
/// Payloads are JSON of our own writing: one line, so that no line break ends the field early.
enum EventFraming {
    /// A comment, which keeps proxies from taking the stream for dead.
    static let keepAlive = Array(":\n\n".utf8)

    /// A result; with an id in the mode in which operations share a stream.
    static func next(_ payload: [UInt8], id: String?) -> [UInt8] {
        event("next", capacity: payload.count) { json in
            guard let id else { return json.writeRaw(payload) }
            json.writeRaw("{\"id\":")
            json.writeString(id)
            json.writeRaw(",\"payload\":")
            json.writeRaw(payload)
            json.writeRaw("}")
        }
    }

    /// The end of an operation; its data is never left out, because browsers drop events without any.
    static func complete(id: String?) -> [UInt8] {
        event("complete", capacity: 0) { json in
            guard let id else { return }
            json.writeRaw("{\"id\":")
            json.writeString(id)
            json.writeRaw("}")
        }
    }

    private static func event(_ name: StaticString, capacity: Int, _ data: (inout JSONWriter) -> Void) -> [UInt8] {
        var text = JSONWriter(capacity: capacity + 96)
        text.writeRaw("event: ")
        text.writeRaw(name)
        text.writeRaw("\ndata: ")
        data(&text)
        text.writeRaw("\n\n")
        return text.finish()
    }
}
