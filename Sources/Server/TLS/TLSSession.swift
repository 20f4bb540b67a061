import COpenSSL
import Glibc

/// The TLS of one connection, between two memory buffers: no socket, no clock.
///
/// The owner of an `SSL`.
///
/// Ciphertext goes in with `received` and comes out of `takeOutput`; plaintext comes out of `read` and goes in with
/// `write`. The handshake happens on the way. Confined to its connection's loop.
final class TLSSession {
    /// What reading came to.
    enum Read: Hashable {
        case bytes(Int)
        /// More ciphertext must come first.
        case wantsMore
        /// The peer has said that nothing more comes.
        case ended
        /// Not TLS, no protocol in common, or tampered with; what is in the output says so to the peer.
        case failed
    }

    private let ssl: OpaquePointer
    /// What came from the socket; owned by `ssl`.
    private let input: OpaquePointer
    /// What is to go to the socket; owned by `ssl`.
    private let output: OpaquePointer

    init(_ context: TLSContext) throws {
        guard let ssl = SSL_new(context.handle), let input = BIO_new(BIO_s_mem()), let output = BIO_new(BIO_s_mem())
        else { throw HTTPServerError(.certificateUnusable, "OpenSSL has no memory for a connection") }
        self.ssl = ssl
        self.input = input
        self.output = output
        SSL_set_bio(ssl, input, output)
        SSL_set_accept_state(ssl)
    }

    deinit { SSL_free(ssl) }

    /// Ciphertext came.
    func received(_ bytes: UnsafeRawBufferPointer) {
        BIO_write(input, bytes.baseAddress, Int32(bytes.count))
    }

    /// Decrypts into `buffer`, and goes on with the handshake as far as the input allows.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Read {
        ERR_clear_error()
        let count = SSL_read(ssl, buffer.baseAddress, Int32(buffer.count))
        if count > 0 { return .bytes(Int(count)) }
        switch SSL_get_error(ssl, count) {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return .wantsMore
        case SSL_ERROR_ZERO_RETURN: return .ended
        default: return .failed
        }
    }

    /// Encrypts a part of the bytes and says how many; nil when the session is broken.
    func write(_ bytes: UnsafeRawBufferPointer) -> Int? {
        guard bytes.count > 0 else { return 0 }
        ERR_clear_error()
        let count = SSL_write(ssl, bytes.baseAddress, Int32(clamping: bytes.count))
        return count > 0 ? Int(count) : nil
    }

    /// Says goodbye; what that needs is in the output.
    func close() {
        ERR_clear_error()
        if SSL_is_init_finished(ssl) == 1 { SSL_shutdown(ssl) }
    }

    /// Bytes that wait for the socket.
    var outputCount: Int { BIO_ctrl_pending(output) }

    /// Takes what is to go to the socket, up to the buffer's size.
    func takeOutput(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        max(0, Int(BIO_read(output, buffer.baseAddress, Int32(clamping: buffer.count))))
    }
}
