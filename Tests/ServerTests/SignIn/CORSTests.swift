import Testing

@testable import Server

@Suite("CORS")
struct CORSTests {
    private let cors = CORS(origins: ["https://app.example", "http://localhost:3000"])

    private func preflight(_ origin: String?, fields: String? = "authorization, content-type") -> HTTPRequest {
        var headers: HTTPHeaders = ["Access-Control-Request-Method": "POST"]
        if let origin { headers.add("Origin", origin) }
        if let fields { headers.add("Access-Control-Request-Headers", fields) }
        return HTTPRequest(method: "OPTIONS", target: "/graphql", headers: headers)
    }

    @Test
    func `A preflight of an allowed origin is answered with what it may send, and for how long`() throws {
        var response = try #require(cors.preflight(preflight("https://app.example"), methods: ["GET", "POST"]))
        cors.decorate(&response, origin: "https://app.example")
        #expect(response.status == 204)
        #expect(response.headers["access-control-allow-origin"] == "https://app.example")
        #expect(response.headers["access-control-allow-credentials"] == "true")
        #expect(response.headers["access-control-allow-methods"] == "GET, POST")
        #expect(response.headers["access-control-allow-headers"] == "authorization, content-type")
        #expect(response.headers["access-control-max-age"] == "7200")
        #expect(response.headers.values("vary").joined(separator: ", ").contains("Origin"))
    }

    @Test(arguments: [
        "https://app.example.evil.example", "http://app.example", "https://app.example:8443", "https://APP.example",
        "https://evil.example", "null", "https://app.example/", "",
    ])
    func `An origin that is not named exactly is refused, and learns nothing from other answers`(origin: String) {
        #expect(cors.preflight(preflight(origin), methods: ["POST"])?.status == 403)
        var response = HTTPResponse(status: 200)
        cors.decorate(&response, origin: origin)
        #expect(!response.headers.contains("access-control-allow-origin"))
        #expect(!response.headers.contains("access-control-allow-credentials"))
        #expect(response.headers.list("vary", contains: "origin"))
    }

    @Test
    func `What is no preflight is answered as ever`() {
        #expect(cors.preflight(preflight(nil), methods: ["POST"]) == nil)
        let post = HTTPRequest(method: "POST", target: "/graphql", headers: ["Origin": "https://app.example"])
        #expect(cors.preflight(post, methods: ["POST"]) == nil)
        #expect(cors.preflight(preflight("https://app.example"), methods: nil)?.status == 404)
    }

    @Test
    func `Without allowed origins no answer speaks of them`() {
        var response = HTTPResponse(status: 200)
        CORS(origins: []).decorate(&response, origin: "https://app.example")
        #expect(response.headers.count == 0)
    }

    @Test(
        arguments: [
            (nil, "api.example", true), ("https://app.example", "api.example", true),
            ("https://api.example", "api.example", true), ("http://127.0.0.1:8080", "127.0.0.1:8080", true),
            ("http://127.0.0.1:8081", "127.0.0.1:8080", false), ("https://evil.example", "api.example", false),
            ("null", "api.example", false), ("https://evil.example", nil, false),
        ] as [(String?, String?, Bool)])
    func `A WebSocket is for programs, own pages and allowed origins`(origin: String?, host: String?, isAllowed: Bool) {
        var headers = HTTPHeaders()
        if let origin { headers.add("Origin", origin) }
        if let host { headers.add("Host", host) }
        let request = HTTPRequest(method: "GET", target: "/graphql", headers: headers)
        #expect(cors.allowsWebSocket(request) == isAllowed)
    }
}

@Suite("CSRFGuard")
struct CSRFGuardTests {
    private func refusal(_ method: String, _ fields: [(String, String)]) -> HTTPResponse? {
        var headers = HTTPHeaders()
        for (name, value) in fields { headers.add(name, value) }
        return CSRFGuard.refusal(of: HTTPRequest(method: method, target: "/graphql", headers: headers))
    }

    @Test(arguments: [
        "apollo-require-preflight", "graphql-require-preflight", "x-apollo-operation-name", "x-graphql-yoga-csrf",
        "authorization",
    ])
    func `A simple request needs a field that makes it none`(field: String) {
        for (method, type) in [
            ("GET", nil), ("HEAD", nil), ("GET", "text/plain"), ("GET", "Text/Plain; charset=utf-8"),
            ("GET", "application/x-www-form-urlencoded"), ("POST", "multipart/form-data; boundary=x"),
        ] as [(String, String?)] {
            let fields = type.map { [("Content-Type", $0)] } ?? []
            #expect(refusal(method, fields)?.status == 400)
            #expect(refusal(method, fields + [(field, "")])?.status == 400)
            #expect(refusal(method, fields + [(field, "1")]) == nil)
        }
    }

    @Test
    func `What makes a browser ask first is let through, and so is what no transport reads`() {
        #expect(refusal("POST", [("Content-Type", "application/json")]) == nil)
        #expect(refusal("GET", [("Content-Type", "application/json")]) == nil)
        #expect(refusal("GET", [("Content-Type", "nonsense")]) == nil)
        #expect(refusal("DELETE", []) == nil)
        #expect(refusal("PUT", []) == nil)
        #expect(refusal("POST", [("Content-Type", "text/plain")]) == nil)
        #expect(refusal("POST", []) == nil)
    }

    @Test
    func `The refusal names the fields that would help`() throws {
        guard case .bytes(let body)? = refusal("GET", [])?.body else { throw Secret() }
        let text = String(decoding: body, as: UTF8.self)
        #expect(text.contains(#""code":"CSRF_PREVENTED""#))
        for field in CSRFGuard.fields { #expect(text.contains(field)) }
    }
}
