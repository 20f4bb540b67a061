import Foundation
import Hashing
import JSON

/// GraphiQL from files on disk, without a network: a page, and the scripts and styles that it names.
public struct GraphiQLPage: Sendable {
    private let assets: String
    private let page: [UInt8]
    private let securityPolicy: String

    /// Makes the page.
    ///
    /// - Parameters:
    ///   - assets: the folder with GraphiQL's files, as `scripts/setup` unpacks them.
    ///   - token: signs the visitor in; only for demonstrations.
    public init(assets: String, token: String?) {
        self.assets = assets
        let script = Self.script(token: token)
        page = Self.page(script: script)
        // The page's own script is known by its hash. The editor writes styles while it works.
        let hash = Data(SHA256.hash(script)).base64EncodedString()
        securityPolicy =
            "default-src 'none'; script-src 'self' 'sha256-\(hash)'; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
            + "frame-ancestors 'none'"
    }

    /// The scripts and styles, in the order in which they load.
    static let scripts = [
        "react.production.min.js", "react-dom.production.min.js", "graphiql.min.js",
        "graphiql-plugin-explorer.umd.js",
    ]
    static let styles = ["graphiql.min.css", "style.css"]

    /// Adds the page, its files, and the way from the root to it.
    func add(to router: inout Router) {
        let answer: Router.Answer = { [self] request in response(to: request.path) ?? Router.notFound }
        router.on("GET", "/graphiql", answer)
        router.on("GET", "/graphiql/", answer)
        router.on("GET", "/") { _ in HTTPResponse(status: 302, headers: ["Location": "/graphiql"]) }
    }

    func response(to path: String) -> HTTPResponse? {
        if path == "/graphiql" {
            return HTTPResponse(
                headers: [
                    "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store",
                    "X-Frame-Options": "DENY", "Content-Security-Policy": securityPolicy,
                ], body: .bytes(page))
        }
        guard path.hasPrefix("/graphiql/") else { return nil }
        let name = String(path.dropFirst("/graphiql/".count))
        // Names come from the two lists only: no path of a visitor's reaches the disk.
        guard (Self.scripts + Self.styles).contains(name) else { return nil }
        let type = name.hasSuffix(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8"
        return HTTPResponse(
            headers: ["Content-Type": type, "Cache-Control": "max-age=3600"],
            body: .file(path: "\(assets)/\(name)"))
    }

    private static func page(script: String) -> [UInt8] {
        let links = styles.map { "<link rel=\"stylesheet\" href=\"/graphiql/\($0)\">" }.joined(separator: "\n")
        let tags = scripts.map { "<script src=\"/graphiql/\($0)\"></script>" }.joined(separator: "\n")
        let html = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Aimage Supervision – GraphiQL</title>
            <link rel="icon" href="data:,">
            \(links)
            <style>html, body, #graphiql { height: 100%; margin: 0; }</style>
            </head>
            <body>
            <div id="graphiql">Loading…</div>
            \(tags)
            <script>\(script)</script>
            </body>
            </html>
            """
        return Array(html.utf8)
    }

    private static func script(token: String?) -> String {
        """

        const authorization = \(literal(token.map { "Bearer \($0)" }));
        const startQuery = \(literal(startQuery));
        const headers = authorization ? { Authorization: authorization } : {};
        const socket = location.origin.replace(/^http/, "ws") + "/graphql";
        const fetcher = GraphiQL.createFetcher({
          url: "/graphql",
          subscriptionUrl: socket,
          headers,
          wsConnectionParams: headers,
        });
        ReactDOM.render(
          React.createElement(GraphiQL, {
            fetcher,
            defaultQuery: startQuery,
            defaultEditorToolsVisibility: "variables",
            isHeadersEditorEnabled: true,
            shouldPersistHeaders: false,
          }),
          document.getElementById("graphiql"));

        """
    }

    /// A JavaScript literal that can't end the script element.
    private static func literal(_ text: String?) -> String {
        guard let text else { return "null" }
        return String(decoding: JSONValue.string(text).encoded(), as: UTF8.self).replacing("<", with: "\\u003c")
    }

    private static let startQuery = """
        # Welcome to Aimage Supervision. You are signed in as the demo supervisor.
        # Run this with Ctrl-Enter, then open the documentation on the left to explore the schema.
        query Projects {
          viewer { name email }
          projects(first: 2) {
            edges {
              node {
                id
                name
                reviews(first: 3) {
                  edges {
                    node {
                      id
                      status
                      findings(first: 3) { edges { node { severity description } } }
                    }
                  }
                }
              }
            }
          }
        }

        # To watch a review, start one, then run this with its id:
        # subscription Watch {
        #   reviewProgress(reviewId: "Review_…") {
        #     eventId
        #     ... on ReviewStatusChanged { status }
        #     ... on ReviewOutcomeChanged { outcome { rpdVersion { title } } status outcomesFinished outcomesTotal }
        #     ... on ReviewFindingStored { finding { severity description area { x y width height } } }
        #   }
        # }
        """
}
