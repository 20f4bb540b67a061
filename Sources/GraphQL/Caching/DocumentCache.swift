import Glibc
import Synchronization

/// Remembers what became of a document's text: bounded by the bytes that the documents, plans and errors take.
///
/// Whoever sends ever new documents must not push out those that are in use. So a text enters the queue of newcomers;
/// a document that was asked for again before it reached the end of that queue moves on to the queue of the proven ones,
/// and all others leave: those used once, and refusals however often they are repeated. The proven leave in their
/// order too, but each use since the last turn gives another turn. (This is the S3-FIFO scheme; a hit only counts.)
final class DocumentCache: Sendable {
    typealias Entry = Result<PreparedDocument, RequestError>

    /// A text with its hash, which is made before the lock is taken.
    private struct Key: Hashable {
        let text: [UInt8]
        let hash: UInt64

        static func == (left: Key, right: Key) -> Bool {
            let count = left.text.count
            guard left.hash == right.hash, count == right.text.count else { return false }
            return left.text.withUnsafeBytes { left in
                right.text.withUnsafeBytes { right in
                    guard let left = left.baseAddress, let right = right.baseAddress else { return true }
                    return memcmp(left, right, count) == 0
                }
            }
        }

        func hash(into hasher: inout Hasher) { hasher.combine(hash) }
    }

    private final class Node {
        let key: Key
        let entry: Entry
        var bytes: Int
        /// How often it was asked for since its last turn, at most 3.
        var uses: UInt8 = 0
        var isProven = false

        init(key: Key, entry: Entry) {
            self.key = key
            self.entry = entry
            bytes = entry.heapBytes(text: key.text)
        }
    }

    private struct State {
        var nodes: [Key: Node] = [:]
        var newcomers = Queue()
        var proven = Queue()
    }

    private let capacity: Int
    private let textHash = TextHash()
    private let state = Mutex(State())

    /// Makes a cache that holds at most so many bytes.
    init(capacity: Int) {
        self.capacity = capacity
    }

    /// The most that one document may take, and again its plans: otherwise a few could fill the cache.
    ///
    /// Newcomers together keep at least as much, however many documents are proven.
    var maximumEntryBytes: Int { capacity / 8 }
    /// The bytes that are taken now.
    var bytes: Int { state.withLock { $0.newcomers.bytes + $0.proven.bytes } }

    subscript(text: [UInt8]) -> Entry? {
        let key = key(text)
        return state.withLock { state in
            guard let node = state.nodes[key] else { return nil }
            if node.uses < 3 { node.uses += 1 }
            return node.entry
        }
    }

    /// Remembers an entry, unless the text has one already.
    func store(_ entry: Entry, for text: [UInt8]) {
        guard entry.heapBytes(text: text) <= maximumEntryBytes else { return }
        let key = key(text)
        state.withLock { state in
            guard state.nodes[key] == nil else { return }
            let node = Node(key: key, entry: entry)
            state.nodes[key] = node
            state.newcomers.append(node)
            evict(from: &state)
        }
    }

    /// Takes notice that a document has more or fewer plans than before.
    func account(for document: PreparedDocument) {
        let key = key(document.document.source)
        state.withLock { state in
            guard let node = state.nodes[key], case .success(let kept) = node.entry, kept === document else { return }
            let change = node.entry.heapBytes(text: key.text) - node.bytes
            node.bytes += change
            if node.isProven { state.proven.bytes += change } else { state.newcomers.bytes += change }
            evict(from: &state)
        }
    }

    private func key(_ text: [UInt8]) -> Key { Key(text: text, hash: textHash.hash(text)) }

    private func evict(from state: inout State) {
        while state.newcomers.bytes + state.proven.bytes > capacity {
            if state.newcomers.bytes > maximumEntryBytes || state.proven.isEmpty {
                guard let node = state.newcomers.popFirst() else { return }
                if node.uses > 0, case .success = node.entry {
                    node.isProven = true
                    state.proven.append(node)
                } else {
                    state.nodes[node.key] = nil
                }
            } else if let node = state.proven.popFirst() {
                if node.uses > 0 {
                    node.uses -= 1
                    state.proven.append(node)
                } else {
                    state.nodes[node.key] = nil
                }
            }
        }
    }

    /// First in, first out.
    private struct Queue {
        private var nodes: [Node?] = []
        private var head = 0
        var bytes = 0

        var isEmpty: Bool { head == nodes.count }

        mutating func append(_ node: Node) {
            nodes.append(node)
            bytes += node.bytes
        }

        mutating func popFirst() -> Node? {
            guard head < nodes.count, let node = nodes[head] else { return nil }
            nodes[head] = nil
            head += 1
            bytes -= node.bytes
            if head * 2 > nodes.count {
                nodes.removeFirst(head)
                head = 0
            }
            return node
        }
    }
}

extension DocumentCache.Entry {
    /// What an entry takes in the cache: what it holds, the text that is its key, a node and its places in the tables.
    fileprivate func heapBytes(text: [UInt8]) -> Int {
        let bookkeeping = 160
        switch self {
        // The key and the document's source are one buffer.
        case .success(let document): return bookkeeping + document.heapBytes
        case .failure(let error): return bookkeeping + HeapSize.array(text) + error.heapBytes
        }
    }
}
