import ArgumentParser
import Server

/// Flags for those who run the server: metrics, logs, proxies.
struct OperationsOptions: ParsableArguments {
    @Option(help: "A port of its own for /metrics, /healthz and /readyz, open to whoever reaches it.")
    var metricsPort: Int?
    @Option(help: "Who may read /metrics on the main port: addresses or ranges (CIDR), separated by commas.")
    var metricsFrom = "127.0.0.0/8,::1"
    @Option(help: "Clients (apollographql-client-name) to count by name and version, separated by commas.")
    var metricsClients = ""
    @Option(help: "Proxies whose Forwarded and X-Forwarded-* headers count: addresses or ranges, separated by commas.")
    var trustedProxies = ""
    @Option(help: "How long to serve on with /readyz at 503 before stopping, in seconds, for load balancers.")
    var drainDelay = 0
    @Option(help: "A certificate with its chain (PEM): the server speaks TLS; SIGHUP reads it again.")
    var tlsCertificate: String?
    @Option(help: "The certificate's private key (PEM).") var tlsKey: String?
    @Option(help: "Listens at a unix-domain socket too: unix:/path.") var listen: String?
    @Option(help: "Who may connect to the socket, as an octal mode.") var listenMode = "660"
    @Flag(help: "Shares the port, so that a new process can take over while this one ends.") var reusePort = false
    @Option(help: "text, or json: one object a line.") var logFormat = LogFormat.text

    func validate() throws {
        guard metricsPort.map((1...65_535).contains) ?? true else {
            throw ValidationError("The metrics port must be from 1 to 65535.")
        }
        guard (0...3_600).contains(drainDelay) else { throw ValidationError("The drain delay is at most an hour.") }
        guard (tlsCertificate == nil) == (tlsKey == nil) else {
            throw ValidationError("--tls-certificate and --tls-key belong together.")
        }
        _ = try configuration()
    }

    /// The options, understood.
    func configuration() throws -> OperationsConfiguration {
        var configuration = OperationsConfiguration()
        configuration.metricsPort = metricsPort
        configuration.metricsFrom = try ranges(metricsFrom, of: "--metrics-from")
        configuration.metricsClients = Set(items(metricsClients))
        configuration.trustedProxies = try ranges(trustedProxies, of: "--trusted-proxies")
        configuration.drainDelay = .seconds(drainDelay)
        configuration.sharesPort = reusePort
        if let listen {
            guard listen.hasPrefix("unix:/") else { throw ValidationError("--listen is unix: and an absolute path.") }
            configuration.unixSocket = String(listen.dropFirst("unix:".count))
        }
        guard let mode = UInt32(listenMode, radix: 8), mode <= 0o777 else {
            throw ValidationError("--listen-mode is an octal number like 660.")
        }
        configuration.unixSocketMode = mode
        return configuration
    }

    private func items(_ text: String) -> [String] {
        text.split(separator: ",").map { $0.trimmingPrefix { $0 == " " } }.map(String.init)
    }

    private func ranges(_ text: String, of flag: String) throws -> [AddressRange] {
        try items(text).map { item in
            guard let range = AddressRange(item) else {
                throw ValidationError("\(flag): \(item) is no IP address and no range like 10.0.0.0/8.")
            }
            return range
        }
    }
}

/// What the flags of `OperationsOptions` say, typed.
struct OperationsConfiguration: Sendable {
    var metricsPort: Int?
    var metricsFrom = AddressRange.loopback
    var metricsClients: Set<String> = []
    var trustedProxies: [AddressRange] = []
    var drainDelay: Duration = .zero
    var sharesPort = false
    var unixSocket: String?
    var unixSocketMode: UInt32 = 0o660
    var certificates: TLSCertificates?
}
