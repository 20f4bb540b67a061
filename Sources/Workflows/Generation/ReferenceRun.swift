public import Clients
public import Database
import FoundationEssentials
import Hashing
import Imaging

/// Has pictures painted by a model, and stores them.
public struct ReferenceRun: JobHandler {
    private let store: ReferenceRunStore
    private let objects: any ObjectStore
    private let model: any PictureModel

    /// Makes a handler for the jobs of kind `generation`.
    public init(pool: ConnectionPool, objects: any ObjectStore, model: any PictureModel) {
        store = ReferenceRunStore(pool: pool)
        self.objects = objects
        self.model = model
    }

    /// Jobs of kind `generation`.
    public var kind: JobKind { .generation }

    /// Makes the picture that the job is about, unless it is there or nobody wants it any more.
    public func run(_ job: Job) async throws {
        guard let plan = try await store.begin(job, referenceID: try job.keyID()) else { return }
        let bytes = try await model.picture(for: plan.request)
        // A service may answer with anything: what is stored is a picture.
        let header = try PictureHeader.read(.bytes(bytes))
        guard header.format == .png else {
            throw JobFailure.permanent(reason: "The model answered with \(header.format.mediaType).")
        }
        let key = try ObjectKey(
            "projects/\(plan.projectID.text)/generated/\(plan.referenceID.text)/\(plan.runToken.text)")
        try await objects.put(.bytes(bytes), at: key)
        do {
            try await store.complete(
                plan,
                picture: StoredPicture(
                    objectKey: key.text, width: header.width, height: header.height, byteCount: bytes.count,
                    sha256: Hex.encode(SHA256.hash(bytes))), modelName: model.modelName)
        } catch {
            try await objects.delete(key)
            throw error
        }
    }

    /// Makes the picture `FAILED`.
    public func bury(_ job: Job, reason: String) async throws {
        // The reason is for the log; people get a sentence that leaks nothing.
        try await store.fail(job, referenceID: try job.keyID())
    }
}
