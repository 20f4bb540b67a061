/// What happened.
///
/// The name is stored; subscribers ignore kinds that they do not know.
public struct EventKind: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    /// The stored name.
    public let rawValue: String

    /// Makes a kind of a stored name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// A review went to another status.
    ///
    /// Payload: `reviewId`, `status`.
    public static let reviewStatusChanged = EventKind(rawValue: "review-status-changed")
    /// An outcome went to another status.
    ///
    /// Payload: `reviewId`, `outcomeId`, `status`, `outcomesFinished`, `outcomesTotal`.
    public static let reviewOutcomeChanged = EventKind(rawValue: "review-outcome-changed")
    /// A finding was stored.
    ///
    /// Payload: `reviewId`, `outcomeId`, `findingId`.
    public static let reviewFindingStored = EventKind(rawValue: "review-finding-stored")
    /// A review point has been checked in a scene of a video.
    ///
    /// Payload: `reviewId`, `outcomeId`, `sceneId`, `status`, `scenesFinished`, `scenesTotal`.
    public static let reviewSceneChecked = EventKind(rawValue: "review-scene-checked")
    /// An export went on.
    ///
    /// Payload: `exportId`, `status`, `slidesDone`, `slidesTotal`.
    public static let exportProgressed = EventKind(rawValue: "export-progressed")
    /// The reading of a document went on.
    ///
    /// Payload: `documentId`, `status`, `pagesDone`, `pagesTotal`.
    public static let documentProgressed = EventKind(rawValue: "document-progressed")
    /// Something became of an item of a batch job, or of the job.
    ///
    /// Payload: `batchJobId`, `itemId` if it is about an item, `status`, `total`, `succeeded`, `failed`, `cancelled`.
    public static let batchProgressed = EventKind(rawValue: "batch-progressed")
    /// Something became of files of an import, or of the import.
    ///
    /// Payload: `importId`, `itemIds` of those that have ended, `status`, `total`, `succeeded`, `failed`, `cancelled`.
    public static let importProgressed = EventKind(rawValue: "import-progressed")
    /// A generated picture went to another status.
    ///
    /// Payload: `referenceId`, `status`.
    public static let referenceProgressed = EventKind(rawValue: "reference-progressed")
    /// A try of a review point went to another status.
    ///
    /// Payload: `rpdTestId`, `status`.
    public static let rpdTestProgressed = EventKind(rawValue: "rpd-test-progressed")

    /// A task was made, changed, deleted or restored.
    ///
    /// Payload: `taskId`, `change`.
    public static let taskChanged = EventKind(rawValue: "task-changed")
    /// A subtask was made, changed, moved, deleted or restored, or got another version of its content.
    ///
    /// Payload: `taskId`, `subtaskId`, `change`.
    public static let subtaskChanged = EventKind(rawValue: "subtask-changed")
    /// An annotation was written, changed, solved or deleted.
    ///
    /// Payload: `taskId`, `subtaskId`, `annotationId`, `change`.
    public static let annotationChanged = EventKind(rawValue: "annotation-changed")
    /// A person has added, changed, decided about or held a finding.
    ///
    /// Payload: `taskId`, `subtaskId`, `findingId`, `change`.
    public static let findingChanged = EventKind(rawValue: "finding-changed")
    /// A model's look at a subtask's picture went to another status.
    ///
    /// Payload: `taskId`, `subtaskId`, `analysisId`, `kind`, `status`.
    public static let analysisChanged = EventKind(rawValue: "analysis-changed")
    /// The search for the scenes of a subtask's video went on.
    ///
    /// Payload: `taskId`, `subtaskId`, `contentId`, `status`, `progress`.
    public static let scenesChanged = EventKind(rawValue: "scenes-changed")
    /// A version of a review point went on in its preparation.
    ///
    /// Payload: `rpdId`, `rpdVersionId`, `readiness`.
    public static let rpdReadinessChanged = EventKind(rawValue: "rpd-readiness-changed")
    /// Something happened in a project; a trigger tells it (migration 0027).
    ///
    /// Payload: `activityId`.
    public static let activityRecorded = EventKind(rawValue: "activity-recorded")
    /// A person was told something.
    ///
    /// Payload: `notificationId`.
    public static let notified = EventKind(rawValue: "notified")
    /// Somebody has decided about a subtask.
    ///
    /// Payload: `taskId`, `subtaskId`, `decisionId`.
    public static let subtaskDecided = EventKind(rawValue: "subtask-decided")

    /// The stored name.
    public var description: String { rawValue }
}
