import Synchronization

/// Remembers what became of a document's text: bounded by the bytes that the documents, plans and errors take.
///
/// Whoever sends ever new documents must not push out those that are in use. So a text enters the queue of newcomers;
/// a document that was asked for again before it reached the end of that queue moves on to the queue of the proven ones,
/// and all others leave: those used once, and refusals however often they are repeated. The proven leave in their
/// order too, but each use since the last turn gives another turn. (This is the S3-FIFO scheme; a hit only counts.)
final class DocumentCache: Sendable {
    typealias Entry = Result<PreparedDocument, RequestError>

    private final class Node {
        let text: [UInt8]
        let entry: Entry
        var bytes: Int
        /// How often it was asked for since its last turn, at most 3.
        var uses: UInt8 = 0
        var isProven = false

        init(text: [UInt8], entry: Entry) {
            self.text = text
            self.entry = entry
            bytes = entry.heapBytes(text: text)
        }
    }

    private struct State {
        var nodes: [[UInt8]: Node] = [:]
        var newcomers = Queue()
        var proven = Queue()
    }

    private let capacity: Int
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
        state.withLock { state in
            guard let node = state.nodes[text] else { return nil }
            if node.uses < 3 { node.uses += 1 }
            return node.entry
        }
    }

    /// Remembers an entry, unless the text has one already.
    func store(_ entry: Entry, for text: [UInt8]) {
        guard entry.heapBytes(text: text) <= maximumEntryBytes else { return }
        state.withLock { state in
            guard state.nodes[text] == nil else { return }
            let node = Node(text: text, entry: entry)
            state.nodes[text] = node
            state.newcomers.append(node)
            evict(from: &state)
        }
    }

    /// Takes notice that a document has more or fewer plans than before.
    func account(for document: PreparedDocument) {
        let text = document.document.source
        state.withLock { state in
            guard let node = state.nodes[text], case .success(let kept) = node.entry, kept === document else { return }
            let change = node.entry.heapBytes(text: text) - node.bytes
            node.bytes += change
            if node.isProven { state.proven.bytes += change } else { state.newcomers.bytes += change }
            evict(from: &state)
        }
    }

    private func evict(from state: inout State) {
        while state.newcomers.bytes + state.proven.bytes > capacity {
            if state.newcomers.bytes > maximumEntryBytes || state.proven.isEmpty {
                guard let node = state.newcomers.popFirst() else { return }
                if node.uses > 0, case .success = node.entry {
                    node.isProven = true
                    state.proven.append(node)
                } else {
                    state.nodes[node.text] = nil
                }
            } else if let node = state.proven.popFirst() {
                if node.uses > 0 {
                    node.uses -= 1
                    state.proven.append(node)
                } else {
                    state.nodes[node.text] = nil
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
