import JSON

/// Writes what the waves found as JSON, front to back, with null propagation (specification section 6.4.4) and errors.
///
/// A function that returns false has left its value unwritten: the caller must cut the buffer back and write null, or
/// pass it on if its own position is non-null.
struct Serializer: ~Copyable {
    private let document: Document
    private let context: ExecutionContext
    var out: ResponseWriter
    /// What was passed that comes later; always empty if the plan puts nothing off.
    var discoveries = Discoveries()

    init(document: Document, context: ExecutionContext, capacity: Int = 4096) {
        self.document = document
        self.context = context
        out = ResponseWriter(capacity: capacity)
    }

    /// The whole response of one execution.
    consuming func response(of root: PlannedBatch) -> (bytes: [UInt8], errorCodes: [GraphQLErrorCode]) {
        out.json.writeRaw("{\"data\":")
        let start = out.json.count
        if !writeObject(root, 0) { writeNull(from: start) }
        if out.errors.isEmpty {
            out.json.writeByte(UInt8(ascii: "}"))
            return (out.json.finish(), [])
        }
        // Errors come first, so that people see them (section 7.1); they are known only now.
        var whole = JSONWriter(capacity: out.json.count + 256 * out.errors.count)
        whole.writeRaw("{\"errors\":")
        out.errors.write(to: &whole)
        whole.writeByte(UInt8(ascii: ","))
        out.json.withBytes { whole.writeRaw(UnsafeBufferPointer(rebasing: $0.dropFirst())) }
        whole.writeByte(UInt8(ascii: "}"))
        return (whole.finish(), out.errors.map(\.code))
    }

    mutating func writeObject(_ batch: PlannedBatch, _ index: Int) -> Bool {
        let plan = batch.plan
        if plan.fields.isEmpty {
            if let failure = plan.failure { return record(failure) }
            out.json.writeByte(UInt8(ascii: "{"))
        }
        for fieldIndex in plan.unmanagedFields.indices {
            let isWritten = plan.unmanagedFields[fieldIndex]._withUnsafeGuaranteedRef { field in
                writeMember(field, fieldIndex, batch, index)
            }
            guard isWritten else { return false }
        }
        out.json.writeByte(UInt8(ascii: "}"))
        if plan.isDeferring {
            discoveries.objects.append(.init(batch: batch, index: index, path: out.path, end: out.json.count))
        }
        return true
    }

    /// The object that is being written fails as a whole.
    private mutating func record(_ failure: GraphQLError) -> Bool {
        let path = out.path
        out.errors.append(
            GraphQLError(
                failure.message, code: .badUserInput, locations: failure.locations, path: path.isEmpty ? nil : path))
        return false
    }

    /// The key and the value of a field; null in place of a value that could not be written, where null is allowed.
    @inline(__always)
    private mutating func writeMember(
        _ field: PlannedField, _ fieldIndex: Int, _ batch: PlannedBatch, _ index: Int
    ) -> Bool {
        batch.plan.keys.withUnsafeBufferPointer { keys in
            out.json.writeRaw(UnsafeBufferPointer(rebasing: keys[field.key]))
        }
        let start = out.json.count
        let isWritten =
            if let write = field.write {
                writeLeaf(write, batch.objects, index, field)
            } else {
                writeField(field, batch, fieldIndex, index)
            }
        if isWritten { return true }
        if field.type.isNonNull { return false }
        writeNull(from: start)
        return true
    }

    /// Puts null in the place of a value that could not be written.
    mutating func writeNull(from start: Int) {
        discoveries.cut(at: start)
        out.json.truncate(to: start)
        out.json.writeNull()
    }

    private mutating func writeField(
        _ field: PlannedField, _ batch: PlannedBatch, _ fieldIndex: Int, _ index: Int
    ) -> Bool {
        if case .typename(let name) = field.source {
            out.json.writeRaw(name)
            return true
        }
        switch batch.outcomes[fieldIndex] {
        case .leaves(let column):
            do {
                try column.write(index, to: &out)
                if !out.leafErrors.isEmpty { recordLeafErrors(in: field) }
                return true
            } catch {
                return fail(error, in: field)
            }
        case .objects(let objects):
            out.place.append(.field(Unmanaged.passUnretained(field)))
            defer { out.place.removeLast() }
            return writeColumn(objects, index, field)
        case .streamed(let objects, let rest):
            out.place.append(.field(Unmanaged.passUnretained(field)))
            defer { out.place.removeLast() }
            guard writeColumn(objects, index, field) else { return false }
            if rest.column.hasItems(at: index) {
                discoveries.lists.append(.init(rest: rest, parent: index, path: out.path, end: out.json.count))
            }
            return true
        case .failure(let error):
            record(error, in: field, path: out.path + [.key(field.responseKey)])
            return false
        case .pending:
            // Only after a failure of a mutation's non-null field: its siblings didn't run, the response is null.
            return false
        }
    }

    private mutating func writeLeaf(
        _ write: FieldResolver.WriteLeaf, _ objects: AnyObjectBatch, _ index: Int, _ field: PlannedField
    ) -> Bool {
        do {
            try write(objects, index, &out)
            if !out.leafErrors.isEmpty { recordLeafErrors(in: field) }
            return true
        } catch {
            return fail(error, in: field)
        }
    }

    /// Reports a leaf that could not be written; always false.
    private mutating func fail(_ error: FieldError, in field: PlannedField) -> Bool {
        recordLeafErrors(in: field)
        record(error, in: field, path: out.path + [.key(field.responseKey)] + out.leafPath)
        out.leafPath = []
        return false
    }

    private mutating func recordLeafErrors(in field: PlannedField) {
        for (error, path) in out.leafErrors {
            record(error, in: field, path: out.path + [.key(field.responseKey)] + path)
        }
        out.leafErrors = []
    }

    // MARK: Objects

    private mutating func writeColumn(
        _ objects: PlannedObjects, _ index: Int, _ field: PlannedField
    ) -> Bool {
        let wrapping = field.type.wrapping
        switch objects.column.shape {
        case .identity where !wrapping.isList:
            return writeElement(index, objects, field)
        case .optional(let entries) where !wrapping.isList || entries[index] < 0:
            return writeEntry(entries[index], objects, field, isNonNull: wrapping.isNonNull)
        case .lists(let starts) where wrapping.listDepth == 1:
            return writeList(Int(starts[index])..<Int(starts[index + 1]), objects, field)
        case .tokens(let tokens, let starts):
            var cursor = Int(starts[index])
            return writeTokens(tokens, &cursor, objects, field, wrapping)
        default:
            return misshapen(field)
        }
    }

    private mutating func misshapen(_ field: PlannedField) -> Bool {
        record(
            context.fieldError(ResolverFault("\(field.definition.name) gave lists where it has none, or none")),
            in: field, path: out.path)
        return false
    }

    private mutating func writeElement(
        _ element: Int, _ objects: PlannedObjects, _ field: PlannedField
    ) -> Bool {
        let isOfOneType = objects.column.places.isEmpty
        let place = isOfOneType ? (batch: 0, index: Int32(element)) : objects.column.places[element]
        if let batch = objects.batches[Int(place.batch)] { return writeObject(batch, Int(place.index)) }
        let typeName = objects.column.batches[Int(place.batch)].typeName
        let fault = ResolverFault("\(typeName) is no possible type of the field \(field.definition.name)")
        record(context.fieldError(fault), in: field, path: out.path)
        return false
    }

    /// An object, a null or a failure; null where null is allowed.
    private mutating func writeEntry(
        _ entry: Int32, _ objects: PlannedObjects, _ field: PlannedField, isNonNull: Bool
    ) -> Bool {
        if entry >= 0 { return writeElement(Int(entry), objects, field) }
        if entry <= ObjectsColumn.failureBase {
            record(objects.column.failures[Int(ObjectsColumn.failureBase - entry)], in: field, path: out.path)
            return false
        }
        guard isNonNull else {
            out.json.writeNull()
            return true
        }
        record(
            FieldError(
                "Cannot return null for non-nullable field \(field.definition.name).", code: .internalServerError),
            in: field, path: out.path)
        return false
    }

    private mutating func writeList(
        _ elements: Range<Int>, _ objects: PlannedObjects, _ field: PlannedField
    ) -> Bool {
        let isItemNonNull = field.type.wrapping.item.isNonNull
        out.json.writeByte(UInt8(ascii: "["))
        for element in elements {
            if element > elements.lowerBound { out.json.writeByte(UInt8(ascii: ",")) }
            let start = out.json.count
            out.place.append(.index(element - elements.lowerBound))
            let isWritten = writeElement(element, objects, field)
            out.place.removeLast()
            if isWritten { continue }
            if isItemNonNull { return false }
            writeNull(from: start)
        }
        out.json.writeByte(UInt8(ascii: "]"))
        return true
    }

    /// Any nesting of lists, nulls, failures and objects.
    mutating func writeTokens(
        _ tokens: [Int32], _ cursor: inout Int, _ objects: PlannedObjects, _ field: PlannedField,
        _ wrapping: TypeWrapping
    ) -> Bool {
        let token = tokens[cursor]
        cursor += 1
        guard token == ObjectsColumn.list else {
            if token >= 0, wrapping.isList { return misshapen(field) }
            return writeEntry(token, objects, field, isNonNull: wrapping.isNonNull)
        }
        guard wrapping.isList else {
            cursor -= 1
            skip(tokens, &cursor)
            return misshapen(field)
        }
        let count = Int(tokens[cursor])
        cursor += 1
        out.json.writeByte(UInt8(ascii: "["))
        for position in 0..<count {
            if position > 0 { out.json.writeByte(UInt8(ascii: ",")) }
            let start = out.json.count
            out.place.append(.index(position))
            let isWritten = writeTokens(tokens, &cursor, objects, field, wrapping.item)
            out.place.removeLast()
            if isWritten { continue }
            if wrapping.item.isNonNull {
                for _ in position + 1..<count { skip(tokens, &cursor) }
                return false
            }
            writeNull(from: start)
        }
        out.json.writeByte(UInt8(ascii: "]"))
        return true
    }

    /// Moves the cursor behind one value.
    private func skip(_ tokens: [Int32], _ cursor: inout Int) {
        let token = tokens[cursor]
        cursor += 1
        guard token == ObjectsColumn.list else { return }
        cursor += 1
        for _ in 0..<tokens[cursor - 1] { skip(tokens, &cursor) }
    }

    private mutating func record(_ error: FieldError, in field: PlannedField, path: [PathSegment]) {
        out.errors.append(
            GraphQLError(
                error.message, code: error.code,
                locations: (error.offset.map { [$0] } ?? field.offsets).map { document.location(of: $0) },
                path: path, extensions: error.extensions))
    }
}
