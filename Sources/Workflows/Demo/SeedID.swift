import FoundationEssentials
import Hashing

/// Ids that are the same in every database: an interrupted seed goes on with the rows it had made.
enum SeedID {
    /// The id of a thing by its name within the demo data: the name's SHA-256 as a UUID of version 8 (RFC 9562 §5.8).
    static func uuid(_ name: String) -> UUID { uuid(ofDigest: SHA256.hash("aimage demo data/\(name)")) }

    /// The first 16 of a digest's bytes as a UUID of version 8.
    static func uuid(ofDigest digest: [UInt8]) -> UUID {
        precondition(digest.count >= 16, "SeedID: a digest has at least 16 bytes")
        return UUID(
            uuid: (
                digest[0], digest[1], digest[2], digest[3], digest[4], digest[5], digest[6] & 0x0F | 0x80, digest[7],
                digest[8] & 0x3F | 0x80, digest[9], digest[10], digest[11], digest[12], digest[13], digest[14],
                digest[15]
            ))
    }
}
