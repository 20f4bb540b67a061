import Database
import GraphQL
import JSON
import Schema
import Workflows

/// The object of `DialogueFinding`.
struct DialogueFindingSource: ObjectSource {
    typealias Object = DialogueFindingType

    let note: DialogueNote

    /// Reads the column of a finding; nil if the finding is about no spoken line.
    init?(_ row: Row, _ column: Int) {
        // The column was written as JSON of this shape by the worker of the review.
        guard let text = row.optionalJSONB(column), let value = try? JSONReader.read(text.bytes),
            let note = DialogueNote(value)
        else { return nil }
        self.note = note
    }

    static let fields = DialogueFindingFields<DialogueFindingSource>(
        status: { DialogueStatus($0.note.status) },
        message: { Text($0.note.message) },
        speaker: { Text($0.note.speaker) },
        line: { Text($0.note.line) },
        detectedSpeaker: { $0.note.detectedSpeaker.map { Text($0) } },
        addresses: { notes in Objects(lists: notes.map { $0.note.addresses.map(DialogueAddressSource.init) }) },
        sheetName: { $0.note.sheetName.map { Text($0) } },
        sheetNumber: { $0.note.sheetNumber.map { Int32(clamping: $0) } },
        rowNumber: { $0.note.rowNumber.map { Int32(clamping: $0) } })
}

/// The object of `DialogueAddress`.
struct DialogueAddressSource: ObjectSource {
    typealias Object = DialogueAddressType

    let address: DialogueNote.Address

    static let fields = DialogueAddressFields<DialogueAddressSource>(
        target: { Text($0.address.target) },
        usedName: { Text($0.address.usedName) },
        expectedName: { $0.address.expectedName.map { Text($0) } },
        conditions: { $0.address.conditions.map { Text($0) } },
        status: { DialogueStatus($0.address.status) },
        start: { Int32(clamping: $0.address.start) },
        length: { Int32(clamping: $0.address.length) })
}

extension DialogueStatus {
    fileprivate init(_ status: DialogueNote.Status) {
        self =
            switch status {
            case .ok: .ok
            case .warning: .warning
            case .error: .error
            case .unknownSpeaker: .unknownSpeaker
            }
    }
}
