import Foundation
import GraphQL
import JSON
import Schema
import Workflows

/// An event as the object of one of the event types.
///
/// Its own fields say how it was then, from the event's payload.
protocol EventSource: ObjectSource {
    var event: Event { get }
}

extension EventSource {
    var eventID: ID { ID(String(event.id)) }

    var occurredAt: DateTimeScalar { DateTimeScalar(event.createdAt) }

    /// A value of the payload, which only `Workflows` writes.
    func value<E: RawRepresentable<String>>(_ key: String, _: E.Type = E.self) -> E {
        guard let text = event.payload[key]?.string, let value = E(rawValue: text) else {
            preconditionFailure("Event \(event.id) has no \(key) that \(E.self) knows")
        }
        return value
    }

    func count(_ key: String) -> Int32 { Int32(clamping: event.payload[key]?.int ?? 0) }
}

/// The object of `ReviewStatusChanged`.
struct ReviewStatusChangedSource: EventSource {
    typealias Object = ReviewStatusChangedType
    let event: Event

    static let fields = ReviewStatusChangedFields<ReviewStatusChangedSource>(
        eventId: { $0.eventID },
        occurredAt: { $0.occurredAt },
        review: { sources, call in try await call.one(sources, { $0.event.uuid("reviewId") }, as: ReviewRow.self) },
        status: { $0.value("status") })
}

/// The object of `ReviewOutcomeChanged`.
struct ReviewOutcomeChangedSource: EventSource {
    typealias Object = ReviewOutcomeChangedType
    let event: Event

    static let fields = ReviewOutcomeChangedFields<ReviewOutcomeChangedSource>(
        eventId: { $0.eventID },
        occurredAt: { $0.occurredAt },
        review: { sources, call in try await call.one(sources, { $0.event.uuid("reviewId") }, as: ReviewRow.self) },
        outcome: { sources, call in
            try await call.one(sources, { $0.event.uuid("outcomeId") }, as: ReviewOutcomeRow.self)
        },
        status: { $0.value("status") },
        outcomesFinished: { $0.count("outcomesFinished") },
        outcomesTotal: { $0.count("outcomesTotal") })
}

/// The object of `ReviewSceneChecked`.
struct ReviewSceneCheckedSource: EventSource {
    typealias Object = ReviewSceneCheckedType
    let event: Event

    static let fields = ReviewSceneCheckedFields<ReviewSceneCheckedSource>(
        eventId: { $0.eventID },
        occurredAt: { $0.occurredAt },
        review: { sources, call in try await call.one(sources, { $0.event.uuid("reviewId") }, as: ReviewRow.self) },
        outcome: { sources, call in
            try await call.one(sources, { $0.event.uuid("outcomeId") }, as: ReviewOutcomeRow.self)
        },
        scene: { sources, call in
            try await call.one(sources, { $0.event.uuid("sceneId") }, as: VideoSceneRow.self)
        },
        status: { $0.value("status") },
        scenesFinished: { $0.count("scenesFinished") },
        scenesTotal: { $0.count("scenesTotal") })
}

/// The object of `ReviewFindingStored`.
struct ReviewFindingStoredSource: EventSource {
    typealias Object = ReviewFindingStoredType
    let event: Event

    static let fields = ReviewFindingStoredFields<ReviewFindingStoredSource>(
        eventId: { $0.eventID },
        occurredAt: { $0.occurredAt },
        review: { sources, call in try await call.one(sources, { $0.event.uuid("reviewId") }, as: ReviewRow.self) },
        finding: { sources, call in
            try await call.one(sources, { $0.event.uuid("findingId") }, as: FindingRow.self)
        })
}

/// The object of `RpdReadinessChanged`.
struct RpdReadinessChangedSource: EventSource {
    typealias Object = RpdReadinessChangedType
    let event: Event

    static let fields = RpdReadinessChangedFields<RpdReadinessChangedSource>(
        eventId: { $0.eventID },
        occurredAt: { $0.occurredAt },
        rpd: { sources, call in try await call.one(sources, { $0.event.uuid("rpdId") }, as: RpdRow.self) },
        rpdVersion: { sources, call in
            try await call.one(sources, { $0.event.uuid("rpdVersionId") }, as: RpdVersionRow.self)
        },
        readiness: { $0.value("readiness") })
}

/// The object of `NotificationReceived`.
struct NotificationReceivedSource: EventSource {
    typealias Object = NotificationReceivedType
    let event: Event

    static let fields = NotificationReceivedFields<NotificationReceivedSource>(
        eventId: { $0.eventID },
        occurredAt: { $0.occurredAt },
        notification: { sources, call in
            try await call.one(sources, { $0.event.uuid("notificationId") }, as: NotificationRow.self)
        })
}

/// The object of `ExportProgress`.
struct ExportProgressSource: EventSource {
    typealias Object = ExportProgressType
    let event: Event

    static let fields = ExportProgressFields<ExportProgressSource>(
        eventId: { $0.eventID },
        occurredAt: { $0.occurredAt },
        export: { sources, call in try await call.one(sources, { $0.event.uuid("exportId") }, as: ExportRow.self) },
        status: { $0.value("status") },
        slidesDone: { $0.count("slidesDone") },
        slidesTotal: { $0.count("slidesTotal") })
}

/// The object of `DocumentProgress`.
struct DocumentProgressSource: EventSource {
    typealias Object = DocumentProgressType
    let event: Event

    static let fields = DocumentProgressFields<DocumentProgressSource>(
        eventId: { $0.eventID },
        occurredAt: { $0.occurredAt },
        document: { sources, call in
            try await call.one(sources, { $0.event.uuid("documentId") }, as: DocumentRow.self)
        },
        status: { $0.value("status") },
        pagesDone: { $0.count("pagesDone") },
        pagesTotal: { $0.count("pagesTotal") })
}

/// The object of `BatchJobProgress`.
struct BatchJobProgressSource: EventSource {
    typealias Object = BatchJobProgressType
    let event: Event

    static let fields = BatchJobProgressFields<BatchJobProgressSource>(
        eventId: { $0.eventID },
        occurredAt: { $0.occurredAt },
        batchJob: { sources, call in
            try await call.one(sources, { $0.event.uuid("batchJobId") }, as: BatchJobRow.self)
        },
        item: { sources, call in
            try await call.one(sources, { $0.event.uuid("itemId") }, as: BatchJobItemRow.self)
        },
        status: { $0.value("status") },
        counts: { sources, _ in ItemCountsSource.told(by: sources) })
}

/// The object of `RpdTestProgress`.
struct RpdTestProgressSource: EventSource {
    typealias Object = RpdTestProgressType
    let event: Event

    static let fields = RpdTestProgressFields<RpdTestProgressSource>(
        eventId: { $0.eventID },
        occurredAt: { $0.occurredAt },
        test: { sources, call in
            try await call.one(sources, { $0.event.uuid("rpdTestId") }, as: RpdTestRow.self)
        },
        status: { $0.value("status") })
}

/// The object of `ReferenceProgress`.
struct ReferenceProgressSource: EventSource {
    typealias Object = ReferenceProgressType
    let event: Event

    static let fields = ReferenceProgressFields<ReferenceProgressSource>(
        eventId: { $0.eventID },
        occurredAt: { $0.occurredAt },
        reference: { sources, call in
            try await call.one(sources, { $0.event.uuid("referenceId") }, as: GeneratedReferenceRow.self)
        },
        status: { $0.value("status") })
}
