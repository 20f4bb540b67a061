// The one way in which this program makes JSON text. The GraphQL engine writes its responses through it, value by
// value, straight into the bytes that leave the machine; so the hot methods are inlinable and never build a `String`.

import Glibc

/// A growing buffer of bytes into which JSON text is written.
///
/// The writer does not check that the tokens make a document: commas, colons and brackets are the caller's, through
/// `writeByte(_:)` or `writeRaw(_:)`. It owns its memory alone and frees it once; it belongs to one thread at a time.
public struct JSONWriter: ~Copyable {
    @usableFromInline var base: UnsafeMutablePointer<UInt8>
    @usableFromInline var capacity: Int

    /// The number of bytes written so far.
    @inlinable
    @inline(__always)
    public var count: Int { used }

    @usableFromInline var used: Int

    /// Makes an empty buffer with room for `capacity` bytes before it must grow.
    public init(capacity: Int = 1024) {
        let size = max(capacity, 64)
        guard let memory = malloc(size) else { fatalError("JSONWriter: out of memory") }
        base = memory.assumingMemoryBound(to: UInt8.self)
        self.capacity = size
        used = 0
    }

    deinit {
        free(base)
    }

    /// Makes room for `additional` bytes after those written, so that writing them does not grow the buffer.
    @inlinable
    @inline(__always)
    public mutating func reserve(_ additional: Int) {
        if capacity &- used < additional { grow(additional) }
    }

    @usableFromInline
    @inline(never)
    mutating func grow(_ additional: Int) {
        let size = max(capacity * 2, used + additional)
        guard let memory = realloc(base, size) else { fatalError("JSONWriter: out of memory") }
        base = memory.assumingMemoryBound(to: UInt8.self)
        capacity = size
    }

    /// Writes one byte as it is.
    @inlinable
    @inline(__always)
    public mutating func writeByte(_ byte: UInt8) {
        reserve(1)
        base[used] = byte
        used &+= 1
    }

    /// Writes bytes as they are: JSON text that was encoded before.
    @inlinable
    public mutating func writeRaw(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress, bytes.count > 0 else { return }
        let count = bytes.count
        reserve(count)
        let target = UnsafeMutableRawPointer(base + used)
        let start = UnsafeRawPointer(source)
        // Keys, enum values and numbers are this short: two loads that may overlap cost less than a call of memmove.
        if count >= 8 && count <= 16 {
            let head = start.loadUnaligned(as: UInt64.self)
            let tail = start.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
            target.storeBytes(of: head, as: UInt64.self)
            target.storeBytes(of: tail, toByteOffset: count &- 8, as: UInt64.self)
        } else if count >= 4 && count < 8 {
            let head = start.loadUnaligned(as: UInt32.self)
            let tail = start.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
            target.storeBytes(of: head, as: UInt32.self)
            target.storeBytes(of: tail, toByteOffset: count &- 4, as: UInt32.self)
        } else {
            target.copyMemory(from: start, byteCount: count)
        }
        used &+= count
    }

    /// Writes bytes as they are: JSON text that was encoded before.
    @inlinable
    public mutating func writeRaw(_ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { writeRaw($0) }
    }

    /// Writes a literal piece of JSON text as it is, for example `{"data":`.
    @inlinable
    public mutating func writeRaw(_ text: StaticString) {
        if text.hasPointerRepresentation {
            writeRaw(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        } else {
            for byte in String(text.unicodeScalar).utf8 { writeByte(byte) }
        }
    }

    /// Writes a string in quotes, escaped as RFC 8259 §7 demands and no further.
    @inlinable
    public mutating func writeString(_ string: String) {
        // A native string hands out its bytes in place; only a bridged one needs the copy below.
        let done: Void? = string.utf8.withContiguousStorageIfAvailable { writeString(utf8: $0) }
        if done == nil {
            var copy = string
            copy.withUTF8 { writeString(utf8: $0) }
        }
    }

    /// Writes a string, given as UTF-8, in quotes and escaped.
    ///
    /// The bytes are not checked: invalid UTF-8 comes out as it went in.
    @inlinable
    public mutating func writeString(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        writeByte(UInt8(ascii: "\""))
        writeEscaped(utf8: bytes)
        writeByte(UInt8(ascii: "\""))
    }

    /// Writes `true` or `false`.
    @inlinable
    public mutating func writeBool(_ value: Bool) {
        if value { writeRaw("true") } else { writeRaw("false") }
    }

    /// Writes `null`.
    @inlinable
    public mutating func writeNull() {
        writeRaw("null")
    }

    /// Forgets everything written after the first `count` bytes.
    ///
    /// This is how the engine takes back a half-written object when a null propagates to its parent.
    @inlinable
    public mutating func truncate(to count: Int) {
        precondition(count >= 0 && count <= used, "JSONWriter.truncate: the mark lies outside the written bytes")
        used = count
    }

    /// Lends the written bytes; the pointer is valid only inside `body`.
    @inlinable
    public borrowing func withBytes<Returned: ~Copyable, Failure: Error>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Returned
    ) throws(Failure) -> Returned {
        try body(UnsafeBufferPointer(start: base, count: used))
    }

    /// Ends the writing and returns the bytes, copied once.
    public consuming func finish() -> [UInt8] {
        takeBytes()
    }

    /// Returns the bytes written, copied once, and starts anew in the same memory.
    ///
    /// This is `finish()` for a writer that is a stored property and lives on.
    public mutating func takeBytes() -> [UInt8] {
        defer { used = 0 }
        let length = used
        let source = base
        return [UInt8](unsafeUninitializedCapacity: length) { target, initialized in
            if let start = target.baseAddress { start.initialize(from: source, count: length) }
            initialized = length
        }
    }
}

// The memory has one owner because the type is not copyable, so moving the owner to another thread moves all access.
extension JSONWriter: @unchecked Sendable {}
