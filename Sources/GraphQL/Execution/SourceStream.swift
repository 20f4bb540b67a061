/// The source stream of a subscription (specification section 6.2.3.1): what its root field yields, event by event.
///
/// `next` waits for the next event; nil ends the subscription. It runs in the subscription's task and must end
/// early when that task is cancelled.
public struct SourceStream: Sendable {
    /// One event: the root field's value.
    public struct Event: Sendable {
        @usableFromInline let column: ObjectsColumn

        @inlinable
        init(column: ObjectsColumn) {
            self.column = column
        }
    }

    @usableFromInline let next: @Sendable () async throws -> Event?

    @inlinable
    init(next: @escaping @Sendable () async throws -> Event?) {
        self.next = next
    }
}

/// A source stream whose events are objects of `Tag`.
public struct TypedSourceStream<Tag: OutputTypeTag>: Sendable {
    @usableFromInline let next: @Sendable () async throws -> Objects<Tag>?

    /// Makes a stream from a function that waits for the next event and gives nil at the end.
    @inlinable
    public init(next: @escaping @Sendable () async throws -> Objects<Tag>?) {
        self.next = next
    }

    @inlinable
    var erased: SourceStream {
        SourceStream { [next] in
            guard let objects = try await next() else { return nil }
            return SourceStream.Event(column: objects.column)
        }
    }
}
