public import FoundationEssentials

/// A letter of plain text to one person (RFC 5322).
public struct MailMessage: Sendable, Hashable {
    /// Who sends it.
    public var from: MailAddress
    /// Who gets it.
    public var to: MailAddress
    /// What it is about; in one line, whatever is in it.
    public var subject: String
    /// The text, with line feeds.
    public var text: String
    /// When it was written, as RFC 5322 writes moments: "Thu, 26 Nov 2026 21:30:00 +0000".
    public var date: String
    /// What makes the letter one and the same however often it is sent.
    public var id: UUID

    /// Makes a letter.
    public init(from: MailAddress, to: MailAddress, subject: String, text: String, date: String, id: UUID) {
        self.from = from
        self.to = to
        self.subject = subject
        self.text = text
        self.date = date
        self.id = id
    }

    /// The letter as it is sent: ASCII in lines of at most 76 characters.
    var bytes: [UInt8] {
        // Base64 takes any text, and no line of it begins with a dot.
        let body = Data(text.replacing("\n", with: "\r\n").utf8).base64EncodedString(
            options: [.lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed])
        let fields = [
            "Date: \(Self.oneLine(date))",
            "From: <\(from)>",
            "To: <\(to)>",
            "Message-ID: <\(id.uuidString.lowercased())@\(from.domain)>",
            "Subject: \(Self.encoded(subject))",
            // Says to programs that answer by themselves that nobody reads the answer (RFC 3834).
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: base64",
        ]
        return Array((fields.joined(separator: "\r\n") + "\r\n\r\n\(body)\r\n").utf8)
    }

    /// How many bytes of text go into an encoded word, so that a line with the field's name has at most 76 characters
    /// (RFC 2047 §2).
    private static let bytesOfWord = 39

    /// A text in a header field, as encoded words if it is more than one short line of ASCII.
    static func encoded(_ text: String) -> String {
        let line = oneLine(text)
        if line.utf8.count <= 60, line.utf8.allSatisfy({ 0x20...0x7E ~= $0 }), !line.contains("=?") { return line }
        var words: [[UInt8]] = [[]]
        // A character is not divided between two words.
        for scalar in line.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if words[words.count - 1].count + bytes.count > bytesOfWord { words.append([]) }
            words[words.count - 1] += bytes
        }
        return words.map { "=?UTF-8?B?\(Data($0).base64EncodedString())?=" }.joined(separator: "\r\n ")
    }

    /// Without anything that could end a line: each such character is a blank.
    private static func oneLine(_ text: String) -> String {
        var line = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: line.append(" ")
            default: line.append(scalar)
            }
        }
        return String(line)
    }
}
