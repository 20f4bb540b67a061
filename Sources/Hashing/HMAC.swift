// HMAC with SHA-256 (RFC 2104): the signature under our URLs and under requests to S3.

import COpenSSL

/// Message authentication with a secret key.
public enum HMACSHA256 {
    /// The length of a code in bytes.
    public static let codeLength = 32

    /// Returns the code of a message under a key of any length.
    public static func authenticate(key: UnsafeRawBufferPointer, message: UnsafeRawBufferPointer) -> [UInt8] {
        precondition(key.count <= Int(Int32.max), "HMACSHA256: the key is too long")
        return [UInt8](unsafeUninitializedCapacity: codeLength) { buffer, count in
            let code = HMAC(
                EVP_sha256(), key.baseAddress, Int32(key.count),
                message.baseAddress?.assumingMemoryBound(to: UInt8.self), message.count,
                buffer.baseAddress, nil)
            precondition(code != nil, "HMACSHA256: OpenSSL failed")
            count = codeLength
        }
    }

    /// Returns the code of a message under a key of any length.
    public static func authenticate(key: [UInt8], message: [UInt8]) -> [UInt8] {
        key.withUnsafeBytes { key in message.withUnsafeBytes { authenticate(key: key, message: $0) } }
    }

    /// Returns the code of a text's UTF-8 bytes under a key of any length.
    public static func authenticate(key: [UInt8], message: String) -> [UInt8] {
        authenticate(key: key, message: Array(message.utf8))
    }

    /// Whether `code` is the code of the message under the key; takes the same time wherever a wrong code differs.
    public static func isValid(_ code: [UInt8], key: [UInt8], message: [UInt8]) -> Bool {
        constantTimeEquals(code, authenticate(key: key, message: message))
    }
}
