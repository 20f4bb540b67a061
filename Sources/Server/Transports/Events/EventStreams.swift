import Foundation
import Hashing
import Synchronization

/// The streams of graphql-sse's single connection mode by their tokens; shared by all loops, because the connection
/// that brings an operation may be another loop's than the stream's.
final class EventStreams: Sendable {
    /// What became of a wish to open a stream.
    enum Opening: Hashable {
        case opened
        /// The token's stream is open already.
        case taken
        /// There is no such token, or it is somebody else's, or its time is over.
        case unknown
    }

    /// How long a token waits for its stream.
    static let reservationLifetime = Duration.seconds(30)
    /// How many tokens there may be.
    static let maximumCount = 100_000

    private struct Entry {
        let user: UUID?
        let reservedAt: ContinuousClock.Instant
        var session: EventSession?
    }

    private struct State {
        var entries: [String: Entry] = [:]
        /// At so many tokens those whose time is over are forgotten.
        var nextSweep = 1_024
    }

    private let state = Mutex(State())

    /// How many tokens there are.
    var count: Int { state.withLock { $0.entries.count } }

    /// A new token for a person; nil if there are too many.
    func reserve(for user: UUID?, now: ContinuousClock.Instant = .now) -> String? {
        let token = Hex.encode(RandomBytes.generate(count: 16))
        return state.withLock { state in
            if state.entries.count >= state.nextSweep {
                state.entries = state.entries.filter { !Self.isOver($0.value, now) }
                state.nextSweep = min(Self.maximumCount, max(1_024, 2 * state.entries.count))
            }
            guard state.entries.count < Self.maximumCount else { return nil }
            state.entries[token] = Entry(user: user, reservedAt: now, session: nil)
            return token
        }
    }

    /// Connects a stream with its token.
    func open(_ token: String, _ session: EventSession, now: ContinuousClock.Instant = .now) -> Opening {
        state.withLock { state in
            guard let entry = state.entries[token], entry.user == session.viewer.user else { return .unknown }
            guard entry.session == nil else { return .taken }
            guard !Self.isOver(entry, now) else {
                state.entries[token] = nil
                return .unknown
            }
            state.entries[token]?.session = session
            return .opened
        }
    }

    /// The open stream of a person's token.
    func session(_ token: String, of user: UUID?) -> EventSession? {
        state.withLock { state in
            guard let entry = state.entries[token], entry.user == user else { return nil }
            return entry.session
        }
    }

    /// Forgets a token.
    func close(_ token: String) {
        state.withLock { $0.entries[token] = nil }
    }

    private static func isOver(_ entry: Entry, _ now: ContinuousClock.Instant) -> Bool {
        entry.session == nil && now - entry.reservedAt > reservationLifetime
    }
}
