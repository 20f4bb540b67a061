/// What all transfers of a client have in common.
public struct HTTPClientConfiguration: Sendable {
    /// How long the name lookup, the connection and its TLS handshake may take together.
    public var connectTimeout: Duration = .seconds(5)
    /// Connections to one host; further transfers wait for one of them.
    public var maximumConnectionsPerHost = 16
    /// Connections altogether.
    public var maximumConnections = 64
    /// More bytes of header than this end a transfer.
    public var maximumHeaderBytes = 64 << 10
    /// Whether `http://` is allowed everywhere; loopback hosts may always be asked without TLS, for tests and neighbours.
    public var allowsPlainHTTP = false
    /// A PEM file of the authorities to trust; nil: the system's.
    public var certificateAuthorities: String?
    /// What is sent as `User-Agent`.
    public var userAgent = "aimage-supervision"

    /// The defaults.
    public init() {}
}
