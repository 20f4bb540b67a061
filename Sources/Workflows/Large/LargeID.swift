import Database
import FoundationEssentials

/// Ids that grow with the number of the thing, so that indexes are filled from left to right; UUIDs of version 8
/// (RFC 9562 §5.8).
enum LargeID {
    static func user(_ number: Int) -> UUID { id(1, number) }
    static let organization = id(2, 0)
    static func status(_ position: Int) -> UUID { id(3, position) }
    static func priority(_ position: Int) -> UUID { id(4, position) }
    static func project(_ number: Int) -> UUID { id(5, number) }
    static func asset(_ number: Int) -> UUID { id(6, number) }
    static func rpd(_ number: Int) -> UUID { id(7, number) }
    static func rpdVersion(_ number: Int) -> UUID { id(8, number) }
    static func task(_ number: Int) -> UUID { id(9, number) }
    static func subtask(_ number: Int) -> UUID { id(10, number) }
    static func content(_ number: Int) -> UUID { id(11, number) }
    static func review(_ number: Int) -> UUID { id(12, number) }
    static func outcome(_ number: Int) -> UUID { id(13, number) }
    static func finding(_ number: Int) -> UUID { id(14, number) }
    static func annotation(_ number: Int) -> UUID { id(15, number) }
    static func decision(_ number: Int) -> UUID { id(16, number) }

    /// Kinds of things of which there are less.
    enum Kind: UInt8 {
        case tag = 17
        case ip, character, item, set, document, page, batchJob, batchItem, partner, auditEntry, invitation, like
        case export, revision, promotion, notification, documentPicture, laterReview, generated, importJob, importItem
        case rpdTest
    }

    static func thing(_ kind: Kind, _ number: Int) -> UUID { id(kind.rawValue, number) }
    /// The file of a thing.
    static func file(_ kind: Kind, _ number: Int) -> UUID { id(kind.rawValue + 100, number) }
    /// 32 bytes that stand for the SHA-256 of a token that nobody has.
    static func hash(_ number: Int) -> PostgresBytes {
        PostgresBytes((0..<32).map { UInt8(truncatingIfNeeded: number >> ($0 % 4 * 8)) })
    }

    private static func id(_ kind: UInt8, _ number: Int) -> UUID {
        let bytes = UInt64(truncatingIfNeeded: number)
        func byte(_ place: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: bytes >> (place * 8)) }
        return UUID(
            uuid: (
                0xA1, kind, 0, 0, 0, 0, 0x80, 0, 0x80, 0, 0, byte(4), byte(3), byte(2), byte(1), byte(0)
            ))
    }
}
