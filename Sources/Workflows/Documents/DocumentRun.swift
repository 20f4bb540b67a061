public import Clients
public import Database
public import EventLoop
import FoundationEssentials
import Imaging

/// Reads documents: the text of each page, and for PDFs its picture.
///
/// Office files have no pages here; they are complete when they are stored.
public struct DocumentRun: JobHandler {
    /// The most pages of a PDF.
    static let maximumPages = 500
    /// The longest text of a page, in characters.
    static let maximumText = 200_000

    let store: DocumentRunStore
    let objects: any ObjectStore
    let blocking: BlockingPool
    let reader: PDFReader?
    let temporaryFolder: String

    /// Makes a handler for the jobs of kind `document`; without a reader PDFs fail.
    ///
    /// `temporaryFolder` has to exist.
    public init(
        pool: ConnectionPool, objects: any ObjectStore, reader: PDFReader?, temporaryFolder: String,
        blocking: BlockingPool = .shared
    ) {
        store = DocumentRunStore(pool: pool)
        self.objects = objects
        self.reader = reader
        self.temporaryFolder = temporaryFolder
        self.blocking = blocking
    }

    /// Jobs of kind `document`.
    public var kind: JobKind { .document }

    /// Reads the document that the job is about, unless that is done; goes on behind the pages of an earlier run.
    public func run(_ job: Job) async throws {
        guard let plan = try await store.begin(job) else { return }
        do {
            try await objects.withLocalFile(plan.objectKey, in: temporaryFolder, blocking: blocking) { path in
                switch plan.kind {
                case .pdf: try await readPDF(path, plan)
                case .text: try await readText(path, plan)
                case .word, .excel, .powerPoint: break
                }
            }
        } catch let refusal as PDFReader.Refusal {
            return try await store.fail(plan, code: refusal.code, message: refusal.message)
        }
        try await store.complete(plan)
    }

    /// Makes the document `FAILED`.
    public func bury(_ job: Job, reason: String) async throws {
        // The reason is for the log; people get a sentence that leaks nothing.
        try await store.fail(
            job, code: "READING_FAILED",
            message: "The document could not be read. Ask the operator.")
    }

    private func readText(_ path: String, _ plan: DocumentRunStore.Plan) async throws {
        try await store.found(pages: 1, plan)
        if plan.pagesDone.contains(1) { return }
        let text = try await blocking.run("reading a text") { try DocumentInspector.text(path) }
        try await store.store(page: 1, text: Self.storable(text), picture: nil, plan)
    }

    private func readPDF(_ path: String, _ plan: DocumentRunStore.Plan) async throws {
        guard let reader else { throw PDFReader.Refusal.unavailable }
        let count = try await compute("counting pages") { try reader.pageCount(of: path, checkCancellation: $0) }
        guard count <= Self.maximumPages else {
            throw PDFReader.Refusal(
                code: "TOO_MANY_PAGES",
                message: "The document has \(count) pages; at most \(Self.maximumPages) are read.")
        }
        try await store.found(pages: count, plan)
        for number in stride(from: 1, through: count, by: 1) where !plan.pagesDone.contains(number) {
            try await read(page: number, of: path, reader, plan)
        }
    }

    private func read(
        page number: Int, of path: String, _ reader: PDFReader, _ plan: DocumentRunStore.Plan
    ) async throws {
        let stem = "\(temporaryFolder)/page-\(plan.runToken.text)-\(number)"
        let text = try await compute("reading a page") {
            try reader.text(ofPage: number, of: path, checkCancellation: $0)
        }
        let key = try ObjectKey(
            "projects/\(plan.projectID.text)/documents/\(plan.documentID.text)/\(number)-\(plan.runToken.text)")
        let thumbnail = try Thumbnail.key(for: key)
        let (file, small, picture) = try await compute("drawing a page") { check in
            let file = try reader.render(page: number, of: path, to: stem, checkCancellation: check)
            let drawn = try Picture.decode(.file(file))
            let digest = try FileDigest(of: file)
            let picture = StoredFile(
                objectKey: key.text, thumbnailKey: thumbnail.text, mediaType: "image/png", width: drawn.width,
                height: drawn.height, byteCount: digest.byteCount, sha256: digest.sha256)
            return (file, try Thumbnail.bytes(of: drawn), picture)
        }
        try await objects.withObjects([key, thumbnail]) {
            try await objects.put(.movedFile(file), at: key)
            try await objects.put(.bytes(small), at: thumbnail)
            let pictures = try await extract(page: number, of: path, to: stem + "-pictures", reader, plan)
            try await objects.withObjects(try pictures.found.flatMap { try $0.keys }) {
                try await store.store(
                    page: number, text: Self.storable(text), picture: picture, pictures: pictures, plan)
            }
        }
    }

    /// Runs on the blocking pool what stops when this task is cancelled.
    func compute<T: Sendable>(
        _ what: StaticString, _ body: @escaping @Sendable (_ checkCancellation: () throws -> Void) throws -> T
    ) async throws -> T {
        try await blocking.run(stoppable: what, body)
    }

    /// Postgres stores no U+0000.
    private static func storable(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.lazy.filter { $0.value != 0 }.prefix(maximumText)))
    }
}
