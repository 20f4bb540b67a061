import Clients
import EventLoop
import FoundationEssentials

// Files of Office as it was until 2007: the file is kept, and what reads documents reads what LibreOffice makes of it.
extension UploadStore {
    /// LibreOffice takes a core and some hundred megabytes: one at a time.
    private static let converting = BlockingPool(threads: 1, name: "office")

    func checkOldOffice(_ claim: Claim, _ kind: OldOfficeKind) async throws {
        guard let office, office.reads(kind) else { throw FileInspector.refusal(.mediaToolsMissing, kind.unavailable) }
        let key = try ObjectKey(claim.objectKey)
        let copyKey = try Self.convertedKey(for: key)
        let temporary = FileManager.default.temporaryDirectory.path
        let folder = "\(temporary)/office-\(UUID().text)"
        try await objects.withObjects(try Self.keys(beside: claim.objectKey)) {
            try await takeCopy(of: claim, to: key)
            try await blocking.withFolder(folder) {
                let found = try await objects.withLocalFile(key, in: temporary, blocking: blocking) { path in
                    try await Self.converting.run(stoppable: "converting a document") { check in
                        try inspect(path, kind, claim, by: office, in: folder, checkCancellation: check)
                    }
                }
                try await objects.put(.movedFile(found.copy), at: copyKey)
                try await accept(claim, found.inspection, byteCount: claim.byteCount, copyAt: copyKey.text)
            }
        }
    }

    /// Looks at the file, and at what LibreOffice makes of it.
    private func inspect(
        _ path: String, _ kind: OldOfficeKind, _ claim: Claim, by office: OldOfficeReader, in folder: String,
        checkCancellation: () throws -> Void
    ) throws -> (inspection: FileInspector.Inspection, copy: String) {
        let inspection = try documentInspector.inspect(old: path, kind)
        try FileManager.default.copyItem(atPath: path, toPath: "\(folder)/\(OldOfficeReader.name(of: kind))")
        guard let copy = try office.convert(kind, in: folder, checkCancellation: checkCancellation),
            let type = DocumentKind(mediaType: claim.mediaType)?.mediaType, let purpose = claim.purpose
        else {
            throw FileInspector.refusal(
                .uploadUnreadable, "The file is damaged, protected by a password, too large or too intricate.")
        }
        guard try FileBytes(path: copy).count <= purpose.maximumBytes(of: type) else {
            throw FileInspector.refusal(.uploadSize, "The file is too large.")
        }
        _ = try documentInspector.inspect(path: copy, announced: type, purpose: purpose)
        return (inspection, copy)
    }
}
