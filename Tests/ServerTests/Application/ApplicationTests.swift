import Foundation
import Glibc
import Testing

@testable import Server

@Suite("What the server answers, path by path", .timeLimit(.minutes(15)))
struct ApplicationTests {
    private static let json = "Content-Type: application/json\r\n"

    @Test("POST /graphql runs an operation")
    func graphQL() async throws {
        try await withApplication { served in
            let answer = try await served.send(
                "POST", "/graphql", fields: Self.json, body: #"{"query":"{ hello }"}"#)
            #expect(answer.status == 200)
            #expect(answer.text == #"{"data":{"hello":"world"}}"#)
        }
    }

    @Test("a GraphQL request may have a megabyte, and no more")
    func tooLarge() async throws {
        try await withApplication { served in
            let padding = String(repeating: " ", count: Application.maximumRequestBytes - 21)
            let fits = #"{"query":"{ hello }"}"# + padding
            let largest = try await served.send("POST", "/graphql", fields: Self.json, body: fits)
            #expect(largest.status == 200)
            let tooLarge = try await served.send("POST", "/graphql", fields: Self.json, body: fits + " ")
            #expect(tooLarge.status == 413)
        }
    }

    @Test(
        "another method than the path is for is 405 and says which, with or without a body",
        arguments: [
            ("PUT", "/graphql", "GET, HEAD, POST"), ("DELETE", "/graphql", "GET, HEAD, POST"),
            ("OPTIONS", "/graphql", "GET, HEAD, POST"), ("GET", "/uploads/1", "PUT"),
            ("POST", "/uploads/1", "PUT"), ("POST", "/healthz", "GET, HEAD"), ("PUT", "/readyz", "GET, HEAD"),
            ("DELETE", "/files/1", "GET, HEAD"), ("POST", "/graphiql", "GET, HEAD"), ("POST", "/", "GET, HEAD"),
        ], ["", "x=1"])
    func methods(expected: (method: String, path: String, allow: String), body: String) async throws {
        // A client that sends a body with HEAD would take it for the next request.
        guard expected.method != "HEAD" || body.isEmpty else { return }
        try await withApplication { served in
            let answer = try await served.send(expected.method, expected.path, body: body)
            #expect(answer.status == 405)
            #expect(answer.header("allow") == expected.allow)
        }
    }

    @Test(
        "there is nothing at other paths",
        arguments: ["/graphql/", "/GraphQL", "/graphiql/nothing.js", "/healthz/", "/favicon.ico", "/%2e%2e/etc/passwd"])
    func nothing(path: String) async throws {
        try await withApplication { served in
            let answer = try await served.send("GET", path)
            #expect(answer.status == 404)
        }
    }

    @Test("/healthz says that the process lives, whatever else is broken")
    func healthz() async throws {
        try await withApplication(readiness: { "no database" }) { served in
            let answer = try await served.send("GET", "/healthz")
            #expect(answer.status == 200)
            #expect(answer.text == #"{"status":"alive"}"#)
            let head = try await served.send("HEAD", "/healthz")
            #expect(head.status == 200)
            #expect(head.header("content-length") == "18")
        }
    }

    @Test("/readyz is 503 with the reason, in valid JSON, until the server can work")
    func readyz() async throws {
        try await withApplication { served in
            let answer = try await served.send("GET", "/readyz")
            #expect(answer.status == 200)
            #expect(answer.text == #"{"status":"ready"}"#)
        }
        let reason = "database \"a\\b\" is not reachable:\n\u{1} 監修"
        try await withApplication(readiness: { reason }) { served in
            let answer = try await served.send("GET", "/readyz")
            #expect(answer.status == 503)
            let object = try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: String]
            #expect(object == ["status": "not ready", "reason": reason])
        }
    }

    @Test("the root leads to the explorer, if there is one")
    func root() async throws {
        try await withApplication { served in
            let answer = try await served.send("GET", "/")
            #expect(answer.status == 302)
            #expect(answer.header("location") == "/graphiql")
            let page = try await served.send("GET", "/graphiql")
            #expect(page.status == 200)
            #expect(page.text.contains("GraphiQL"))
            // Its files are not installed here.
            let script = try await served.send("GET", "/graphiql/graphiql.min.js")
            #expect(script.status == 404)
        }
        try await withApplication(graphiQL: nil) { served in
            for path in ["/", "/graphiql", "/graphiql/graphiql.min.js"] {
                let answer = try await served.send("GET", path)
                #expect(answer.status == 404)
            }
        }
    }

    @Test("files are the caller's")
    func files() async throws {
        try await withApplication { served in
            let answer = try await served.send("GET", "/files/a/b.png?x=1")
            #expect(answer.text == "file /files/a/b.png")
        }
    }

    @Test("an upload goes to its receiver; without a grant it is 403, over its limit 413")
    func uploads() async throws {
        let path = "/tmp/application-upload-\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
        try await withApplication(upload: { request in
            guard request.path == "/uploads/good" else { return nil }
            return UploadReceiver(maximumBytes: 5, temporaryPath: path) { path in
                .text((try? String(contentsOfFile: path, encoding: .utf8)) ?? "no file", status: 201)
            }
        }) { served in
            let ungranted = try await served.send("PUT", "/uploads/bad", body: "12345")
            #expect(ungranted.status == 403)
            let tooLarge = try await served.send("PUT", "/uploads/good", body: "123456")
            #expect(tooLarge.status == 413)
            let answer = try await served.send("PUT", "/uploads/good", body: "12345")
            #expect(answer.status == 201)
            #expect(answer.text == "12345")
            let client = try await RawClient.connect(served.port)
            try await client.send(
                "PUT /uploads/good HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n123\r\n3\r\n456\r\n0\r\n\r\n"
            )
            #expect(try await client.response()?.status == 413)
        }
        #expect(access(path, F_OK) == -1)
    }

    @Test("an upgrade elsewhere than /graphql is a request like any other")
    func upgradeElsewhere() async throws {
        try await withApplication { served in
            let alive = try await served.socket(path: "/healthz")
            #expect(alive.response.status == 200)
            let nothing = try await served.socket(path: "/graphqlx")
            #expect(nothing.response.status == 404)
        }
    }

    @Test
    func `Every answer tells browsers what not to do with it`() async throws {
        try await withApplication(browsers: BrowserPolicy(usesTLS: true)) { served in
            for (method, target) in [
                ("GET", "/healthz"), ("GET", "/nowhere"), ("GET", "/graphiql"), ("PUT", "/graphql"),
            ] {
                let answer = try await served.send(method, target)
                #expect(answer.header("x-content-type-options") == "nosniff", "\(target)")
                #expect(answer.header("referrer-policy") == "no-referrer", "\(target)")
                #expect(
                    answer.header("content-security-policy")?.contains("frame-ancestors 'none'") == true, "\(target)")
                #expect(answer.header("strict-transport-security") == "max-age=31536000", "\(target)")
            }
        }
    }

    @Test
    func `A page of an allowed origin gets in, and one of another does not`() async throws {
        try await withApplication { served in
            let asking = "Access-Control-Request-Method: POST\r\n"
            let allowed = try await served.send(
                "OPTIONS", "/graphql", fields: "Origin: https://app.example\r\n\(asking)")
            #expect(allowed.status == 204)
            #expect(allowed.header("access-control-allow-origin") == "https://app.example")
            let refused = try await served.send(
                "OPTIONS", "/graphql", fields: "Origin: https://evil.example\r\n\(asking)")
            #expect(refused.status == 403)
            let answer = try await served.send(
                "POST", "/graphql", fields: "Origin: https://app.example\r\nContent-Type: application/json\r\n",
                body: #"{"query":"{ hello }"}"#)
            #expect(answer.header("access-control-allow-credentials") == "true")
            for (origin, status) in [("https://app.example", 101), ("https://evil.example", 403)] {
                let socket = try await served.socket(fields: "Origin: \(origin)\r\n")
                #expect(socket.response.status == status)
            }
        }
    }
}
