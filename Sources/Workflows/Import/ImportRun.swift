public import Clients
public import Database
public import EventLoop
import FoundationEssentials

/// Makes of one part of an import what it becomes: tasks with materials, or entries of the registry.
public struct ImportRun: JobHandler {
    private let store: ImportRunStore
    private let objects: any ObjectStore
    private let media: MediaReader?
    private let temporaryFolder: String
    private let blocking: BlockingPool
    private let downloads: DriveDownload

    /// Makes a handler for the jobs of kind `import-unit`; `temporaryFolder` has to exist.
    ///
    /// Without `media` slides with videos become pictures of their posters, and videos of Google Drive are refused; without
    /// `drawings` and `office` its drawings and files of Office until 2007 are.
    public init(
        pool: ConnectionPool, objects: any ObjectStore, drive: DriveClient, tokens: ImportTokens,
        media: MediaReader? = nil, drawings: DrawingReader? = nil, office: OldOfficeReader? = nil,
        temporaryFolder: String,
        blocking: BlockingPool = .shared
    ) {
        store = ImportRunStore(pool: pool)
        downloads = DriveDownload(
            drive: drive, tokens: tokens,
            uploads: UploadStore(
                pool: pool, objects: objects, media: media, drawings: drawings, office: office, blocking: blocking),
            temporaryFolder: temporaryFolder)
        self.media = media
        self.objects = objects
        self.temporaryFolder = temporaryFolder
        self.blocking = blocking
    }

    /// Jobs of kind `import-unit`.
    public var kind: JobKind { .importUnit }

    /// Does what the job is about, unless that has been done or was ended.
    public func run(_ job: Job) async throws {
        let key = try ImportUnit.Key(job)
        do {
            guard let unit = try await store.unit(key) else { return }
            guard let wanted = unit.wanted else { return try await make(unit, job) }
            let (assetID, name) = try await downloads.fetch(wanted.id, of: unit)
            try await store.downloaded(wanted.itemID, as: assetID, named: name, key, job)
            if let complete = try await store.unit(key) { try await make(complete, job) }
        } catch let error as DriveError {
            try await store.fail(key, job, code: error.code.name, message: error.message)
        } catch let error as WorkflowError where error.code == .invalidInput || error.code == .notFound {
            let code = error.problems.first?.code.name ?? error.code.name
            try await store.fail(key, job, code: code, message: error.message)
        }
    }

    /// Makes the files `FAILED`.
    public func bury(_ job: Job, reason: String) async throws {
        do {
            // The reason is for the log; people get a sentence that leaks nothing.
            try await store.fail(
                try ImportUnit.Key(job), job, code: "IMPORT_FAILED",
                message: "The file could not be imported. Try it again, or ask the operator.")
        } catch let error as WorkflowError where error.code == .runLost {
            // It was ended meanwhile: there is nothing left to say.
        }
    }

    private func make(_ unit: ImportUnit, _ job: Job) async throws {
        if let deck = unit.deck { return try await importDeck(deck.key, named: deck.path, unit, job) }
        try await store.make(unit, job) { transaction in
            switch unit.target {
            case .tasks(let tasks): try await ImportedTask.make(tasks, of: unit, in: transaction)
            case .items(let items): try await ImportedItems.enter(items, of: unit, in: transaction)
            }
        }
    }

    // MARK: Presentations

    /// Reads a presentation, stores its files, and makes of it what it becomes; nothing stays stored if that fails.
    private func importDeck(_ key: ObjectKey, named path: ImportPath, _ unit: ImportUnit, _ job: Job) async throws {
        let folder = "\(temporaryFolder)/import-\(job.leaseToken.text)"
        let (deck, files) = try await blocking.withFolder(folder) {
            let deck = try await read(key, named: path, into: folder, unit)
            return (deck, try await store(deck, unit, job))
        }
        try await objects.withObjects(try files.flatMap { try $0.keys }) {
            try await store.make(unit, job) { transaction in
                switch unit.target {
                case .tasks(let tasks):
                    try await ImportedTask.make(tasks, of: deck, files, unit, in: transaction)
                case .items(let items):
                    try await ImportedItems.enter(items, of: deck, files, unit, in: transaction)
                }
            }
        }
    }

    private func read(
        _ key: ObjectKey, named path: ImportPath, into folder: String, _ unit: ImportUnit
    ) async throws -> ImportedDeck {
        let everyPicture = unit.target.name == "ITEMS"
        let media = MediaInspector(reader: media)
        return try await objects.withLocalFile(key, in: temporaryFolder, blocking: blocking) { file in
            try await blocking.run(stoppable: "reading a presentation") { check in
                try ImportedDeck(
                    path: file, everyPicture: everyPicture, folder: folder, stem: path.stem, media: media,
                    checkCancellation: check)
            }
        }
    }

    /// Stores the files of a presentation under keys that no other run has.
    private func store(_ deck: ImportedDeck, _ unit: ImportUnit, _ job: Job) async throws -> [StoredFile] {
        var stored: [StoredFile] = []
        do {
            for (index, file) in deck.files.enumerated() {
                let key = try ObjectKey(
                    "projects/\(unit.projectID.text)/imports/\(unit.key.importID.text)/\(unit.key.unit)-\(index + 1)-\(job.leaseToken.text)"
                )
                let thumbnail = try Thumbnail.key(for: key)
                stored.append(StoredFile(of: file, at: key, thumbnail: thumbnail))
                try await objects.put(.movedFile(file.path), at: key)
                if let small = file.inspection.thumbnail { try await objects.put(.bytes(small), at: thumbnail) }
            }
            return stored
        } catch {
            for key in try stored.flatMap({ try $0.keys }) { try await objects.delete(key) }
            throw error
        }
    }
}

extension StoredFile {
    fileprivate init(of file: ImportedDeck.File, at key: ObjectKey, thumbnail: ObjectKey) {
        let found = file.inspection
        self.init(
            objectKey: key.text, thumbnailKey: found.thumbnail == nil ? nil : thumbnail.text,
            mediaType: found.mediaType, width: found.width, height: found.height, byteCount: file.byteCount,
            sha256: found.sha256, durationSeconds: found.durationSeconds, frameRate: found.frameRate)
    }
}
