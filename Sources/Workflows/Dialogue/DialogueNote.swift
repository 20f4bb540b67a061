public import JSON

/// What was found in a spoken line, for programs: beside the sentence of a finding.
public struct DialogueNote: Sendable, Hashable {
    /// What came of a word or a line; the raw values are those of the API.
    public enum Status: String, Sendable, Hashable {
        /// As the table says.
        case ok = "OK"
        /// An exception, which holds under conditions.
        case warning = "WARNING"
        /// Not as the table says.
        case error = "ERROR"
        /// The table does not know the speaker.
        case unknownSpeaker = "UNKNOWN_SPEAKER"
    }

    /// A word that the line has for somebody.
    public struct Address: Sendable, Hashable {
        /// For whom, by the name in the table.
        public let target: String
        /// The word.
        public let usedName: String
        /// The table's word for whom this is the wrong one; nil if it has none, and if the word is not wrong.
        public let expectedName: String?
        /// When the word may be used, if it is an exception.
        public let conditions: [String]
        /// What came of it.
        public let status: Status
        /// Where it begins in the line, in code points from 0.
        public let start: Int
        /// How many code points it has.
        public let length: Int
    }

    /// What came of the line: the worst of its words.
    public var status: Status
    /// What came of it in a sentence for people, without the line itself.
    public var message: String
    /// Who speaks, as the text writes it.
    public var speaker: String
    /// What is said, without the marks of scripts.
    public var line: String
    /// Who speaks, by the name in the table; nil if the table does not know it.
    public var detectedSpeaker: String?
    /// The words for others and for the speaker, in their order.
    public var addresses: [Address]
    /// The sheet's name, of a spreadsheet.
    public var sheetName: String?
    /// The sheet's place among all, from 1.
    public var sheetNumber: Int?
    /// The row in the sheet, from 1.
    public var rowNumber: Int?

    init(status: Status, message: String, line: DialogueLine, detectedSpeaker: String?, addresses: [Address]) {
        self.status = status
        self.message = message
        self.speaker = line.speaker
        self.line = line.text
        self.detectedSpeaker = detectedSpeaker
        self.addresses = addresses
        sheetName = line.place?.sheetName
        sheetNumber = line.place?.sheetNumber
        rowNumber = line.place?.row
    }

    /// Reads a stored note; nil for anything else.
    public init?(_ value: JSONValue) {
        guard let status = value["status"]?.string.flatMap(Status.init), let message = value["message"]?.string,
            let speaker = value["speaker"]?.string, let line = value["line"]?.string,
            let addresses = value["addresses"]?.array
        else { return nil }
        self.status = status
        self.message = message
        self.speaker = speaker
        self.line = line
        detectedSpeaker = value["detectedSpeaker"]?.string
        self.addresses = addresses.compactMap(Address.init)
        sheetName = value["sheetName"]?.string
        sheetNumber = value["sheetNumber"]?.int.map { Int($0) }
        rowNumber = value["rowNumber"]?.int.map { Int($0) }
    }

    /// The note as it is stored.
    var stored: JSONValue {
        var members: JSONObject = [
            "status": .string(status.rawValue), "message": .string(message), "speaker": .string(speaker),
            "line": .string(line),
            "addresses": .array(addresses.map(\.stored)),
        ]
        members["detectedSpeaker"] = detectedSpeaker.map { .string($0) }
        members["sheetName"] = sheetName.map { .string($0) }
        members["sheetNumber"] = sheetNumber.map { .int(Int64($0)) }
        members["rowNumber"] = rowNumber.map { .int(Int64($0)) }
        return .object(members)
    }
}

extension DialogueNote.Address {
    init?(_ value: JSONValue) {
        guard let target = value["target"]?.string, let usedName = value["usedName"]?.string,
            let status = value["status"]?.string.flatMap(DialogueNote.Status.init),
            let start = value["start"]?.int, let length = value["length"]?.int
        else { return nil }
        self.init(
            target: target, usedName: usedName, expectedName: value["expectedName"]?.string,
            conditions: value["conditions"]?.array?.compactMap(\.string) ?? [], status: status, start: Int(start),
            length: Int(length))
    }

    fileprivate var stored: JSONValue {
        var members: JSONObject = [
            "target": .string(target), "usedName": .string(usedName), "status": .string(status.rawValue),
            "start": .int(Int64(start)), "length": .int(Int64(length)),
            "conditions": .array(conditions.map { .string($0) }),
        ]
        members["expectedName"] = expectedName.map { .string($0) }
        return .object(members)
    }
}
