import Testing

@testable import Server

@Suite("GraphiQL's page")
struct GraphiQLPageTests {
    private func html(token: String?) throws -> String {
        let response = try #require(GraphiQLPage(assets: "/tmp/none", token: token).response(to: "/graphiql"))
        guard case .bytes(let bytes) = response.body else { throw PageError.noBytes }
        return String(decoding: bytes, as: UTF8.self)
    }

    private enum PageError: Error { case noBytes }

    @Test(
        "a token can't end its literal or the script",
        arguments: [
            "</script><script>alert(1)</script>", "\"; alert(1); \"", "\\\"; alert(1); //", "\n alert(1)",
            "<!-- <script>", "']]>",
        ])
    func literal(token: String) throws {
        let text = try html(token: token)
        let plain = try html(token: "x")
        let line = try #require(text.split(separator: "\n").first { $0.contains("const authorization") })
        let body = line.dropFirst("const authorization = ".count).dropLast()
        // One JSON string, which is a JavaScript string, without any character that HTML reads inside a script.
        #expect(body.hasPrefix("\"Bearer ") && body.hasSuffix("\""))
        #expect(!body.contains("<"))
        let inner = body.dropFirst().dropLast().replacing("\\\\", with: "").replacing("\\\"", with: "")
        #expect(!inner.contains("\""))
        #expect(text.split(separator: "\n").count == plain.split(separator: "\n").count)
        #expect(text.components(separatedBy: "</script").count == plain.components(separatedBy: "</script").count)
    }

    @Test("without a token nobody is signed in")
    func noToken() throws {
        #expect(try html(token: nil).contains("const authorization = null;"))
    }

    @Test("every script and style that the page names is served from the folder, with its type")
    func assets() throws {
        let page = GraphiQLPage(assets: "/opt/graphiql", token: nil)
        let text = try html(token: nil)
        for name in GraphiQLPage.scripts + GraphiQLPage.styles {
            #expect(text.contains("/graphiql/\(name)\""))
            let response = try #require(page.response(to: "/graphiql/\(name)"))
            guard case .file(let path, 0, nil) = response.body else {
                Issue.record("\(name) is no file")
                continue
            }
            #expect(path == "/opt/graphiql/\(name)")
            #expect(
                response.headers["content-type"]
                    == (name.hasSuffix(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8"))
        }
    }

    @Test(
        "no other name reaches the disk",
        arguments: [
            "/graphiql/", "/graphiql/index.html", "/graphiql/../secret", "/graphiql/..%2Fsecret",
            "/graphiql//etc/passwd",
            "/graphiql/style.css/", "/graphiql/STYLE.CSS", "/graphiqlx", "/", "/style.css",
        ])
    func unknown(path: String) {
        #expect(GraphiQLPage(assets: "/tmp", token: nil).response(to: path) == nil)
    }

    @Test("the page is not to be framed, guessed or kept")
    func headers() throws {
        let response = try #require(GraphiQLPage(assets: "/tmp", token: "x").response(to: "/graphiql"))
        #expect(response.headers["x-frame-options"] == "DENY")
        let policy = try #require(response.headers["content-security-policy"])
        #expect(policy.contains("frame-ancestors 'none'") && policy.contains("script-src 'self' 'sha256-"))
        #expect(response.headers["cache-control"] == "no-store")
        #expect(response.headers["content-type"] == "text/html; charset=utf-8")
    }
}

extension String {
    fileprivate func components(separatedBy part: String) -> [Substring] {
        split(separator: part, omittingEmptySubsequences: false)
    }
}
