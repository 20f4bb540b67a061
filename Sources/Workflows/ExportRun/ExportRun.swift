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
    let pdfWriter: PDFWriter?
    let media: MediaReader?

    /// Makes a handler for the jobs of kind `export`.
    ///
    /// `temporaryFolder` has to exist; each run makes a folder of its own in it and removes it at its end. Without a
    /// `pdfWriter`, exports to PDF fail and say why; without `media` the slides of videos say that there is no picture.
    public init(
        pool: ConnectionPool, objects: any ObjectStore, pdfWriter: PDFWriter?, media: MediaReader? = nil,
        temporaryFolder: String, language: ReviewDeck.Language = .japanese, blocking: BlockingPool = .shared
    ) {
        self.media = media
        store = ExportRunStore(pool: pool)
        self.objects = objects
        self.pdfWriter = pdfWriter
        self.blocking = blocking
        self.temporaryFolder = temporaryFolder
        self.language = language
    }

    /// Jobs of kind `export`.
    public var kind: JobKind { .export }

    /// Makes the file of the export that the job is about, unless the export has ended.
    public func run(_ job: Job) async throws {
        guard let plan = try await store.begin(job) else { return }
        let folder = "\(temporaryFolder)/export-\(job.leaseToken.text)"
        try await blocking.run("making a folder") {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        }
        do {
            try await makeFile(of: plan, in: folder)
        } catch let refusal as ExportRefusal {
            await remove(folder)
            try await store.fail(job, errorCode: refusal.code, errorMessage: refusal.message)
            return
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
            job, errorCode: "EXPORT_FAILED",
            errorMessage: "The file could not be made. Start the export again, or ask the operator.")
    }

    private func makeFile(of plan: ExportPlan, in folder: String) async throws {
        let path = try await write(plan, in: folder)
        let digest = try await blocking.run("hashing an export") { try FileDigest(of: path) }
        let key = try ObjectKey("projects/\(plan.projectID.text)/exports/\(plan.exportID.text)/\(plan.runToken.text)")
        try await objects.withObjects([key]) {
            try await objects.put(.movedFile(path), at: key)
            try await store.complete(
                plan,
                file: ExportRunStore.File(
                    objectKey: key.text, fileName: Self.fileName(of: plan.name, ending: plan.format.ending),
                    mediaType: plan.format.mediaType, byteCount: digest.byteCount, sha256: digest.sha256))
        }
    }

    /// Writes the file of a plan and gives its path.
    private func write(_ plan: ExportPlan, in folder: String) async throws -> String {
        switch plan.format {
        case .pptx: return try await writeSlides(of: plan, in: folder)
        case .pdf:
            guard let pdfWriter else { throw ExportRefusal.unavailable }
            _ = try await writeSlides(of: plan, in: folder)
            let path = try await Self.converting.run(stoppable: "making a PDF") { check in
                try pdfWriter.convert(Self.stem, in: folder, checkCancellation: check)
            }
            guard let path else { throw WorkflowError(.inconsistentData, "LibreOffice made no PDF.") }
            return path
        case .zip: return try await writeArchive(of: plan, in: folder)
        case .xlsx: return try await writeWorkbook(of: plan, in: folder)
        }
    }

    /// LibreOffice takes a core and some hundred megabytes: one at a time.
    private static let converting = BlockingPool(threads: 1, name: "pdf")
    /// What files in the folder of a run are called.
    static let stem = "export"

    private func writeSlides(of plan: ExportPlan, in folder: String) async throws -> String {
        if plan.options.hasOriginalSlides { return try await writeOriginal(of: plan, in: folder) }
        return try await writeDeck(of: plan, in: folder)
    }

    private func writeDeck(of plan: ExportPlan, in folder: String) async throws -> String {
        let deck = try await deck(of: plan, in: folder)
        let path = "\(folder)/\(Self.stem).pptx"
        try await tell(plan, total: ReviewDeckExporter.slideCount(of: deck)) { progress in
            try ReviewDeckExporter.write(deck, to: path) { done, _ in try progress(done) }
        }
        return path
    }

    /// Runs `body` on the blocking pool while its progress is told; if either fails or the task is cancelled, both end.
    func tell(
        _ plan: ExportPlan, total: Int, _ body: @escaping @Sendable (_ progress: (Int) throws -> Void) throws -> Void
    ) async throws {
        let (steps, step) = AsyncStream.makeStream(of: Int.self)
        try await store.progress(plan, slidesDone: 0, slidesTotal: total)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { step.finish() }
                try await blocking.run(stoppable: "writing an export") { check in
                    try body { done in
                        try check()
                        if done > 0 { step.yield(done) }
                    }
                }
            }
            group.addTask {
                for await done in steps { try await store.progress(plan, slidesDone: done, slidesTotal: total) }
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
        "\(SafeFileName.make(name, maximum: 200, fallback: "export"))_export.\(ending)"
    }
}

/// Why an export can never be made.
struct ExportRefusal: Error {
    /// For programs.
    let code: String
    /// For people.
    let message: String

    /// The machine lacks a program.
    static let unavailable = ExportRefusal(
        code: "FORMAT_UNAVAILABLE", message: "This server cannot make PDF files: LibreOffice is not installed.")
    /// All materials have been deleted since the export was asked for.
    static let nothing = ExportRefusal(
        code: "NOTHING_TO_EXPORT", message: "None of the tasks has a material that could be exported.")
}
