import COpenSSL

/// A certificate with its key, ready for connections: the owner of an `SSL_CTX`.
///
/// Immutable after `init`; connections keep a share of their own, so it may go while they live.
// OpenSSL counts references to an SSL_CTX under locks of its own.
final class TLSContext: @unchecked Sendable {
    let handle: OpaquePointer

    /// Reads the files (PEM; the certificate's file holds its chain too) and checks that they belong together.
    init(certificate: String, key: String) throws {
        guard let handle = SSL_CTX_new(TLS_server_method()) else { throw Self.failure("SSL_CTX_new") }
        self.handle = handle
        guard aimage_ssl_require_tls12(handle) == 1 else { throw Self.failure("TLS 1.2") }
        aimage_ssl_set_mode(handle)
        aimage_ssl_offer_http11(handle)
        guard SSL_CTX_use_certificate_chain_file(handle, certificate) == 1 else { throw Self.failure(certificate) }
        guard SSL_CTX_use_PrivateKey_file(handle, key, SSL_FILETYPE_PEM) == 1 else { throw Self.failure(key) }
        guard SSL_CTX_check_private_key(handle) == 1 else { throw Self.failure("\(key) and \(certificate)") }
    }

    deinit { SSL_CTX_free(handle) }

    /// What OpenSSL has to say of the last failure, which leaves its queue empty.
    private static func failure(_ what: String) -> HTTPServerError {
        var text = [CChar](repeating: 0, count: 256)
        ERR_error_string_n(ERR_get_error(), &text, text.count)
        ERR_clear_error()
        let reason = text.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
        return HTTPServerError(.certificateUnusable, "\(what): \(reason)")
    }
}
