import Hashing

/// A secret that a client keeps and the database knows only the hash of.
///
/// It has 256 random bits, so a plain SHA-256 is as good as a slow hash: there is nothing to guess.
struct SecretToken {
    let text: String
    let hash: [UInt8]

    /// A new secret behind a prefix that says what it is to people and secret scanners.
    init(prefix: String) {
        text = prefix + Base64URL.encode(RandomBytes.generate(count: 32))
        hash = SHA256.hash(text)
    }

    /// What somebody sent.
    init(received text: String) {
        self.text = text
        hash = SHA256.hash(text)
    }
}
