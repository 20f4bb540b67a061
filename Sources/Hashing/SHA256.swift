// SHA-256 (FIPS 180-4): of files, uploads, migrations and GraphQL documents.

import COpenSSL

/// A running SHA-256, fed in pieces.
///
/// The value owns its OpenSSL context alone and frees it once. Feed it from one thread at a time.
public struct SHA256: ~Copyable {
    /// The length of a digest in bytes.
    public static let digestLength = 32

    private let context: OpaquePointer

    /// Starts the digest of nothing.
    public init() {
        guard let context = EVP_MD_CTX_new() else { fatalError("SHA256: out of memory") }
        self.context = context
        start()
    }

    deinit {
        EVP_MD_CTX_free(context)
    }

    /// Appends bytes to what is digested.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        precondition(EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1, "SHA256: update failed")
    }

    /// Appends bytes to what is digested.
    public mutating func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { update($0) }
    }

    /// Returns the digest of all bytes appended and starts anew with nothing.
    public mutating func finish() -> [UInt8] {
        let digest = [UInt8](unsafeUninitializedCapacity: Self.digestLength) { buffer, count in
            precondition(EVP_DigestFinal_ex(context, buffer.baseAddress, nil) == 1, "SHA256: final failed")
            count = Self.digestLength
        }
        start()
        return digest
    }

    private func start() {
        precondition(EVP_DigestInit_ex(context, Self.algorithm, nil) == 1, "SHA256: init failed")
    }

    // Fetched once and never freed: an implicit fetch at each init takes a lock. An EVP_MD is immutable and
    // reference-counted by OpenSSL, so all threads may share it.
    nonisolated(unsafe) private static let algorithm: OpaquePointer = {
        guard let algorithm = EVP_MD_fetch(nil, "SHA256", nil) else {
            fatalError("SHA256: OpenSSL has no provider of it")
        }
        return algorithm
    }()
}

// The context has one owner because the type is not copyable, so moving the owner to another thread moves all access.
extension SHA256: @unchecked Sendable {}

extension SHA256 {
    /// Returns the digest of some bytes.
    public static func hash(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        var state = SHA256()
        state.update(bytes)
        return state.finish()
    }

    /// Returns the digest of some bytes.
    public static func hash(_ bytes: [UInt8]) -> [UInt8] {
        bytes.withUnsafeBytes { hash($0) }
    }

    /// Returns the digest of a text's UTF-8 bytes.
    public static func hash(_ text: String) -> [UInt8] {
        var text = text
        return text.withUTF8 { hash(UnsafeRawBufferPointer($0)) }
    }
}
