/// `GET /metrics` for Prometheus.
///
/// On the port that everybody reaches, only addresses that are allowed see it; to others it does not exist. On a port of
/// its own (`--metrics-port`) everybody may.
public struct MetricsPage: Sendable {
    private let registry: MetricsRegistry
    private let allowed: [AddressRange]?

    /// The page.
    ///
    /// - Parameters:
    ///   - registry: whose metrics.
    ///   - allowed: who may see it; nil: everybody who reaches the port.
    public init(registry: MetricsRegistry, allowed: [AddressRange]?) {
        self.registry = registry
        self.allowed = allowed
    }

    /// Adds the path.
    public func add(to router: inout Router) {
        router.on("GET", "/metrics") { request in
            guard mayRead(request) else { return Router.notFound }
            return HTTPResponse(
                headers: ["Content-Type": MetricsRegistry.contentType, "Cache-Control": "no-store"],
                body: .bytes(await registry.exposition()))
        }
    }

    private func mayRead(_ request: HTTPRequest) -> Bool {
        guard let allowed else { return true }
        // Who comes through a proxy that we are not told to trust is a stranger, however near the proxy is.
        return !request.isForwardedByStranger && allowed.contains(address: request.remoteAddress)
    }
}
