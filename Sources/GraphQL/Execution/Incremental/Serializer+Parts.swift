import JSON

// The serialiser for incremental delivery: pieces of a response instead of a whole one.

extension Serializer {
    /// The root object; its JSON is `null` if a null went all the way up.
    mutating func part(root: PlannedBatch) -> SerializedPart {
        if !writeObject(root, 0) { writeNull(from: 0) }
        return takePart()
    }

    /// One object with the fields of a deferred selection, at its place in the response.
    mutating func part(of batch: PlannedBatch, _ index: Int, at path: [PathSegment]) -> SerializedPart {
        out.base = path
        if writeObject(batch, index) { return takePart() }
        writeNull(from: 0)
        let part = takePart()
        return SerializedPart(failure: part.errors)
    }

    /// The rest of one streamed list; `path` is the list's.
    ///
    /// An item that may not be null and is ends the stream; the items before it are delivered.
    mutating func part(of rest: StreamedRest, parent: Int, at path: [PathSegment]) -> SerializedPart {
        guard case .tokens(let tokens, let starts) = rest.column.shape, let objects = rest.objects else {
            preconditionFailure("A column is split into tokens, and resolved before it is written")
        }
        let wrapping = rest.field.type.wrapping.item
        var cursor = Int(starts[parent]) + 2
        out.base = path
        out.json.writeByte(UInt8(ascii: "["))
        for position in 0..<Int(tokens[cursor - 1]) {
            let end = out.json.count
            let errorCount = out.errors.count
            if position > 0 { out.json.writeByte(UInt8(ascii: ",")) }
            let start = out.json.count
            out.place.append(.index(rest.first + position))
            let isWritten = writeTokens(tokens, &cursor, objects, rest.field, wrapping)
            out.place.removeLast()
            if isWritten { continue }
            writeNull(from: start)
            guard wrapping.isNonNull else { continue }
            out.json.truncate(to: end)
            out.json.writeByte(UInt8(ascii: "]"))
            let failure = Array(out.errors[errorCount...])
            out.errors.removeLast(failure.count)
            var part = takePart()
            if position == 0 { part.json = nil }
            part.failure = failure
            return part
        }
        out.json.writeByte(UInt8(ascii: "]"))
        return takePart()
    }

    private mutating func takePart() -> SerializedPart {
        defer {
            out.errors = []
            discoveries = Discoveries()
        }
        return SerializedPart(json: out.json.takeBytes(), errors: out.errors, discoveries: discoveries)
    }
}
