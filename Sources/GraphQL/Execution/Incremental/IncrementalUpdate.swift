import JSON

/// What one payload tells: which parts are still to come, data, and which parts are complete.
struct IncrementalUpdate: Sendable {
    /// A part of the response that will come: a deferred fragment or the rest of a streamed list.
    struct Pending: Sendable {
        let id: Int
        let path: [PathSegment]
        let label: String?
    }

    /// Data of a pending part.
    struct Entry: Sendable {
        enum Content: Sendable {
            /// Members of an object, which is this far below the path of the pending part.
            case data(subPath: ArraySlice<PathSegment>)
            /// More items of a list.
            case items
        }

        let id: Int
        let content: Content
        let json: [UInt8]
        let errors: [GraphQLError]
    }

    /// A pending part that ends here; with errors if it did not come.
    struct Completed: Sendable {
        let id: Int
        let errors: [GraphQLError]
    }

    var pending: [Pending] = []
    var entries: [Entry] = []
    var completed: [Completed] = []
    /// Whether another payload follows.
    var hasNext = true

    var isEmpty: Bool { pending.isEmpty && entries.isEmpty && completed.isEmpty }

    /// Puts a later update behind this one, so that both are one payload.
    mutating func append(_ later: IncrementalUpdate) {
        pending += later.pending
        entries += later.entries
        completed += later.completed
        hasNext = later.hasNext
    }

    /// The JSON of a payload after the first.
    func payload() -> [UInt8] {
        var json = JSONWriter(capacity: 256 + entries.reduce(0) { $0 + $1.json.count + 64 })
        json.writeByte(UInt8(ascii: "{"))
        writeMembers(to: &json)
        json.writeByte(UInt8(ascii: "}"))
        return json.finish()
    }

    /// The JSON of the first payload: data and errors like any response, and what will come.
    func payload(with initial: SerializedPart) -> [UInt8] {
        let data = initial.json ?? []
        var json = JSONWriter(capacity: 256 + data.count + 256 * initial.errors.count)
        json.writeByte(UInt8(ascii: "{"))
        if !initial.errors.isEmpty {
            json.writeRaw("\"errors\":")
            initial.errors.write(to: &json)
            json.writeByte(UInt8(ascii: ","))
        }
        json.writeRaw("\"data\":")
        json.writeRaw(data)
        if hasNext {
            json.writeByte(UInt8(ascii: ","))
            writeMembers(to: &json)
        }
        json.writeByte(UInt8(ascii: "}"))
        return json.finish()
    }

    private func writeMembers(to json: inout JSONWriter) {
        json.writeList(pending, named: "pending") { $0.write(to: &$1) }
        json.writeList(entries, named: "incremental") { $0.write(to: &$1) }
        json.writeList(completed, named: "completed") { $0.write(to: &$1) }
        json.writeRaw("\"hasNext\":")
        json.writeBool(hasNext)
    }
}

extension IncrementalUpdate.Pending {
    fileprivate func write(to json: inout JSONWriter) {
        json.writeID(id)
        json.writeRaw(",\"path\":")
        path[...].write(to: &json)
        if let label {
            json.writeRaw(",\"label\":")
            json.writeString(label)
        }
        json.writeByte(UInt8(ascii: "}"))
    }
}

extension IncrementalUpdate.Entry {
    fileprivate func write(to json: inout JSONWriter) {
        json.writeID(id)
        switch content {
        case .data(let subPath):
            if !subPath.isEmpty {
                json.writeRaw(",\"subPath\":")
                subPath.write(to: &json)
            }
            json.writeRaw(",\"data\":")
        case .items: json.writeRaw(",\"items\":")
        }
        json.writeRaw(self.json)
        json.writeErrors(errors)
        json.writeByte(UInt8(ascii: "}"))
    }
}

extension IncrementalUpdate.Completed {
    fileprivate func write(to json: inout JSONWriter) {
        json.writeID(id)
        json.writeErrors(errors)
        json.writeByte(UInt8(ascii: "}"))
    }
}

extension JSONWriter {
    /// Begins an object with the id of a pending part.
    fileprivate mutating func writeID(_ id: Int) {
        writeRaw("{\"id\":\"")
        writeInt(id)
        writeByte(UInt8(ascii: "\""))
    }

    fileprivate mutating func writeErrors(_ errors: [GraphQLError]) {
        guard !errors.isEmpty else { return }
        writeRaw(",\"errors\":")
        errors.write(to: &self)
    }

    /// A member with a list, and a comma behind it; nothing if the list is empty.
    fileprivate mutating func writeList<Element>(
        _ list: [Element], named name: StaticString, _ write: (Element, inout JSONWriter) -> Void
    ) {
        guard !list.isEmpty else { return }
        writeByte(UInt8(ascii: "\""))
        writeRaw(name)
        writeRaw("\":[")
        for (index, element) in list.enumerated() {
            if index > 0 { writeByte(UInt8(ascii: ",")) }
            write(element, &self)
        }
        writeRaw("],")
    }
}
