import Clients
import EventLoop
import FoundationEssentials
import Hashing

/// Draws the pictures of the demo data and stores them as uploads are stored.
///
/// The bytes and their keys are the same each time: what an interrupted seed has stored is stored again in place.
struct SeedFiles: Sendable {
    /// What the object store has, for the file's row.
    struct Stored: Sendable {
        let objectKey: String
        let byteCount: Int
        let inspection: FileInspector.Inspection
    }

    /// Pictures that are drawn at the same time: the rest of the machine has work too.
    static let lanes = 2

    let objects: any ObjectStore
    let blocking: BlockingPool
    let draw: @Sendable (SeedPicture) throws -> [UInt8]

    /// Stores all files; gives what was stored by the file's id.
    func store(_ files: [SeedFile], report: (String) -> Void) async throws -> [UUID: Stored] {
        var stored: [UUID: Stored] = [:]
        try await withThrowingTaskGroup(of: (UUID, Stored).self) { group in
            var waiting = files.makeIterator()
            for _ in 0..<Self.lanes {
                if let file = waiting.next() { group.addTask { (file.id, try await store(file)) } }
            }
            while let (id, file) = try await group.next() {
                stored[id] = file
                if stored.count.isMultiple(of: 10) || stored.count == files.count {
                    report("Drawing pictures: \(stored.count) of \(files.count)")
                }
                if let file = waiting.next() { group.addTask { (file.id, try await store(file)) } }
            }
        }
        return stored
    }

    private func store(_ file: SeedFile) async throws -> Stored {
        let draw = draw
        let (bytes, inspection, key) = try await blocking.run("drawing a demo picture") {
            let bytes = try draw(file.picture)
            let inspection = try FileInspector().inspect(picture: bytes, announced: file.picture.mediaType)
            return (bytes, inspection, file.objectKey(ofBytesWithDigest: SHA256.hash(bytes)))
        }
        try await objects.put(.bytes(bytes), at: try ObjectKey(key))
        if let thumbnail = inspection.thumbnail {
            try await objects.put(.bytes(thumbnail), at: try Thumbnail.key(for: ObjectKey(key)))
        }
        return Stored(objectKey: key, byteCount: bytes.count, inspection: inspection)
    }
}
