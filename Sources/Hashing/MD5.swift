// MD5 (RFC 1321): only to compare with checksums that outside services give. It protects nothing.

import COpenSSL

/// The MD5 of bytes.
public enum MD5 {
    /// Returns the digest of some bytes, 16 bytes.
    public static func hash(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 16) { buffer, count in
            precondition(
                EVP_Q_digest(nil, "MD5", nil, bytes.baseAddress, bytes.count, buffer.baseAddress, &count) == 1,
                "MD5: OpenSSL has no provider of it")
        }
    }
}
