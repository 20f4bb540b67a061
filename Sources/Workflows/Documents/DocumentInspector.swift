import Archive
import Clients

/// Looks at the real bytes of what is said to be a document: the name and the sender's word decide nothing.
///
/// Blocks; call it on the blocking pool.
struct DocumentInspector: Sendable {
    /// The longest text, in bytes: texts are read whole.
    static let maximumTextBytes = 10_000_000

    /// Looks at a file; throws a problem of the input when it is not what was announced.
    ///
    /// What is not for people alone must be readable: scripts and tables of appellations are read to their end here.
    func inspect(
        path: String, announced: String, purpose: FilePurpose = .document
    ) throws -> FileInspector.Inspection {
        if purpose == .appellationTable {
            try inspectAppellations(path, announced)
        } else {
            try inspectDocument(path, announced, isScript: purpose == .subtaskContent)
        }
        return FileInspector.Inspection(
            mediaType: announced, width: nil, height: nil, sha256: try FileDigest(of: path).sha256, thumbnail: nil)
    }

    /// Looks at what is said to be a file of Office as it was until 2007.
    func inspect(old path: String, _ kind: OldOfficeKind) throws -> FileInspector.Inspection {
        guard let file = try CompoundFile(try FileBytes(path: path)) else {
            throw FileInspector.refusal(.uploadType, "The bytes are not an Office file.")
        }
        guard let names = try file.names() else {
            throw FileInspector.refusal(.uploadUnreadable, "The file is damaged.")
        }
        if names.contains("EncryptedPackage") {
            throw FileInspector.refusal(.uploadUnreadable, "The file is protected by a password.")
        }
        guard !names.isDisjoint(with: kind.streams) else {
            throw FileInspector.refusal(.uploadType, "The bytes are not the announced kind of Office file.")
        }
        // As in files of today.
        if !names.isDisjoint(with: ["_VBA_PROJECT", "_VBA_PROJECT_CUR", "VBA", "Macros"]) {
            throw FileInspector.refusal(.uploadType, "Files with macros are not allowed.")
        }
        return FileInspector.Inspection(
            mediaType: kind.mediaType, width: nil, height: nil, sha256: try FileDigest(of: path).sha256, thumbnail: nil)
    }

    private func inspectDocument(_ path: String, _ announced: String, isScript: Bool) throws {
        guard let kind = DocumentKind(mediaType: announced) else {
            throw FileInspector.refusal(.uploadType, "\(announced) is no type of a document.")
        }
        switch kind {
        case .pdf: try inspectPDF(path)
        case .text: _ = try Self.text(path)
        case .word, .excel, .powerPoint:
            try inspectOffice(path, kind)
            if isScript { try Self.readScript(path, kind) }
        }
    }

    private func inspectAppellations(_ path: String, _ announced: String) throws {
        if DocumentKind(mediaType: announced) == .excel { try inspectOffice(path, .excel) }
        let bytes = try FileBytes(path: path)
        do {
            _ = try AppellationFile.table(try bytes.read(0..<bytes.count), mediaType: announced)
        } catch let refusal as AppellationFile.Refusal {
            throw FileInspector.refusal(.uploadUnreadable, refusal.message)
        }
    }

    /// A text file's text: UTF-8 without control characters that no text has.
    static func text(_ path: String) throws -> String {
        let bytes = try FileBytes(path: path)
        guard bytes.count <= maximumTextBytes else {
            throw FileInspector.refusal(.uploadSize, "A text has at most \(maximumTextBytes) bytes.")
        }
        let content = try bytes.read(0..<bytes.count)
        guard !content.contains(0), let text = String(validating: content, as: UTF8.self) else {
            throw FileInspector.refusal(.uploadType, "The bytes are not a text in UTF-8.")
        }
        return text
    }

    /// The header stands in front (ISO 32000-2, 7.5.2), and the end mark in the last 1024 bytes, as readers demand.
    private func inspectPDF(_ path: String) throws {
        let bytes = try FileBytes(path: path)
        guard try bytes.read(0..<min(5, bytes.count)) == Array("%PDF-".utf8) else {
            throw FileInspector.refusal(.uploadType, "The bytes are not a PDF.")
        }
        let tail = try bytes.read(max(0, bytes.count - 1024)..<bytes.count)
        guard tail.contains(Array("%%EOF".utf8)) else {
            throw FileInspector.refusal(.uploadUnreadable, "The PDF has no end.")
        }
    }

    private static func readScript(_ path: String, _ kind: DocumentKind) throws {
        do {
            let package = try OfficePackage(path: path)
            if kind == .excel { _ = try Workbook(package) } else { _ = try WordText(package) }
        } catch let error as OfficeError {
            throw FileInspector.refusal(.uploadUnreadable, error.message)
        }
    }

    private func inspectOffice(_ path: String, _ kind: DocumentKind) throws {
        let bytes = try FileBytes(path: path)
        guard try bytes.read(0..<min(4, bytes.count)) == [0x50, 0x4B, 0x03, 0x04] else {
            throw FileInspector.refusal(.uploadType, "The bytes are not an Office file.")
        }
        let names: Swift.Set<String>
        do {
            names = Swift.Set(try ZIPReader(path: path).entries.map(\.name))
        } catch let error as ArchiveError {
            throw FileInspector.refusal(.uploadUnreadable, "The file cannot be read: \(error.code).")
        }
        guard let part = kind.mainPart, names.contains("[Content_Types].xml"), names.contains(part) else {
            throw FileInspector.refusal(.uploadType, "The bytes are not the announced kind of Office file.")
        }
        // Somebody will open it: programs have no place in it.
        if names.contains(where: { $0.hasSuffix("vbaProject.bin") }) {
            throw FileInspector.refusal(.uploadType, "Files with macros are not allowed.")
        }
    }
}
