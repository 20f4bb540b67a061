import Synchronization

/// The certificate that new connections get; read again from its files while the server runs.
public final class TLSCertificates: Sendable {
    private let certificate: String
    private let key: String
    private let context: Mutex<TLSContext>

    /// Reads a certificate chain and its private key, both PEM.
    public init(certificate: String, key: String) throws {
        self.certificate = certificate
        self.key = key
        context = Mutex(try TLSContext(certificate: certificate, key: key))
    }

    /// Reads the files again.
    ///
    /// Throws, and keeps what it has, when they cannot be used. Connections that are open keep theirs.
    public func reload() throws {
        let fresh = try TLSContext(certificate: certificate, key: key)
        context.withLock { $0 = fresh }
    }

    var current: TLSContext { context.withLock { $0 } }
}
