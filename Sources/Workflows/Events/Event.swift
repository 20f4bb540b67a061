public import Database
public import FoundationEssentials
public import JSON

/// Something that has happened and has been committed.
public struct Event: Sendable, Hashable {
    /// Increases within a topic in the order of the commits.
    public let id: Int
    /// What it is about.
    public let topic: Topic
    /// What happened.
    public let kind: EventKind
    /// Ids and numbers, see `EventKind`.
    ///
    /// Ids are in the 36-character form in lower case. Never texts of users: whoever gets an event reads the objects
    /// under the rules of access.
    public let payload: JSONValue
    /// When it was written, by the database's clock.
    public let createdAt: Timestamp

    /// Makes an event.
    public init(id: Int, topic: Topic, kind: EventKind, payload: JSONValue, createdAt: Timestamp) {
        self.id = id
        self.topic = topic
        self.kind = kind
        self.payload = payload
        self.createdAt = createdAt
    }

    /// The id that the payload has under `key`, if it has one.
    public func uuid(_ key: String) -> UUID? { payload[key]?.string.flatMap(UUID.init(uuidString:)) }

    /// The ids that the payload has under `key`; none if it has no such list.
    public func uuids(_ key: String) -> [UUID] {
        (payload[key]?.array ?? []).compactMap { $0.string.flatMap(UUID.init(uuidString:)) }
    }

    /// The text that the payload has under `key`, if it has one.
    public func text(_ key: String) -> String? { payload[key]?.string }

    /// The number that the payload has under `key`, if it has one.
    public func number(_ key: String) -> Int? { payload[key]?.int.map { Int($0) } }
}
