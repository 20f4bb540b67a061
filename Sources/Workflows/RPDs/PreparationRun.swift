public import Clients
public import Database
public import EventLoop
import FoundationEssentials
import Imaging

/// Prepares versions of review points: what can be known of them before there is a picture to review.
///
/// Every reference picture is read, so that a review does not fail in its middle; the instruction is split into parts, and
/// a visual check is sorted by its words.
public struct PreparationRun: JobHandler {
    private let store: PreparationStore
    private let objects: any ObjectStore
    private let blocking: BlockingPool

    /// Makes a handler for the jobs of kind `preparation`.
    public init(pool: ConnectionPool, objects: any ObjectStore, blocking: BlockingPool = .shared) {
        store = PreparationStore(pool: pool)
        self.objects = objects
        self.blocking = blocking
    }

    /// Jobs of kind `preparation`.
    public var kind: JobKind { .preparation }

    /// Prepares the version that the job is about, unless that is done.
    public func run(_ job: Job) async throws {
        guard let plan = try await store.begin(job) else { return }
        do {
            for (index, reference) in plan.references.enumerated() {
                try await read(reference.objectKey, number: index + 1, reference.fileName)
            }
        } catch let refusal as PreparationRefusal {
            return try await store.fail(plan, refusal)
        }
        let visualCheck =
            plan.kind == ReviewKind.visual.rawValue
            ? VisualCheck(
                title: plan.title, instruction: plan.instruction, hasReferences: !plan.references.isEmpty) : nil
        try await store.complete(plan, parts: InstructionParts.split(plan.instruction), visualCheck: visualCheck)
    }

    /// Makes the version `FAILED`.
    public func bury(_ job: Job, reason: String) async throws {
        // The reason is for the log; people get a sentence that leaks nothing.
        try await store.fail(job, .tooOften)
    }

    /// Decodes all pixels of a picture.
    private func read(_ key: String?, number: Int, _ fileName: String) async throws {
        guard let key, let source = try await ReviewFile.source(key, in: objects) else {
            throw PreparationRefusal.gone(number, fileName)
        }
        do {
            try await blocking.run("reading a reference picture") {
                _ = try Picture.decode(source, limits: FileInspector().limits)
            }
        } catch let error as ImagingError where error.isAboutThePicture {
            throw PreparationRefusal.unreadable(number, fileName)
        }
    }
}

extension ImagingError {
    /// Whether the bytes are at fault, so that another attempt ends the same way.
    fileprivate var isAboutThePicture: Bool {
        [.unsupportedFormat, .tooManyBytes, .tooManyPixels, .corruptPicture].contains(code)
    }
}
