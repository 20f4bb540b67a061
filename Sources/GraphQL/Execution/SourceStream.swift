/// The source stream of a subscription (specification section 6.2.3.1): what its root field yields, event by event.
///
/// `next` waits for the next event; nil ends the subscription. It runs in the subscription's task and must end
/// early when that task is cancelled.
public struct SourceStream: Sendable {
    /// One event: the root field's value.
    public struct Event: Sendable {
        @usableFromInline
        enum Value: Sendable {
            case objects(ObjectsColumn)
            case leaf(AnyLeafColumn)
        }

        @usableFromInline let value: Value

        @inlinable
        init(_ value: Value) {
            self.value = value
        }
    }

    @usableFromInline let next: @Sendable () async throws -> Event?
    /// Whether it starts with what happens next, so that somebody who comes later misses nothing that he should get.
    @usableFromInline let isLiveOnly: Bool

    @inlinable
    init(isLiveOnly: Bool, next: @escaping @Sendable () async throws -> Event?) {
        self.isLiveOnly = isLiveOnly
        self.next = next
    }
}

/// A source stream whose events are objects of `Tag`.
public struct TypedSourceStream<Tag: OutputTypeTag>: Sendable {
    @usableFromInline let next: @Sendable () async throws -> Objects<Tag>?
    @usableFromInline let isLiveOnly: Bool

    /// Makes a stream.
    ///
    /// - Parameters:
    ///   - isLiveOnly: whether it starts with what happens next. A stream that begins with the past says false; then a
    ///     later subscriber who shares it is sent that past first.
    ///   - next: waits for the next event; nil ends the subscription.
    @inlinable
    public init(isLiveOnly: Bool = false, next: @escaping @Sendable () async throws -> Objects<Tag>?) {
        self.isLiveOnly = isLiveOnly
        self.next = next
    }

    @inlinable
    var erased: SourceStream {
        SourceStream(isLiveOnly: isLiveOnly) { [next] in
            guard let objects = try await next() else { return nil }
            return SourceStream.Event(.objects(objects.column))
        }
    }
}

/// A source stream whose events are scalars or enum values.
public struct LeafSourceStream<Value: LeafValue>: Sendable {
    @usableFromInline let next: @Sendable () async throws -> LeafEvent<Value>?
    @usableFromInline let isLiveOnly: Bool

    /// Makes a stream.
    ///
    /// - Parameters:
    ///   - isLiveOnly: whether it starts with what happens next, as in ``TypedSourceStream``.
    ///   - next: waits for the next event; nil ends the subscription.
    @inlinable
    public init(isLiveOnly: Bool = false, next: @escaping @Sendable () async throws -> LeafEvent<Value>?) {
        self.isLiveOnly = isLiveOnly
        self.next = next
    }

    @inlinable
    var erased: SourceStream {
        SourceStream(isLiveOnly: isLiveOnly) { [next] in
            guard let event = try await next() else { return nil }
            return SourceStream.Event(.leaf(LeafColumn(Leaves([event.value]))))
        }
    }
}

/// An event of a ``LeafSourceStream``, apart from its value so that a null value and the end of the stream differ.
public struct LeafEvent<Value: LeafValue>: Sendable {
    /// The root field's value.
    public let value: Value

    /// Wraps a value.
    @inlinable
    public init(_ value: Value) {
        self.value = value
    }
}
