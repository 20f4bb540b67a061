public import Clients
public import Database
public import EventLoop
import FoundationEssentials
import Imaging

/// Has pictures, and the frames in the middle of videos, looked at by a model, and stores what it saw.
public struct AnalysisRun: JobHandler {
    /// The most objects of a picture.
    static let maximumObjects = 25

    private let store: AnalysisRunStore
    private let objects: any ObjectStore
    private let model: any AnalysisModel
    private let reader: MediaReader?
    private let temporaryFolder: String
    private let blocking: BlockingPool

    /// Makes a handler for the jobs of kind `analysis`; without a reader looks at videos fail.
    ///
    /// `temporaryFolder` has to exist.
    public init(
        pool: ConnectionPool, objects: any ObjectStore, model: any AnalysisModel, reader: MediaReader?,
        temporaryFolder: String, blocking: BlockingPool = .shared
    ) {
        self.reader = reader
        self.temporaryFolder = temporaryFolder
        self.blocking = blocking
        store = AnalysisRunStore(pool: pool)
        self.objects = objects
        self.model = model
    }

    /// Jobs of kind `analysis`.
    public var kind: JobKind { .analysis }

    /// Looks at the picture that the job is about, unless that is done or nobody wants it any more.
    public func run(_ job: Job) async throws {
        guard let plan = try await store.begin(job, analysisID: try job.keyID()) else { return }
        do {
            guard let material = try await ReviewFile.source(plan.contentKey, in: objects) else {
                throw AnalysisRefusal(code: "PICTURE_UNREADABLE", message: "The picture is gone from the store.")
            }
            let picture = if let video = plan.video { try await middle(of: video, plan) } else { material }
            switch plan.kind {
            case .characters:
                let samples = try await samples(of: plan)
                let seen = try await model.characters(on: picture, among: samples)
                try Self.require(seen, among: samples)
                try await store.complete(plan, seen: seen, modelName: model.modelName)
            case .objects:
                let seen = try await model.objects(on: picture, limit: Self.maximumObjects)
                try await store.complete(
                    plan, seen: Array(seen.prefix(Self.maximumObjects)), modelName: model.modelName)
            }
        } catch let refusal as AnalysisRefusal {
            try await store.fail(plan, code: refusal.code, message: refusal.message)
        }
    }

    /// Makes the look `FAILED`.
    public func bury(_ job: Job, reason: String) async throws {
        // The reason is for the log; people get a sentence that leaks nothing.
        try await store.fail(
            job, analysisID: try job.keyID(), code: "ANALYSIS_FAILED",
            message: "The picture could not be looked at. Try it again, or ask the operator.")
    }

    /// The frame in the middle of a video.
    private func middle(
        of video: AnalysisRunStore.Video, _ plan: AnalysisRunStore.Plan
    ) async throws -> PictureSource {
        guard let reader else {
            throw AnalysisRefusal(code: "NO_MEDIA_READER", message: MediaReader.Refusal.unavailable.message)
        }
        do {
            let key = try ObjectKey(plan.contentKey)
            return .bytes(
                try await objects.withLocalFile(key, in: temporaryFolder, blocking: blocking) { path in
                    try await blocking.run(stoppable: "drawing a frame") { check in
                        try reader.frame(
                            at: video.durationSeconds / 2, of: path, width: video.width, height: video.height,
                            checkCancellation: check)
                    }
                })
        } catch let refusal as MediaReader.Refusal {
            throw AnalysisRefusal(code: "PICTURE_UNREADABLE", message: refusal.message)
        }
    }

    /// A service may answer with anything: what is stored are characters that were asked for.
    private static func require(_ seen: [SeenCharacter], among samples: [CharacterSample]) throws {
        let isKnown = seen.allSatisfy { character in
            guard samples.indices.contains(character.sample) else { return false }
            return character.reference.map(samples[character.sample].references.indices.contains) ?? true
        }
        if !isKnown || Swift.Set(seen.map(\.sample)).count < seen.count {
            throw JobFailure.permanent(reason: "The model answered with characters that were not asked for.")
        }
    }

    /// The candidates with their pictures, in the plan's order.
    private func samples(of plan: AnalysisRunStore.Plan) async throws -> [CharacterSample] {
        // Characters may have gone since the look was asked for.
        if plan.candidates.isEmpty {
            throw AnalysisRefusal(
                code: "NO_CHARACTER_PICTURES", message: "No character of the project has a picture to compare with.")
        }
        var samples: [CharacterSample] = []
        for candidate in plan.candidates {
            var references: [PictureSource] = []
            for picture in candidate.pictures {
                guard let source = try await ReviewFile.source(picture.key, in: objects) else {
                    throw AnalysisRefusal(
                        code: "REFERENCES_UNREADABLE", message: "A picture of a character is gone from the store.")
                }
                references.append(source)
            }
            samples.append(CharacterSample(name: candidate.name, references: references))
        }
        return samples
    }
}
