public import JSON

/// A Swift value that can stand in a response as a scalar, an enum value or a list of them.
///
/// The conforming type has already the range that the GraphQL type allows (specification section 3.5, "Result
/// Coercion"); what can still be wrong, like a `Double` that is not finite, is thrown.
public protocol LeafValue: Sendable {
    /// What all values of the type look like; ``LeafShape/Kind/custom`` unless the type says otherwise.
    static var leafShape: LeafShape { get }

    /// Appends the value's JSON.
    func write(to out: inout ResponseWriter) throws(FieldError)
}

extension LeafValue {
    /// A value that the type itself vouches for.
    public static var leafShape: LeafShape { LeafShape(.custom) }
}

extension Bool: LeafValue {
    /// A Boolean.
    public static var leafShape: LeafShape { LeafShape(.boolean) }

    /// Writes the value.
    @inlinable
    public func write(to out: inout ResponseWriter) {
        out.json.writeBool(self)
    }
}

extension Int32: LeafValue {
    /// An Int.
    public static var leafShape: LeafShape { LeafShape(.int) }

    /// Writes the value.
    @inlinable
    public func write(to out: inout ResponseWriter) {
        out.json.writeInt(Int(self))
    }
}

extension Double: LeafValue {
    /// A Float.
    public static var leafShape: LeafShape { LeafShape(.float) }

    /// Writes the value.
    @inlinable
    public func write(to out: inout ResponseWriter) throws(FieldError) {
        guard isFinite else {
            throw FieldError("Float cannot represent non numeric value: \(self)", code: .internalServerError)
        }
        out.json.writeDouble(self)
    }
}

extension String: LeafValue {
    /// A String.
    public static var leafShape: LeafShape { LeafShape(.string) }

    /// Writes the value.
    @inlinable
    public func write(to out: inout ResponseWriter) {
        out.json.writeString(self)
    }
}

extension Optional: LeafValue where Wrapped: LeafValue {
    /// The wrapped type's, or null.
    public static var leafShape: LeafShape { Wrapped.leafShape.orNull }

    /// Writes null for nil, and also, with an error in the response, for a value that can't be written.
    @inlinable
    public func write(to out: inout ResponseWriter) throws(FieldError) {
        guard let self else {
            out.json.writeNull()
            return
        }
        let start = out.json.count
        let depth = out.leafPath.count
        do {
            try self.write(to: &out)
        } catch {
            out.leafErrors.append((error, out.leafPath))
            out.leafPath.removeLast(out.leafPath.count - depth)
            out.json.truncate(to: start)
            out.json.writeNull()
        }
    }
}

extension Array: LeafValue where Element: LeafValue {
    /// A list of the elements' shape.
    public static var leafShape: LeafShape { Element.leafShape.inList }

    /// Writes the value.
    @inlinable
    public func write(to out: inout ResponseWriter) throws(FieldError) {
        out.json.writeByte(UInt8(ascii: "["))
        for index in indices {
            if index > 0 { out.json.writeByte(UInt8(ascii: ",")) }
            // Left in place by a throw, so that the catcher knows which item it was.
            out.leafPath.append(.index(index))
            try self[index].write(to: &out)
            out.leafPath.removeLast()
        }
        out.json.writeByte(UInt8(ascii: "]"))
    }
}
