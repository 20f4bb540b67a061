import Foundation
import Hashing

/// The secret that signs tokens and URLs.
enum Secrets {
    /// `JWT_SECRET`; with the embedded database one that is made once and kept under the data folder.
    ///
    /// - Throws: if there is none and the database is somebody else's: tokens signed with a secret that is made anew at
    ///   every start, or that differs between servers, would be refused for no visible reason.
    static func load(_ data: DataOptions) throws -> [UInt8] {
        if let secret = Environment.value("JWT_SECRET") { return Array(secret.utf8) }
        guard data.databaseURL == nil else {
            throw StartError("JWT_SECRET is not set. It is required with DATABASE_URL: at least 32 bytes, kept secret.")
        }
        let file = "\(data.folder)/secret"
        if let known = FileManager.default.contents(atPath: file) { return Array(known) }
        let secret = Array(Hex.encode(RandomBytes.generate(count: 32)).utf8)
        let isMade = FileManager.default.createFile(
            atPath: file, contents: Data(secret), attributes: [.posixPermissions: 0o600])
        guard isMade else { throw StartError("The secret can't be written to \(file).") }
        return secret
    }

    /// The key for the tokens of other services that are kept for a while.
    static func tokenKey(_ secret: [UInt8]) -> [UInt8] {
        HMACSHA256.authenticate(key: secret, message: Array("aimage sealed tokens".utf8))
    }

    /// The key for the tokens of invitations until their letters are sent.
    static func invitationKey(_ secret: [UInt8]) -> [UInt8] {
        HMACSHA256.authenticate(key: secret, message: Array("aimage sealed invitations".utf8))
    }

    /// The key for signed URLs: another use, another key.
    static func urlKey(_ secret: [UInt8]) -> [UInt8] {
        HMACSHA256.authenticate(key: secret, message: Array("aimage signed urls".utf8))
    }
}

/// Why the program can't start, for the person who started it.
struct StartError: Swift.Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
