public import Clients
public import Database
public import EventLoop
import FoundationEssentials
import Imaging

/// Finds the scenes of videos: first the cuts, then a picture of the middle of each scene.
public struct SceneRun: JobHandler {
    /// The share of the cuts in the progress; the rest is for the pictures.
    private static let cutsShare = 0.7
    /// How much has to be done before it is told again.
    private static let step = 0.05

    private let store: SceneRunStore
    private let objects: any ObjectStore
    private let reader: MediaReader?
    private let temporaryFolder: String
    private let blocking: BlockingPool

    /// Makes a handler for the jobs of kind `scenes`; without a reader no scenes are found.
    ///
    /// `temporaryFolder` has to exist.
    public init(
        pool: ConnectionPool, objects: any ObjectStore, reader: MediaReader?, temporaryFolder: String,
        blocking: BlockingPool = .shared
    ) {
        store = SceneRunStore(pool: pool)
        self.objects = objects
        self.reader = reader
        self.temporaryFolder = temporaryFolder
        self.blocking = blocking
    }

    /// Jobs of kind `scenes`.
    public var kind: JobKind { .scenes }

    /// Finds the scenes of the video that the job is about, unless that is done.
    public func run(_ job: Job) async throws {
        guard let plan = try await store.begin(job) else { return }
        do {
            guard let reader else { throw MediaReader.Refusal.unavailable }
            try await objects.withLocalFile(plan.objectKey, in: temporaryFolder, blocking: blocking) { path in
                let scenes = SceneFinder.scenes(
                    in: try await compare(path, reader, plan), duration: plan.durationSeconds)
                for (index, scene) in scenes.enumerated() {
                    try await picture(scene, number: index + 1, of: scenes.count, path, reader, plan)
                }
            }
        } catch let refusal as MediaReader.Refusal {
            let code = refusal.reason == .unavailable ? "NO_MEDIA_READER" : "UNREADABLE"
            return try await store.fail(plan, code: code, message: refusal.message)
        }
        try await store.complete(plan)
    }

    /// Makes the search `FAILED`.
    public func bury(_ job: Job, reason: String) async throws {
        // The reason is for the log; people get a sentence that leaks nothing.
        try await store.fail(
            job, code: "DETECTION_FAILED",
            message: "The scenes of the video could not be found. Start a review, or ask the operator.")
    }

    /// Compares the frames on the blocking pool while the progress is told; if either fails, both end.
    private func compare(
        _ path: String, _ reader: MediaReader, _ plan: SceneRunStore.Plan
    ) async throws -> MediaReader.Differences {
        let (steps, step) = AsyncStream.makeStream(of: Double.self, bufferingPolicy: .bufferingNewest(1))
        return try await withThrowingTaskGroup(of: MediaReader.Differences?.self) { group in
            group.addTask {
                defer { step.finish() }
                return try await blocking.run(stoppable: "comparing frames") { check in
                    var last = 0.0
                    return try reader.differences(of: path, checkCancellation: check) { seconds in
                        let fraction = min(1, seconds / plan.durationSeconds) * Self.cutsShare
                        guard fraction >= last + Self.step else { return }
                        last = fraction
                        step.yield(fraction)
                    }
                }
            }
            group.addTask {
                for await fraction in steps { try await store.progress(fraction, plan) }
                return nil
            }
            var differences = MediaReader.Differences()
            for try await result in group { differences = result ?? differences }
            return differences
        }
    }

    /// Stores a scene with its pictures; nothing stays in the object store if that fails.
    private func picture(
        _ scene: VideoScene, number: Int, of count: Int, _ path: String, _ reader: MediaReader,
        _ plan: SceneRunStore.Plan
    ) async throws {
        let (frame, small) = try await blocking.run(stoppable: "drawing a frame") { check in
            let frame = try reader.frame(
                at: scene.middleSeconds, of: path, width: plan.width, height: plan.height, checkCancellation: check)
            let picture = try Picture.decode(.bytes(frame), limits: FileInspector.frameLimits)
            return (frame, try Thumbnail.bytes(of: picture))
        }
        let stem = "projects/\(plan.projectID.text)/scenes/\(plan.assetID.text)/\(number)-\(plan.runToken.text)"
        let frameKey = try ObjectKey(stem)
        let thumbnailKey = try Thumbnail.key(for: frameKey)
        try await objects.withObjects([frameKey, thumbnailKey]) {
            try await objects.put(.bytes(frame), at: frameKey)
            try await objects.put(.bytes(small), at: thumbnailKey)
            try await store.store(
                scene, number: number, frame: frameKey, thumbnail: thumbnailKey,
                progress: Self.cutsShare + (1 - Self.cutsShare) * Double(number) / Double(count), plan)
        }
    }
}
