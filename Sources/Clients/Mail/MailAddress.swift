/// An address that letters are sent to and from: what SMTP takes without extensions (RFC 5321 §4.1.2), without quotes.
///
/// Nothing in it can end a command or a header field and begin another.
public struct MailAddress: Sendable, Hashable, CustomStringConvertible {
    /// The longest address, in bytes (RFC 5321 §4.5.3.1.3, without the brackets).
    static let maximumBytes = 254

    /// The address.
    public let description: String
    /// What stands behind the "@".
    public let domain: String

    /// Reads an address; nil if it is none, or has letters beyond ASCII.
    public init?(_ text: String) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard text.utf8.count <= Self.maximumBytes, parts.count == 2, (1...64).contains(parts[0].utf8.count),
            Self.isDotted(parts[0], by: Self.isOfAtom), Self.isDotted(parts[1], by: Self.isOfHost),
            parts[1].split(separator: ".").allSatisfy({ $0.utf8.count <= 63 && $0.first != "-" && $0.last != "-" })
        else { return nil }
        description = text
        domain = String(parts[1])
    }

    /// Words of such bytes with dots between them.
    private static func isDotted(_ text: Substring, by isAllowed: (UInt8) -> Bool) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false)
            .allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(isAllowed) }
    }

    private static let marks = Set("!#$%&'*+-/=?^_`{|}~".utf8)

    private static func isOfAtom(_ byte: UInt8) -> Bool { isLetterOrDigit(byte) || marks.contains(byte) }

    private static func isOfHost(_ byte: UInt8) -> Bool { isLetterOrDigit(byte) || byte == UInt8(ascii: "-") }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
