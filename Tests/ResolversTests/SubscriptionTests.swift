import Database
import EventLoop
import Foundation
import GraphQL
import JSON
import Testing

@testable import Resolvers
@testable import Workflows

@Suite("Subscriptions over the tables of events", .timeLimit(.minutes(15)))
struct SubscriptionTests {
    private static let progress = """
        subscription($id: ID!, $after: ID) { reviewProgress(reviewId: $id, after: $after) {
          __typename eventId occurredAt review { id }
          ... on ReviewStatusChanged { status }
          ... on ReviewOutcomeChanged { outcome { id } outcomeStatus: status outcomesFinished outcomesTotal }
          ... on ReviewFindingStored { finding { id } }
        } }
        """
    private static let project = """
        subscription($id: ID!, $after: ID) { projectReviews(projectId: $id, after: $after) {
          eventId status review { id }
        } }
        """
    private static let export = """
        subscription($id: ID!, $after: ID) { exportProgress(exportId: $id, after: $after) {
          eventId occurredAt status slidesDone slidesTotal export { id }
        } }
        """

    @Test("the past of a finished review comes whole and in order, and then the stream ends")
    func replay() async throws {
        try await API.run { api in
            let events = try await Watch(api, Self.progress, .review(1)).rest()
            let fields = events.compactMap { $0["reviewProgress"] }
            #expect(
                fields.map { $0["__typename"]?.string } == [
                    "ReviewStatusChanged", "ReviewStatusChanged", "ReviewOutcomeChanged", "ReviewFindingStored",
                    "ReviewOutcomeChanged", "ReviewStatusChanged",
                ])
            #expect(fields.compactMap { $0["status"]?.string } == ["PENDING", "PROCESSING", "COMPLETED"])
            #expect(fields.compactMap { $0["outcomeStatus"]?.string } == ["RUNNING", "OK"])
            #expect(fields.compactMap { $0["outcomesFinished"] } == [0, 1])
            #expect(fields[3]["finding"]?["id"] == .string(Key.finding(1).id))
            #expect(fields.allSatisfy { $0["review"]?["id"] == .string(Key.review(1).id) })
            #expect(fields.allSatisfy { $0["occurredAt"] == "2026-01-01T02:40:00.000000Z" })
            let ids = fields.compactMap { $0["eventId"]?.string.flatMap { Int($0) } }
            #expect(ids == ids.sorted() && Set(ids).count == 6)
        }
    }

    @Test("after an event comes what followed it, each once, whichever event it was")
    func after() async throws {
        try await API.run { api in
            let all = try await Watch(api, Self.progress, .review(1)).rest()
            let ids = all.compactMap { $0["reviewProgress"]?["eventId"]?.string }
            for (index, id) in ids.enumerated() {
                let rest = try await Watch(api, Self.progress, .review(1), after: id).rest()
                #expect(rest == Array(all.dropFirst(index + 1)))
            }
            #expect(try await Watch(api, Self.progress, .review(1), after: "999999").rest() == [])
        }
    }

    @Test("of a run that was tried again comes the present try to its end; after an event comes all that followed it")
    func retried() async throws {
        try await API.run { api in
            func tell(_ statuses: String...) async throws {
                for status in statuses {
                    try await api.pool.withTransaction { transaction in
                        _ = try await EventStore.append(
                            .exportProgressed,
                            [
                                "exportId": .string(Key.export(2).uuid.uuidString.lowercased()),
                                "status": .string(status), "slidesDone": 0, "slidesTotal": 4,
                            ], to: .export(Key.export(2).uuid), in: transaction)
                    }
                }
            }
            func statuses(_ events: [JSONValue]) -> [String] {
                events.compactMap { $0["exportProgress"]?["status"]?.string }
            }
            try await tell("PENDING", "PROCESSING", "FAILED")
            let first = try await Watch(api, Self.export, .export(2)).rest()
            #expect(statuses(first) == ["PENDING", "PROCESSING", "FAILED"])
            let beginning = try #require(first.first?["exportProgress"]?["eventId"]?.string)
            let again = try await api.execute(
                "mutation($id: ID!) { retryExport(input: { exportId: $id }) { userErrors { field code } } }",
                ["id": .string(Key.export(2).id)])
            #expect(again.problems("retryExport") == [])
            let present = try await Watch(api, Self.export, .export(2))
            let resumed = try await Watch(api, Self.export, .export(2), after: beginning)
            #expect(try await present.next()?["exportProgress"]?["status"] == "PENDING")
            try await tell("PROCESSING", "COMPLETED")
            #expect(statuses(try await present.rest()) == ["PROCESSING", "COMPLETED"])
            #expect(
                statuses(try await resumed.rest()) == ["PROCESSING", "FAILED", "PENDING", "PROCESSING", "COMPLETED"])
            let past = try await Watch(api, Self.export, .export(2)).rest()
            #expect(statuses(past) == ["PENDING", "PROCESSING", "COMPLETED"])
        }
    }

    @Test("what is no eventId is the client's fault")
    func wrongAfter() async throws {
        try await API.run { api in
            for after in ["", "x", "-1", "1.5", "99999999999999999999"] {
                for (query, key) in [
                    (Self.progress, Key.review(1)), (Self.project, .project(1)), (Self.export, .export(1)),
                ] {
                    let error = await #expect(throws: RequestError.self) {
                        try await Watch(api, query, key, after: after)
                    }
                    #expect(error?.errors.map(\.code) == [.badUserInput], "\(after)")
                }
            }
        }
    }

    @Test("what others may not see, or what isn't there, is NOT_FOUND; nobody is UNAUTHENTICATED")
    func refused() async throws {
        try await API.run { api in
            for (query, visible, hidden) in [
                (Self.progress, Key.review(1), Key.review(7)), (Self.project, .project(1), .project(3)),
                (Self.export, .export(1), .export(99)), (Self.task + Self.taskEvent, .task(1), .task(5)),
                (Self.board + Self.taskEvent, .project(1), .project(3)),
            ] {
                for (person, id) in [
                    (Person.supervisor, hidden.id), (.stranger, visible.id), (.supervisor, "nonsense"),
                    (.supervisor, visible.asType("User")),
                ] {
                    let error = await #expect(throws: RequestError.self) {
                        try await Watch(api, query, id: id, as: person)
                    }
                    #expect(error?.errors.map(\.code) == [.notFound])
                }
                let error = await #expect(throws: RequestError.self) {
                    try await Watch(api, query, id: visible.id, as: .nobody)
                }
                #expect(error?.errors.map(\.code) == [.unauthenticated])
            }
        }
    }

    @Test("what happens next comes at once, behind the past, and the last status ends the stream")
    func live() async throws {
        try await API.run { api in
            let stream = try await Watch(api, Self.progress, .review(3))
            for status in ["PENDING", "PROCESSING"] {
                #expect(try await stream.next()?["reviewProgress"]?["status"] == .string(status))
            }
            async let next = stream.next()
            try await api.settle()
            try await api.happen(.review(3), status: "CANCELLED")
            #expect(try await next?["reviewProgress"]?["status"] == "CANCELLED")
            #expect(try await stream.next() == nil)
        }
    }

    @Test("events that were committed while nobody waited, in one transaction or many, come in order and once")
    func bursts() async throws {
        try await API.run { api in
            let stream = try await Watch(api, Self.project, .project(1))
            for round in 0..<3 {
                try await api.pool.withTransaction { transaction in
                    for _ in 0..<5 {
                        try await EventStore.append(
                            .reviewStatusChanged,
                            [
                                "reviewId": .string(Key.review(3).uuid.uuidString.lowercased()), "status": "PROCESSING",
                            ], to: .projectReviews(Key.project(1).uuid), in: transaction)
                    }
                }
                var ids: [Int] = []
                for _ in 0..<5 {
                    let event = try #require(try await stream.next())
                    ids.append(event["projectReviews"]?["eventId"]?.string.flatMap { Int($0) } ?? 0)
                }
                #expect(ids == ids.sorted() && Set(ids).count == 5, "round \(round)")
            }
            stream.cancel()
        }
    }

    @Test("a project's reviews begin with what happens next, or after the given event")
    func projectReviews() async throws {
        try await API.run { api in
            let stream = try await Watch(api, Self.project, .project(1))
            #expect(stream.isLiveOnly)
            try await api.happen(.review(3), status: "COMPLETED")
            let event = try #require(try await stream.next()?["projectReviews"])
            #expect(event["status"] == "COMPLETED")
            #expect(event["review"]?["id"] == .string(Key.review(3).id))
            stream.cancel()
            let past = try await Watch(api, Self.project, .project(1), after: "0")
            #expect(!past.isLiveOnly)
            var statuses: [String] = []
            for _ in 0..<6 { statuses.append(try await past.next()?["projectReviews"]?["status"]?.string ?? "none") }
            #expect(statuses == ["PENDING", "PROCESSING", "COMPLETED", "PENDING", "PROCESSING", "COMPLETED"])
            past.cancel()
        }
    }

    private static let task = """
        subscription($id: ID!, $after: ID) { taskEvents(taskId: $id, after: $after) { ...Event } }
        """
    private static let board = """
        subscription($id: ID!, $after: ID) { projectTasks(projectId: $id, after: $after) { ...Event } }
        """
    private static let taskEvent = """
        fragment Event on TaskEvent {
          __typename eventId occurredAt task { id }
          ... on TaskChanged { change }
          ... on SubtaskChanged { change subtask { id } }
          ... on SubtaskDecided { decision { toStatus } subtask { id status } }
        }
        """

    @Test("a task and its project's board tell what people do, and the board also that the task is gone")
    func taskEvents() async throws {
        try await API.run { api in
            let task = try await Watch(api, Self.task + Self.taskEvent, .task(1))
            let board = try await Watch(api, Self.board + Self.taskEvent, .project(1))
            #expect(task.isLiveOnly && board.isLiveOnly)
            let services = api.services
            let viewer = Key.user(1).uuid
            _ = try await services.subtasks.decide(
                viewer: viewer, subtaskID: Key.subtask(1).uuid, status: "DENIED", comment: "")
            try await services.subtasks.delete(viewer: viewer, subtaskID: Key.subtask(2).uuid)
            for (stream, field) in [(task, "taskEvents"), (board, "projectTasks")] {
                let decided = try #require(try await stream.next()?[field])
                #expect(decided["__typename"] == "SubtaskDecided")
                #expect(decided["decision"] == ["toStatus": "DENIED"])
                #expect(decided["subtask"] == ["id": .string(Key.subtask(1).id), "status": "DENIED"])
                let moved = try #require(try await stream.next()?[field])
                #expect(moved["__typename"] == "SubtaskChanged")
                #expect(moved["change"] == "DELETED")
                #expect(moved["subtask"] == .null)
                #expect(moved["task"] == ["id": .string(Key.task(1).id)])
            }
            try await services.tasks.delete(viewer: viewer, taskID: Key.task(1).uuid)
            let gone = try #require(try await board.next()?["projectTasks"])
            #expect(gone["change"] == "DELETED" && gone["task"] == .null)
            let error = await #expect(throws: RequestError.self) { try await task.next() }
            #expect(error?.errors.map(\.code) == [.notFound])
            board.cancel()
        }
    }

    @Test("an export tells how far it was, and ends with its end")
    func exportProgress() async throws {
        try await API.run { api in
            let events = try await Watch(api, Self.export, .export(1)).rest().compactMap { $0["exportProgress"] }
            #expect(events.compactMap { $0["status"]?.string } == ["PENDING", "PROCESSING", "COMPLETED"])
            #expect(events.compactMap { $0["slidesDone"] } == [0, 1, 4])
            #expect(events.allSatisfy { $0["slidesTotal"] == 4 && $0["export"]?["id"] == .string(Key.export(1).id) })
        }
    }

    @Test("who loses the right to see gets NOT_FOUND instead of the next event, and nothing after it")
    func revoked() async throws {
        try await API.run { api in
            let stream = try await Watch(api, Self.progress, .review(3), as: .partner)
            _ = try await stream.next()
            _ = try await stream.next()
            try await api.sql("delete from project_members where user_id = \(Key.user(3).sql)")
            try await api.happen(.review(3), status: "COMPLETED")
            let error = await #expect(throws: RequestError.self) { try await stream.next() }
            #expect(error?.errors.map(\.code) == [.notFound])
        }
    }

    @Test("a stream that is broken off while it waits ends, and nobody keeps its place")
    func cancellation() async throws {
        try await API.run { api in
            let stream = try await Watch(api, Self.project, .project(1))
            let waiting = Task(executorPreference: api.pool.loop) { try await stream.next() }
            try await api.settle()
            #expect(api.services.events.streamCount == 1)
            waiting.cancel()
            let error = await #expect(throws: RequestError.self) { try await waiting.value }
            #expect(error?.errors.map(\.code) == [.cancelled])
            stream.cancel()
            try await api.settle()
            #expect(api.services.events.streamCount == 0)
        }
    }

    @Test("streams that have ended leave nothing behind, also on topics of which nothing is heard any more")
    func noLeak() async throws {
        try await API.run { api in
            let events = api.services.events
            let held = events.stream(of: .review(UUID()), after: 0, endsWhenDry: false)
            for _ in 0..<1000 { _ = events.stream(of: .review(UUID()), after: 0, endsWhenDry: true) }
            #expect(events.topicCount <= 130)
            #expect(events.streamCount == 1)
            withExtendedLifetime(held) {}
        }
    }

    @Test("an event after the connection to the notifications was lost is not lost")
    func reconnect() async throws {
        try await API.run { api in
            let stream = try await Watch(api, Self.project, .project(1))
            async let next = stream.next()
            try await api.settle()
            // The listener's own connection is the only one that listens.
            try await api.sql(
                "select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%' and datname = current_database()"
            )
            try await api.happen(.review(3), status: "COMPLETED")
            #expect(try await next?["projectReviews"]?["status"] == "COMPLETED")
            stream.cancel()
        }
    }
}

extension API {
    /// A review goes to a status, as its worker writes it.
    fileprivate func happen(_ review: Key, status: String) async throws {
        try await pool.withTransaction { transaction in
            _ = try await transaction.query(
                """
                update reviews
                set status = \(status), finished_at = case when \(status) = 'PROCESSING' then null else now() end
                where id = \(review.uuid)
                """)
            let payload: JSONValue = [
                "reviewId": .string(review.uuid.uuidString.lowercased()), "status": .string(status),
            ]
            try await EventStore.append(.reviewStatusChanged, payload, to: .review(review.uuid), in: transaction)
            try await EventStore.append(
                .reviewStatusChanged, payload, to: .projectReviews(Key.project(1).uuid), in: transaction)
        }
    }

    /// Lets everything run that is ready, as far as the database.
    fileprivate func settle() async throws {
        for _ in 0..<3 {
            try await pool.query("select 1")
            await withCheckedContinuation { continuation in pool.loop.whenIdle { continuation.resume() } }
        }
    }
}
