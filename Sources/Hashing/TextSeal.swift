// AES-256-GCM (NIST SP 800-38D): what we keep for a while and nobody may read, such as the tokens of other services.

import COpenSSL

/// Texts that only who has the key can read, or change unnoticed.
public struct TextSeal: Sendable {
    private static let nonceLength = 12
    private static let tagLength = 16

    private let key: [UInt8]

    /// A seal with a key of 32 bytes.
    public init(key: [UInt8]) {
        precondition(key.count == 32, "TextSeal: the key has 32 bytes")
        self.key = key
    }

    /// Seals a text for one use, as the row that it stands in; opened for another one it is worthless.
    public func seal(_ text: String, for use: String) -> [UInt8] {
        let nonce = RandomBytes.generate(count: Self.nonceLength)
        let (bytes, tag) = Self.crypt(Array(text.utf8), key, nonce, use, tag: nil)
        guard let bytes, let tag else { fatalError("TextSeal: OpenSSL failed") }
        return nonce + bytes + tag
    }

    /// Opens what was sealed for this use; nil for anything else.
    public func open(_ sealed: [UInt8], for use: String) -> String? {
        guard sealed.count >= Self.nonceLength + Self.tagLength else { return nil }
        let nonce = Array(sealed.prefix(Self.nonceLength))
        let tag = Array(sealed.suffix(Self.tagLength))
        let body = Array(sealed.dropFirst(Self.nonceLength).dropLast(Self.tagLength))
        return Self.crypt(body, key, nonce, use, tag: tag).bytes.flatMap { String(validating: $0, as: UTF8.self) }
    }

    /// Encrypts, or with a tag decrypts; nil bytes: the tag does not fit.
    private static func crypt(
        _ input: [UInt8], _ key: [UInt8], _ nonce: [UInt8], _ use: String, tag expected: [UInt8]?
    ) -> (bytes: [UInt8]?, tag: [UInt8]?) {
        guard let context = EVP_CIPHER_CTX_new() else { fatalError("TextSeal: out of memory") }
        defer { EVP_CIPHER_CTX_free(context) }
        let direction: Int32 = expected == nil ? 1 : 0
        guard EVP_CipherInit_ex(context, EVP_aes_256_gcm(), nil, key, nonce, direction) == 1 else {
            return (nil, nil)
        }
        var count: Int32 = 0
        var bytes = [UInt8](repeating: 0, count: input.count + tagLength)
        let use = Array(use.utf8)
        guard EVP_CipherUpdate(context, nil, &count, use, Int32(use.count)) == 1,
            EVP_CipherUpdate(context, &bytes, &count, input, Int32(input.count)) == 1
        else { return (nil, nil) }
        let written = Int(count)
        if var expected {
            guard EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, Int32(tagLength), &expected) == 1 else {
                return (nil, nil)
            }
        }
        var rest = [UInt8](repeating: 0, count: tagLength)
        guard EVP_CipherFinal_ex(context, &rest, &count) == 1 else { return (nil, nil) }
        var tag = [UInt8](repeating: 0, count: tagLength)
        if expected == nil, EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, Int32(tagLength), &tag) != 1 {
            return (nil, nil)
        }
        // The mode turns as many bytes into as many; nothing comes at the end.
        return (Array(bytes.prefix(written)), tag)
    }
}
