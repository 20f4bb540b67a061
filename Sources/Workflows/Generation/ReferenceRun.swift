public import Clients
public import Database
public import EventLoop
import FoundationEssentials

/// Has pictures painted by a model, and stores them.
public struct ReferenceRun: JobHandler {
    private let store: ReferenceRunStore
    private let objects: any ObjectStore
    private let model: any PictureModel
    private let blocking: BlockingPool

    /// Makes a handler for the jobs of kind `generation`.
    public init(
        pool: ConnectionPool, objects: any ObjectStore, model: any PictureModel, blocking: BlockingPool = .shared
    ) {
        store = ReferenceRunStore(pool: pool)
        self.objects = objects
        self.model = model
        self.blocking = blocking
    }

    /// Jobs of kind `generation`.
    public var kind: JobKind { .generation }

    /// Makes the picture that the job is about, unless it is there or nobody wants it any more.
    public func run(_ job: Job) async throws {
        guard let plan = try await store.begin(job) else { return }
        var request = plan.request
        for key in plan.sourceKeys {
            guard let source = try await ReviewFile.source(key, in: objects) else {
                throw JobFailure.permanent(reason: "A picture to make it from is gone.")
            }
            request.sources.append(source)
        }
        let bytes = try await model.picture(for: request)
        // A service may answer with anything: what is stored is a picture.
        let inspected = try await blocking.run("inspecting a generated picture") {
            try FileInspector().inspect(picture: bytes, announced: "image/png")
        }
        guard let width = inspected.width, let height = inspected.height, let small = inspected.thumbnail else {
            throw JobFailure.permanent(reason: "The model's answer is no picture.")
        }
        let key = try ObjectKey(
            "projects/\(plan.projectID.text)/generated/\(plan.referenceID.text)/\(plan.runToken.text)")
        let thumbnail = try Thumbnail.key(for: key)
        try await objects.withObjects([key, thumbnail]) {
            try await objects.put(.bytes(bytes), at: key)
            try await objects.put(.bytes(small), at: thumbnail)
            try await store.complete(
                plan,
                picture: StoredFile(
                    objectKey: key.text, thumbnailKey: thumbnail.text, mediaType: inspected.mediaType, width: width,
                    height: height, byteCount: bytes.count, sha256: inspected.sha256), modelName: model.modelName)
        }
    }

    /// Makes the picture `FAILED`.
    public func bury(_ job: Job, reason: String) async throws {
        // The reason is for the log; people get a sentence that leaks nothing.
        try await store.fail(job)
    }
}
