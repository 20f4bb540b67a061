/// Addresses and limits of an HTTP server; every limit is checked before memory is spent.
public struct HTTPServerConfiguration: Sendable {
    /// The address to listen on: numeric IPv4 or IPv6, or `localhost`.
    public var host = "127.0.0.1"
    /// The port; 0 lets the system choose (see `HTTPServer.port`).
    public var port = 0
    /// The path of a unix-domain socket to listen on instead of a port.
    public var unixSocket: String?
    /// Who may connect to it.
    public var unixSocketMode: UInt32 = 0o660
    /// The certificate to speak TLS with; nil: none is spoken.
    public var certificates: TLSCertificates?
    /// Several servers (one per loop) share the port, and the kernel spreads connections over them (`SO_REUSEPORT`).
    public var sharesPort = false
    /// Proxies whose word about the client's address and scheme counts.
    public var trustedProxies: [AddressRange] = []
    /// How many listeners of this process share the port.
    public var listenersOfProcess = 1
    /// How long a listener that shares its port still takes connections when the server stops.
    public var takeOverDelay: Duration = .milliseconds(300)
    /// Connections that the kernel may hold ready.
    public var backlog: Int32 = 1_024
    /// Open connections, WebSockets included; one more is answered with 503.
    public var maximumConnections = 20_000

    /// Bytes of request line and header fields; more is answered with 431 (or 414).
    public var maximumHeaderBytes = 16_384
    /// From the first byte of a head, or from the accept, to its end.
    public var headTimeout: Duration = .seconds(10)
    /// For a body, beyond what `minimumBodyRate` allows its bytes.
    public var bodyTimeout: Duration = .seconds(30)
    /// Bytes per second that a client has to send or read to be waited for.
    public var minimumBodyRate = 1_024
    /// For the work on one request, from the end of its body to the beginning of its answer; then the answer is 504, and
    /// the work is cancelled.
    public var handlerTimeout: Duration = .seconds(30)
    /// Requests that one connection may bring; the answer to the last one closes it, so that load spreads anew.
    public var maximumRequestsPerConnection = 10_000
    /// Between two requests on a connection.
    public var idleTimeout: Duration = .seconds(75)
    /// How long a stopping server waits for one more request on connections that are kept alive, to be able to say there
    /// that it is the last: closing at once would lose a request that is on its way.
    public var idleDrainTimeout: Duration = .seconds(2)
    /// For a client that does not read its answer, beyond what `minimumBodyRate` allows the bytes it read.
    public var writeTimeout: Duration = .seconds(30)
    /// How long what a refused client still sends is read and thrown away, so that it gets to see the refusal.
    public var drainTimeout: Duration = .seconds(15)

    /// Subprotocols that a WebSocket may speak, in order of preference of the client.
    public var webSocketSubprotocols: [String] = []
    /// Bytes of one incoming WebSocket message; more closes with 1009.
    public var maximumWebSocketMessageBytes = 1_048_576
    /// Bytes waiting for a WebSocket client to read; more closes with 1013.
    public var maximumQueuedBytes = 4_194_304
    /// Messages waiting for a WebSocket client to read; more closes with 1013.
    public var maximumQueuedMessages = 1_024
    /// Between pings on a WebSocket; a client from which nothing came for two of them is closed.
    public var pingInterval: Duration = .seconds(30)
    /// For the client's answer to a WebSocket close.
    public var closeTimeout: Duration = .seconds(5)

    /// What clients that come without a proxy speak.
    var scheme: String { certificates == nil ? "http" : "https" }

    /// The defaults: loopback, a port of the system's choice.
    public init() {}
}
