import EventLoop
import Foundation
import Testing

@testable import Server

/// An application of a studio behind a real socket.
struct ServedStudio: Sendable {
    let studio: Studio
    let server: HTTPServer
    let port: Int
    let log = LockedBox<[HTTPAccess]>([])

    /// Opens a WebSocket at `/graphql`.
    func socket(
        subprotocol: String? = "graphql-transport-ws", path: String = "/graphql", fields: String = ""
    ) async throws -> WebSocketClient {
        let raw = try await RawClient.connect(port)
        try await raw.send(
            WebSocketClient.handshake(subprotocol: subprotocol, fields: fields).replacing(
                "GET /ws", with: "GET \(path)"))
        return WebSocketClient(raw: raw, response: try #require(try await raw.response()))
    }

    /// Opens a WebSocket and waits until it is acknowledged.
    func session(user: UUID? = nil, lifetime: TimeInterval = 60) async throws -> WebSocketClient {
        let client = try await socket()
        var payload = ""
        if let user {
            let token = try await studio.keys.issue(to: user, session: UUID(), lifetime: lifetime)
            payload = #","payload":{"Authorization":"Bearer \#(token)"}"#
        }
        try await client.send(#"{"type":"connection_init"\#(payload)}"#)
        #expect(try await client.message()?.text == #"{"type":"connection_ack"}"#)
        return client
    }

    /// Sends a request and reads its answer.
    func send(_ method: String, _ target: String, fields: String = "", body: String = "") async throws -> RawResponse {
        let client = try await RawClient.connect(port)
        let length = body.isEmpty ? "" : "Content-Length: \(body.utf8.count)\r\n"
        try await client.send("\(method) \(target) HTTP/1.1\r\nHost: a\r\n\(fields)\(length)\r\n\(body)")
        return try #require(try await client.response(toHead: method == "HEAD"))
    }

    /// Runs something on the studio's loop.
    func onLoop<T: Sendable>(_ body: @escaping @Sendable (Studio) async throws -> T) async throws -> T {
        try await studio.loop.run { try await body(studio) }
    }
}

/// Serves a studio for the time of a test.
func withApplication(
    graphiQL: GraphiQLPage? = GraphiQLPage(assets: "/nowhere", token: nil),
    browsers: BrowserPolicy = BrowserPolicy(origins: ["https://app.example"]),
    readiness: @escaping Application.Readiness = { nil },
    upload: @escaping @Sendable (HTTPRequest) -> UploadReceiver? = { _ in nil },
    file: @escaping @Sendable (HTTPRequest) async -> HTTPResponse = { .text("file \($0.path)") },
    configuration: HTTPServerConfiguration = HTTPServerConfiguration(),
    options: TransportOptions = TransportOptions(), _ body: @escaping @Sendable (ServedStudio) async throws -> Void
) async throws {
    try await Studio.run(options) { studio in
        let application = Application(
            service: studio.service, graphiQL: graphiQL, browsers: browsers, readiness: readiness, upload: upload,
            file: file)
        let server = application.server(configuration: configuration)
        let served = ServedStudio(studio: studio, server: server, port: try await server.start())
        do {
            // Off the loop, as clients are.
            try await Task.detached { try await body(served) }.value
        } catch {
            Issue.record(error)
        }
        await server.stop(grace: .milliseconds(50))
    }
}
