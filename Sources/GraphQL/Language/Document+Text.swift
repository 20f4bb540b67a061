// Reading names out of a document's bytes: as a string where one is needed, as bytes where not.

extension Document {
    /// The name or raw text as a string.
    public func string(_ name: Name) -> String {
        String(decoding: source[name.range], as: UTF8.self)
    }

    /// The bytes of a name or raw text.
    public func bytes(_ name: Name) -> ArraySlice<UInt8> { source[name.range] }

    /// Calls the closure with the bytes of a name; the pointer is valid only inside it.
    @inline(__always)
    public func withBytes<T>(_ name: Name, _ body: (UnsafeBufferPointer<UInt8>) -> T) -> T {
        source.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[name.range])) }
    }

    /// Whether two names are spelt the same.
    public func isEqual(_ left: Name, _ right: Name) -> Bool {
        guard left.length == right.length else { return false }
        return left.start == right.start || source[left.range].elementsEqual(source[right.range])
    }

    /// Whether a name is spelt like a literal.
    public func isEqual(_ name: Name, _ text: StaticString) -> Bool {
        guard Int(name.length) == text.utf8CodeUnitCount else { return false }
        return withBytes(name) { bytes in
            bytes.elementsEqual(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        }
    }

    /// Whether a name is spelt like a string.
    @_disfavoredOverload
    public func isEqual(_ name: Name, _ text: String) -> Bool {
        guard Int(name.length) == text.utf8.count else { return false }
        // Contiguous bytes on both sides: element by element through two kinds of collection took a fifth of validation.
        return withBytes(name) { bytes in
            text.utf8.withContiguousStorageIfAvailable { bytes.elementsEqual($0) } ?? bytes.elementsEqual(text.utf8)
        }
    }

    /// Feeds the bytes of a name to a hasher.
    public func hash(_ name: Name, into hasher: inout Hasher) {
        withBytes(name) { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }

    /// Line and column of a byte offset, counted from the beginning of the source: only for errors.
    public func location(of offset: UInt32) -> SourceLocation {
        SourceLocation(offset: Int(offset), in: source)
    }

    /// Line and column of a name.
    public func location(of name: Name) -> SourceLocation { location(of: name.start) }
}
