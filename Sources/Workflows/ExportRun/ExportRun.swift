public import Clients
public import Database
public import EventLoop
import FoundationEssentials

/// Makes exports: collect what was found, bring the pictures into a form that presentations show, write the file,
/// store it.
public struct ExportRun: JobHandler {
    let store: ExportRunStore
    let objects: any ObjectStore
    let blocking: BlockingPool
    let temporaryFolder: String
    let language: ReviewDeck.Language

    /// Makes a handler for the jobs of kind `export`.
    ///
    /// `temporaryFolder` has to exist; each run makes a folder of its own in it and removes it at its end.
    public init(
        pool: ConnectionPool, objects: any ObjectStore, temporaryFolder: String,
        language: ReviewDeck.Language = .japanese, blocking: BlockingPool = .shared
    ) {
        store = ExportRunStore(pool: pool)
        self.objects = objects
        self.blocking = blocking
        self.temporaryFolder = temporaryFolder
        self.language = language
    }

    /// Jobs of kind `export`.
    public var kind: JobKind { .export }

    /// Makes the file of the export that the job is about, unless the export has ended.
    public func run(_ job: Job) async throws {
        guard let plan = try await store.begin(job, exportID: try job.keyID()) else { return }
        let folder = "\(temporaryFolder)/export-\(job.leaseToken.text)"
        try await blocking.run("making a folder") {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        }
        do {
            try await makeFile(of: plan, in: folder)
        } catch {
            await remove(folder)
            throw error
        }
        await remove(folder)
    }

    /// Makes the export `FAILED`.
    public func bury(_ job: Job, reason: String) async throws {
        // The reason is for the log; people get a sentence that leaks nothing.
        try await store.fail(
            job, exportID: try job.keyID(), errorCode: "EXPORT_FAILED",
            errorMessage: "The file could not be made. Start the export again, or ask the operator.")
    }

    private func makeFile(of plan: ExportPlan, in folder: String) async throws {
        let deck = try await deck(of: plan, in: folder)
        let path = "\(folder)/export.pptx"
        try await write(deck, to: path, for: plan)
        let digest = try await blocking.run("hashing an export") { try FileDigest(of: path) }
        let key = try ObjectKey("projects/\(plan.projectID.text)/exports/\(plan.exportID.text)/\(plan.runToken.text)")
        try await objects.put(.movedFile(path), at: key)
        do {
            try await store.complete(
                plan,
                file: ExportRunStore.File(
                    objectKey: key.text, fileName: Self.fileName(of: plan.name, ending: "pptx"),
                    mediaType: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
                    byteCount: digest.byteCount, sha256: digest.sha256))
        } catch {
            try await objects.delete(key)
            throw error
        }
    }

    /// Writes the file on the blocking pool while its progress is told; if either fails or the task is cancelled, both
    /// end.
    private func write(_ deck: ReviewDeck, to path: String, for plan: ExportPlan) async throws {
        let (steps, step) = AsyncStream.makeStream(of: (done: Int, total: Int).self)
        try await store.progress(plan, slidesDone: 0, slidesTotal: ReviewDeckExporter.slideCount(of: deck))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { step.finish() }
                let stop = StopFlag()
                try await withTaskCancellationHandler {
                    try await blocking.run("writing an export") {
                        try ReviewDeckExporter.write(deck, to: path) { done, total in
                            if stop.isSet { throw CancellationError() }
                            if done > 0 { step.yield((done, total)) }
                        }
                    }
                } onCancel: {
                    stop.set()
                }
            }
            group.addTask {
                for await (done, total) in steps {
                    try await store.progress(plan, slidesDone: done, slidesTotal: total)
                }
            }
            try await group.waitForAll()
        }
    }

    /// Runs also when the task is cancelled; what cannot be removed stays in the temporary folder.
    private func remove(_ folder: String) async {
        await store.pool.loop.spawn {
            do {
                try await blocking.run("removing a folder") { try FileManager.default.removeItem(atPath: folder) }
            } catch {
                // The folder is below a temporary one, which the system clears.
                return
            }
        }.value
    }

    /// The name of a task or project as the name of a file.
    static func fileName(of name: String, ending: String) -> String {
        let allowed = name.unicodeScalars.map { scalar in
            scalar.value < 32 || "/\\:*?\"<>|".unicodeScalars.contains(scalar) ? "_" : scalar
        }
        let stem = String(String.UnicodeScalarView(allowed.prefix(200))).trimmedSpaces
        return "\(stem.isEmpty ? "export" : stem)_export.\(ending)"
    }
}
