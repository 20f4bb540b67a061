import Database
import Foundation
import GraphQL
import JSON
import Schema
import Workflows

/// The fields of `Subscription`.
enum SubscriptionResolvers {
    static let fields = SubscriptionFields(
        reviewProgress: { arguments, call in
            let review = try call.key(arguments.reviewId, ReviewType.self)
            return try await run(
                .review(review), about: review, ReviewRow.self, endedBy: .reviewStatusChanged, after: arguments.after,
                call
            ) { event in reviewEvent(event) }
        },
        taskEvents: { arguments, call in
            let task = try call.key(arguments.taskId, TaskType.self)
            return try await stream(
                .task(task), about: task, TaskRow.self, after: arguments.after, isLiveOnly: arguments.after == nil, call
            ) { event in taskEvent(event) }
        },
        projectTasks: { arguments, call in
            try await project(arguments.projectId, Topic.projectTasks, after: arguments.after, call) { taskEvent($0) }
        },
        boardChanged: { arguments, call in
            try await project(arguments.projectId, Topic.projectTasks, after: arguments.after, call) { event in
                event.kind == .taskChanged ? .one(TaskChangedSource(event: event)) : nil
            }
        },
        exportProgress: { arguments, call in
            let export = try call.key(arguments.exportId, ExportType.self)
            return try await run(
                .export(export), about: export, ExportRow.self, endedBy: .exportProgressed, after: arguments.after, call
            ) { event in event.kind == .exportProgressed ? .one(ExportProgressSource(event: event)) : nil }
        },
        documentProgress: { arguments, call in
            let document = try call.key(arguments.documentId, DocumentType.self)
            return try await run(
                .document(document), about: document, DocumentRow.self, endedBy: .documentProgressed,
                after: arguments.after, call
            ) { event in event.kind == .documentProgressed ? .one(DocumentProgressSource(event: event)) : nil }
        },
        batchJobProgress: { arguments, call in
            let job = try call.key(arguments.batchJobId, BatchJobType.self)
            return try await run(
                .batch(job), about: job, BatchJobRow.self, endedBy: .batchProgressed, after: arguments.after, call
            ) { event in event.kind == .batchProgressed ? .one(BatchJobProgressSource(event: event)) : nil }
        },
        importProgress: { arguments, call in
            let key = try call.key(arguments.importId, ImportType.self)
            return try await run(
                .import(key), about: key, ImportRow.self, endedBy: .importProgressed, after: arguments.after, call
            ) { event in event.kind == .importProgressed ? .one(ImportProgressSource(event: event)) : nil }
        },
        referenceProgress: { arguments, call in
            let reference = try call.key(arguments.generatedReferenceId, GeneratedReferenceType.self)
            return try await run(
                .reference(reference), about: reference, GeneratedReferenceRow.self, endedBy: .referenceProgressed,
                after: arguments.after, call
            ) { event in event.kind == .referenceProgressed ? .one(ReferenceProgressSource(event: event)) : nil }
        },
        rpdTestProgress: { arguments, call in
            let test = try call.key(arguments.rpdTestId, RpdTestType.self)
            return try await run(
                .rpdTest(test), about: test, RpdTestRow.self, endedBy: .rpdTestProgressed, after: arguments.after, call
            ) { event in event.kind == .rpdTestProgressed ? .one(RpdTestProgressSource(event: event)) : nil }
        },
        projectReviews: { arguments, call in
            try await project(arguments.projectId, Topic.projectReviews, after: arguments.after, call) { event in
                event.kind == .reviewStatusChanged ? .one(ReviewStatusChangedSource(event: event)) : nil
            }
        },
        rpdReadiness: { arguments, call in
            try await project(arguments.projectId, Topic.projectRpds, after: arguments.after, call) { event in
                event.kind == .rpdReadinessChanged ? .one(RpdReadinessChangedSource(event: event)) : nil
            }
        },
        projectActivity: { arguments, call in
            try await project(arguments.projectId, Topic.projectActivity, after: arguments.after, call) { event in
                event.kind == .activityRecorded ? .one(ActivityRecordedSource(event: event)) : nil
            }
        },
        notificationReceived: { arguments, call in
            let viewer = try call.request.requireViewer()
            return try await stream(
                .user(viewer), about: viewer, UserRow.self, after: arguments.after, isLiveOnly: arguments.after == nil,
                call
            ) { event in event.kind == .notified ? .one(NotificationReceivedSource(event: event)) : nil }
        })

    private static func reviewEvent(_ event: Event) -> Objects<ReviewEventType>? {
        var objects = AbstractObjects<ReviewEventType>()
        switch event.kind {
        case .reviewStatusChanged: objects.append(ReviewStatusChangedSource(event: event))
        case .reviewOutcomeChanged: objects.append(ReviewOutcomeChangedSource(event: event))
        case .reviewSceneChecked: objects.append(ReviewSceneCheckedSource(event: event))
        case .reviewFindingStored: objects.append(ReviewFindingStoredSource(event: event))
        default: return nil
        }
        return objects.finish()
    }

    private static func taskEvent(_ event: Event) -> Objects<TaskEventType>? {
        var objects = AbstractObjects<TaskEventType>()
        switch event.kind {
        case .taskChanged: objects.append(TaskChangedSource(event: event))
        case .subtaskChanged: objects.append(SubtaskChangedSource(event: event))
        case .subtaskDecided: objects.append(SubtaskDecidedSource(event: event))
        case .findingChanged: objects.append(FindingChangedSource(event: event))
        case .analysisChanged: objects.append(PictureAnalysisChangedSource(event: event))
        case .scenesChanged: objects.append(SceneDetectionChangedSource(event: event))
        case .annotationChanged: objects.append(AnnotationChangedSource(event: event))
        default: return nil
        }
        return objects.finish()
    }

    /// The events of a topic about a run, from the beginning of its present try, or after an event, to the event of the kind
    /// `end` that tells the last status of that try.
    private static func run<E: RunEntity, Tag: OutputTypeTag>(
        _ topic: Topic, about key: UUID, _: E.Type, endedBy end: EventKind, after: ID?, _ call: FieldCall,
        _ translate: @escaping @Sendable (Event) -> Objects<Tag>?
    ) async throws -> TypedSourceStream<Tag> {
        try await stream(
            topic, about: key, E.self, after: after, isLiveOnly: false, call, isOver: \.isOver,
            earlierEnd: { try await $0.earlierEnd(of: topic, kind: end, ends: E.ends) },
            isLast: { $0.kind == end && $0.payload["status"]?.string.map(E.isEnd) == true }, translate)
    }

    /// The events of a topic of a project: what happens next, or what has happened after an event.
    private static func project<Tag: OutputTypeTag>(
        _ id: ID, _ topic: (UUID) -> Topic, after: ID?, _ call: FieldCall,
        _ translate: @escaping @Sendable (Event) -> Objects<Tag>?
    ) async throws -> TypedSourceStream<Tag> {
        let project = try call.key(id, ProjectType.self)
        return try await stream(
            topic(project), about: project, ProjectRow.self, after: after, isLiveOnly: after == nil, call, translate)
    }

    /// The events of a topic about one object, as long as the viewer may see that object.
    ///
    /// `isLiveOnly` starts with what happens next instead of with the past; after the past of an object that `isOver`, and
    /// after an event behind the `earlierEnd` that `isLast`, nothing is waited for. `translate` makes an event an object of the field's type; nil
    /// for kinds that this field doesn't show.
    private static func stream<E: Entity, Tag: OutputTypeTag>(
        _ topic: Topic, about key: UUID, _: E.Type, after: ID?, isLiveOnly: Bool, _ call: FieldCall,
        isOver: (E) -> Bool = { _ in false }, earlierEnd: (EventFeed) async throws -> Int = { _ in 0 },
        isLast: @escaping @Sendable (Event) -> Bool = { _ in false },
        _ translate: @escaping @Sendable (Event) -> Objects<Tag>?
    ) async throws -> TypedSourceStream<Tag> {
        let viewer = try call.request.requireViewer()
        let services = call.request.services
        guard let about = try await visible(key, E.self, viewer, services.pool) else {
            throw FieldError.notFound(E.Object.typeName)
        }
        let earlier = try await earlierEnd(services.events)
        let position = isLiveOnly ? try await services.events.newestID(of: topic) : try eventID(after) ?? earlier
        let stream = services.events.stream(of: topic, after: position, endsWhenDry: isOver(about))
        let end = EndMark()
        return TypedSourceStream(isLiveOnly: isLiveOnly) {
            while !end.isReached, let event = try await stream.next() {
                // The right to see may have gone since the last event.
                guard try await visible(key, E.self, viewer, services.pool) != nil else {
                    throw FieldError.notFound(E.Object.typeName)
                }
                guard let objects = translate(event) else { continue }
                end.isReached = event.id > earlier && isLast(event)
                return objects
            }
            return nil
        }
    }

    private static func eventID(_ after: ID?) throws(FieldError) -> Int? {
        guard let after else { return nil }
        guard let id = Int(after.text), id >= 0 else {
            throw FieldError("\"after\" is no eventId.", code: .badUserInput)
        }
        return id
    }

    private static func visible<E: Entity>(
        _ key: UUID, _: E.Type, _ viewer: UUID, _ pool: ConnectionPool
    ) async throws -> E? {
        try await pool.queryFirst(E.byKeys([key], viewer: viewer)).map { E(row: $0) }
    }
}

/// Whether a stream has given its last event.
private final class EndMark: @unchecked Sendable {  // Reason: used by the one task that reads the stream.
    var isReached = false
}
