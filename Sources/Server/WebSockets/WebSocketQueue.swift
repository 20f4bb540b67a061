/// The messages that wait for a WebSocket's client to read, bounded in number and bytes; pure.
struct WebSocketQueue {
    private let maximumMessages: Int
    private let maximumBytes: Int
    private var messages: [[UInt8]] = []
    private var head = 0
    /// The bytes of all messages that wait.
    private(set) var bytes = 0

    init(maximumMessages: Int, maximumBytes: Int) {
        self.maximumMessages = maximumMessages
        self.maximumBytes = maximumBytes
    }

    var isEmpty: Bool { head == messages.count }
    var count: Int { messages.count - head }
    var first: [UInt8]? { isEmpty ? nil : messages[head] }

    /// Adds a message; false, and no message added, when a limit would be passed.
    ///
    /// A single message larger than the byte limit is taken when nothing else waits: it is one answer, not a backlog.
    mutating func append(_ message: [UInt8]) -> Bool {
        guard isEmpty || (count < maximumMessages && bytes + message.count <= maximumBytes) else { return false }
        messages.append(message)
        bytes += message.count
        return true
    }

    mutating func removeFirst() {
        guard head < messages.count else { return }
        bytes -= messages[head].count
        messages[head] = []
        head += 1
        if head == messages.count {
            removeAll()
        } else if head >= 64 {
            messages.removeFirst(head)
            head = 0
        }
    }

    mutating func removeAll() {
        messages.removeAll(keepingCapacity: messages.count <= 16)
        head = 0
        bytes = 0
    }
}
