import Synchronization

/// Documents that clients have registered by their SHA-256: bounded in number and in bytes, the longest unused leave
/// first.
///
/// Any client may register what is valid here; the hash is checked against the text, so nobody can register something
/// in another's name. Shared by all loops.
public final class PersistedQueries: Sendable {
    private struct Entry {
        let text: [UInt8]
        var lastUse: UInt64
    }

    private struct State {
        var entries: [String: Entry] = [:]
        var bytes = 0
        var clock: UInt64 = 0
    }

    private let maximumCount: Int
    private let maximumBytes: Int
    private let state = Mutex(State())

    /// Makes an empty store.
    ///
    /// - Parameters:
    ///   - maximumCount: how many documents it keeps.
    ///   - maximumBytes: how many bytes of documents it keeps.
    public init(maximumCount: Int = 10_000, maximumBytes: Int = 16 << 20) {
        self.maximumCount = maximumCount
        self.maximumBytes = maximumBytes
    }

    /// How many documents are kept.
    var count: Int { state.withLock { $0.entries.count } }

    func text(hash: String) -> [UInt8]? {
        state.withLock { state in
            guard let index = state.entries.index(forKey: hash) else { return nil }
            state.clock += 1
            state.entries.values[index].lastUse = state.clock
            return state.entries.values[index].text
        }
    }

    func store(_ text: [UInt8], hash: String) {
        guard text.count <= maximumBytes / 4, maximumCount > 0 else { return }
        state.withLock { state in
            state.clock += 1
            guard state.entries.updateValue(Entry(text: text, lastUse: state.clock), forKey: hash) == nil else {
                return
            }
            state.bytes += text.count
            if state.entries.count > maximumCount || state.bytes > maximumBytes { evict(from: &state) }
        }
    }

    /// Drops the least recently used until a quarter is free, so that sorting is paid for once in many documents.
    private func evict(from state: inout State) {
        let (count, bytes) = (maximumCount * 3 / 4, maximumBytes * 3 / 4)
        for (hash, entry) in state.entries.sorted(by: { $0.value.lastUse < $1.value.lastUse }) {
            if state.entries.count <= max(1, count), state.bytes <= bytes { return }
            state.entries[hash] = nil
            state.bytes -= entry.text.count
        }
    }
}
