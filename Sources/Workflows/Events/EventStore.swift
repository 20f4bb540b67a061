public import Database
public import JSON

/// The SQL of events: the outbox.
///
/// Within a topic ids become visible in the order of the commits; the function `append_event` of the migrations says
/// how. A transaction that appends to several topics goes from the narrower to the wider one.
public struct EventStore: Sendable {
    /// The channel that tells of new events; the payload is `<id> <topic>`.
    static let channel = "events"

    private let pool: ConnectionPool

    /// Makes a store over a pool.
    public init(pool: ConnectionPool) { self.pool = pool }

    /// Writes an event as part of the caller's transaction and gives its id.
    ///
    /// Listeners hear of it after the commit.
    @discardableResult
    public static func append(
        _ kind: EventKind, _ payload: JSONValue, to topic: Topic, in transaction: Transaction
    ) async throws -> Int {
        let rows = try await transaction.query(
            "select append_event(\(topic.name), \(kind.rawValue), \(JSONB(payload.encoded())))")
        guard let row = rows.first else { throw WorkflowError(.inconsistentData, "An event got no id.") }
        return row.int(0)
    }

    /// The events of a topic after the one with the id `after` (0 for all), in order, at most `limit`.
    public func read(_ topic: Topic, after: Int, limit: Int = 500) async throws -> [Event] {
        let rows = try await pool.query(
            """
            select id, kind, payload, created_at
            from events
            where topic = \(topic.name)
            and id > \(after)
            order by id
            limit \(limit)
            """)
        return try rows.map { row in
            Event(
                id: row.int(0), topic: topic, kind: EventKind(rawValue: row.string(1)),
                payload: try JSONReader.read(row.jsonb(2).bytes), createdAt: row.timestamp(3))
        }
    }

    /// The id of the newest event of a topic, 0 when it has none: where a subscriber starts who wants only what is new.
    public func newestID(of topic: Topic) async throws -> Int {
        let rows = try await pool.query("select coalesce(max(id), 0) from events where topic = \(topic.name)")
        return rows.first?.int(0) ?? 0
    }

    /// The id of the event that ended the try of a run before the present or last one; 0 if there was one try only.
    ///
    /// `kind` are the events that tell the run's status, and `ends` the statuses that end a try.
    func earlierEnd(of topic: Topic, kind: EventKind, ends: [String]) async throws -> Int {
        let rows = try await pool.query(
            """
            select coalesce(max(id), 0)
            from events
            where topic = \(topic.name)
            and kind = \(kind.rawValue)
            and payload ->> 'status' = any(\(ends))
            and id < (
                select max(id)
                from events
                where topic = \(topic.name)
                and kind = \(kind.rawValue)
                and payload ->> 'status' <> all(\(ends))
            )
            """)
        return rows.first?.int(0) ?? 0
    }

    /// Deletes events older than `age`, and gives their number.
    ///
    /// A client that comes back later than that starts anew.
    @discardableResult
    public func deleteEvents(olderThan age: Duration) async throws -> Int {
        try await pool.query(
            """
            delete from events
            where created_at < now() - make_interval(secs => \(age.seconds))
            """
        ).affectedRows
    }
}
