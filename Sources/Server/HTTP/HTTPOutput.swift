/// The bytes that wait for a socket to take them, in order.
struct HTTPOutput {
    /// What a flush came to.
    enum Outcome: Hashable {
        /// Everything is with the kernel.
        case flushed
        /// The socket is full; go on when it is writable.
        case blocked
        /// The peer is gone.
        case failed
    }

    private var segments: [[UInt8]] = []
    private var head = 0
    private var offset = 0
    /// Bytes not yet with the kernel.
    private(set) var count = 0
    /// Bytes that the kernel took since the output was last empty.
    private(set) var sent = 0

    var isEmpty: Bool { count == 0 }

    mutating func append(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        segments.append(bytes)
        count += bytes.count
    }

    /// Gives the kernel as much as it takes.
    ///
    /// Empty and blocked at once means that the rest waits in the channel, encrypted.
    mutating func flush(to channel: SocketChannel) -> Outcome {
        while head < segments.count {
            let hasMore = head + 1 < segments.count
            let written = segments[head].withUnsafeBytes { bytes in
                channel.send(UnsafeRawBufferPointer(rebasing: bytes[offset...]), hasMore: hasMore)
            }
            guard let written else { return .failed }
            if written == 0 { return .blocked }
            offset += written
            count -= written
            sent += written
            if offset == segments[head].count {
                segments[head] = []
                head += 1
                offset = 0
            }
        }
        segments.removeAll(keepingCapacity: segments.count < 8)
        head = 0
        sent = 0
        return channel.flush()
    }
}
