import Foundation
import GraphQL
import JSON
import Resolvers
import Testing

@testable import Server

@Suite("Shared subscriptions", .timeLimit(.minutes(15)))
struct SubscriptionHubTests {
    @Test("equal subscribers share one source stream, one execution per event and the same bytes")
    func sharing() async throws {
        try await Studio.run { studio in
            let inboxes = try (0..<3).map { _ in try studio.subscribe("live") }
            await studio.settle()
            studio.topic("a").emit(1)
            studio.topic("a").emit(2)
            for inbox in inboxes {
                await inbox.wait(2)
                #expect(inbox.values == ["1", "2"])
            }
            #expect(studio.sourceStreams == 1)
            #expect(studio.executions == 2)
            #expect(studio.service.hub.streamCount == 1)
        }
    }

    @Test("another viewer, another topic, other fields: each has an execution of its own")
    func noSharing() async throws {
        try await Studio.run { studio in
            let viewer = UUID()
            let inboxes = [
                try studio.subscribe("live"), try studio.subscribe("live", viewer: viewer),
                try studio.subscribe("live", fields: "viewer"),
            ]
            let elsewhere = try studio.subscribe("live", topic: "b")
            await studio.settle()
            studio.topic("a").emit(1)
            for inbox in inboxes { await inbox.wait(1) }
            #expect(studio.sourceStreams == 4)
            #expect(inboxes[0].all == [#"{"data":{"live":{"value":1,"viewer":null}}}"#])
            #expect(inboxes[1].all == [#"{"data":{"live":{"value":1,"viewer":"\#(viewer.uuidString)"}}}"#])
            #expect(inboxes[2].all == [#"{"data":{"live":{"viewer":null}}}"#])
            #expect(elsewhere.all.isEmpty)
        }
    }

    @Test("two tokens of one person share an execution")
    func tokens() async throws {
        try await Studio.run { studio in
            let viewer = UUID()
            let first = try studio.subscribe("live", viewer: viewer, expiresAt: Date(timeIntervalSinceNow: 60))
            let second = try studio.subscribe("live", viewer: viewer, expiresAt: Date(timeIntervalSinceNow: 90))
            await studio.settle()
            studio.topic("a").emit(1)
            await first.wait(1)
            await second.wait(1)
            #expect(studio.executions == 1)
        }
    }

    @Test("who joins a replaying stream later gets its past first, from the bytes that were sent")
    func lateJoiner() async throws {
        try await Studio.run { studio in
            studio.topic("a").emit(1)
            let early = try studio.subscribe("replay")
            studio.topic("a").emit(2)
            await early.wait(2)
            let late = try studio.subscribe("replay")
            #expect(late.values == ["1", "2"])
            studio.topic("a").emit(3)
            await early.wait(1)
            await late.wait(3)
            #expect(late.all == early.all)
            #expect(studio.sourceStreams == 1)
            #expect(studio.executions == 3)
        }
    }

    @Test("who joins a stream of the present gets nothing of its past")
    func liveOnly() async throws {
        try await Studio.run { studio in
            let early = try studio.subscribe("live")
            await studio.settle()
            studio.topic("a").emit(1)
            await early.wait(1)
            let late = try studio.subscribe("live")
            await studio.settle()
            studio.topic("a").emit(2)
            await late.wait(1)
            await early.wait(1)
            #expect(late.values == ["2"])
            #expect(early.values == ["1", "2"])
            #expect(studio.sourceStreams == 1)
        }
    }

    @Test("a past that is too large to keep is read anew for who joins later")
    func longPast() async throws {
        try await Studio.run { studio in
            for value in 1...4 { studio.topic("a").emit(Int32(value)) }
            let early = try studio.subscribe("replay", fields: "value filler")
            await early.wait(4)
            let late = try studio.subscribe("replay", fields: "value filler")
            await late.wait(4)
            #expect(late.all == early.all)
            #expect(studio.sourceStreams == 2)
            #expect(studio.service.hub.streamCount == 2)
            studio.service.hub.remove(early.subscriber)
            #expect(studio.service.hub.streamCount == 1)
            studio.service.hub.remove(late.subscriber)
            #expect(studio.service.hub.streamCount == 0)
        }
    }

    @Test("the stream goes on until the last subscriber leaves, and then its task and its source are gone")
    func leaving() async throws {
        try await Studio.run { studio in
            let topic = studio.topic("a")
            let stays = try studio.subscribe("live")
            let leaves = try studio.subscribe("live")
            await studio.settle()
            studio.service.hub.remove(leaves.subscriber)
            topic.emit(1)
            await stays.wait(1)
            #expect(leaves.all.isEmpty)
            #expect(topic.readers == 1)
            studio.service.hub.remove(stays.subscriber)
            #expect(studio.service.hub.streamCount == 0)
            await topic.freed.wait()
            #expect(topic.readers == 0)
            topic.emit(2)
            await studio.settle()
            #expect(stays.values == ["1"])
            #expect(stays.ending == nil)
        }
    }

    @Test("leaving twice, or before the stream has begun, is allowed")
    func leavingEarly() async throws {
        try await Studio.run { studio in
            let inbox = try studio.subscribe("replay")
            studio.service.hub.remove(inbox.subscriber)
            studio.service.hub.remove(inbox.subscriber)
            #expect(studio.service.hub.streamCount == 0)
            studio.topic("a").emit(1)
            await studio.settle()
            #expect(inbox.all.isEmpty)
            #expect(studio.topic("a").readers == 0)
            // The place is free: the next one begins anew.
            let next = try studio.subscribe("replay")
            await next.wait(1)
            #expect(next.values == ["1"])
        }
    }

    @Test("the end of the source reaches all, once")
    func completion() async throws {
        try await Studio.run { studio in
            let inboxes = try (0..<2).map { _ in try studio.subscribe("replay") }
            studio.topic("a").emit(1)
            studio.topic("a").end()
            for inbox in inboxes {
                await inbox.wait(2)
                #expect(inbox.values == ["1"])
                #expect(inbox.ending == "completed")
            }
            #expect(studio.service.hub.streamCount == 0)
            let late = try studio.subscribe("replay")
            await late.wait(2)
            #expect(late.values == ["1"])
            #expect(studio.sourceStreams == 2)
        }
    }

    @Test("the failure of the source reaches all, once, with its code")
    func failure() async throws {
        try await Studio.run { studio in
            let inboxes = try (0..<2).map { _ in try studio.subscribe("live") }
            await studio.settle()
            studio.topic("a").fail(FieldError("gone", code: .notFound))
            for inbox in inboxes {
                await inbox.wait(1)
                #expect(inbox.ending == "failed NOT_FOUND")
            }
            #expect(studio.service.hub.streamCount == 0)
        }
    }

    @Test("a subscription that is refused fails for everybody who waits for it")
    func refused() async throws {
        try await Studio.run { studio in
            let inboxes = try (0..<2).map { _ in try studio.subscribe("live", topic: "forbidden") }
            for inbox in inboxes {
                await inbox.wait(1)
                #expect(inbox.ending == "failed NOT_FOUND")
                #expect(inbox.values.isEmpty)
            }
            #expect(studio.sourceStreams == 1)
            #expect(studio.service.hub.streamCount == 0)
        }
    }

    @Test("a subscriber may leave, and take others with it, while it is being told")
    func leavingInDelivery() async throws {
        try await Studio.run { studio in
            let first = try studio.subscribe("live")
            let second = try studio.subscribe("live")
            first.onEvent = {
                studio.service.hub.remove(first.subscriber)
                studio.service.hub.remove(second.subscriber)
            }
            await studio.settle()
            studio.topic("a").emit(1)
            await first.wait(1)
            #expect(studio.service.hub.streamCount == 0)
            #expect(second.all.isEmpty)
            await studio.topic("a").freed.wait()
        }
    }
}

extension Studio {
    /// Subscribes to a field with the topic as a variable.
    fileprivate func subscribe(
        _ field: String, topic: String = "a", fields: String = "value viewer", viewer: UUID? = nil,
        expiresAt: Date? = nil
    ) throws -> Inbox {
        let request = try service.engine.prepare(
            GraphQLRequest(
                "subscription($topic: String!) { \(field)(topic: $topic) { \(fields) } }",
                variables: ["topic": .string(topic)]))
        let inbox = Inbox()
        let viewer = Viewer(signedIn: viewer.map { SignedIn(user: $0, session: nil) }, expiresAt: expiresAt)
        service.hub.add(inbox.subscriber, to: request, for: viewer, service: service, requestID: "test")
        return inbox
    }
}

/// What a subscriber got.
private final class Inbox: @unchecked Sendable {  // Reason: confined to the studio's loop.
    private(set) var all: [String] = []
    private(set) var ending: String?
    private(set) var subscriber: SubscriptionHub.Subscriber!
    var onEvent: () -> Void = {}
    private let signal = Signal()

    init() {
        subscriber = SubscriptionHub.Subscriber { [weak self] event in
            // A test may be over before its streams are.
            guard let self else { return }
            #expect(ending == nil, "nothing may follow the end")
            switch event {
            case .next(let bytes): all.append(String(decoding: bytes, as: UTF8.self))
            case .completed: ending = "completed"
            case .failed(let errors): ending = "failed \(errors.map(\.code.rawValue).joined(separator: " "))"
            }
            onEvent()
            signal.send()
        }
    }

    /// The numbers of the events.
    var values: [String] {
        all.compactMap { text in text.split(separator: "\"value\":").last.map { String($0.prefix { $0.isNumber }) } }
    }

    func wait(_ count: Int) async { await signal.wait(times: count) }
}
