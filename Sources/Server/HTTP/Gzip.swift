import CZlib

/// Compresses with gzip (RFC 1952).
enum Gzip {
    /// Nearly as small as the usual 6 for JSON, in two thirds of the time.
    private static let level: Int32 = 5

    /// The compressed bytes; nil only if memory is short.
    static func compress(_ bytes: [UInt8]) -> [UInt8]? {
        var stream = z_stream()
        guard aimage_gzip_init(&stream, level) == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        let capacity = Int(deflateBound(&stream, uLong(bytes.count)))
        var isComplete = false
        let compressed = bytes.withUnsafeBufferPointer { input in
            [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
                // zlib reads its input only, whatever its type says.
                stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.avail_in = uInt(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = uInt(output.count)
                isComplete = deflate(&stream, Z_FINISH) == Z_STREAM_END
                count = isComplete ? output.count - Int(stream.avail_out) : 0
            }
        }
        return isComplete ? compressed : nil
    }
}
