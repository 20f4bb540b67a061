public import EventLoop

// Gauges of one loop, brought up to date on the loop when somebody looks.

extension MetricsRegistry {
    /// Shows what a server has open, and whose subscriptions run.
    public func observe(_ server: HTTPServer, _ service: GraphQLService) {
        let loop = ("loop", server.loop.name)
        let active = gauge("http_server_active_requests", [loop])
        let http = gauge("http_server_connections", [loop, ("protocol", "http")])
        let webSockets = gauge("http_server_connections", [loop, ("protocol", "websocket")])
        let subscriptions = gauge("graphql_active_subscriptions", [loop])
        let streams = gauge("graphql_subscription_streams", [loop])
        collect {
            // The body does not throw; a scrape that was given up leaves the gauges as they are.
            try? await server.loop.run {
                let counts = server.connectionCounts
                active.set(Int64(server.activeRequests))
                http.set(Int64(counts.http))
                webSockets.set(Int64(counts.webSockets))
                subscriptions.set(Int64(service.hub.subscriberCount))
                streams.set(Int64(service.hub.streamCount))
            }
        }
    }

    /// Shows how often loops were held.
    public func observe(_ watchdog: LoopWatchdog) {
        let holds = counter("event_loop_holds_total")
        collect { holds.follow(Double(watchdog.holds)) }
    }

    /// Shows the process itself.
    public func observeProcess(version: String) { ProcessMetrics.attach(to: self, version: version) }
}
