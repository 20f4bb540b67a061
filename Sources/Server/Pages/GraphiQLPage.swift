import JSON

/// GraphiQL from files on disk, without a network: a page, and the scripts and styles that it names.
public struct GraphiQLPage: Sendable {
    private let assets: String
    private let page: [UInt8]

    /// Makes the page.
    ///
    /// - Parameters:
    ///   - assets: the folder with GraphiQL's files, as `scripts/setup` unpacks them.
    ///   - token: signs the visitor in; only for demonstrations.
    public init(assets: String, token: String?) {
        self.assets = assets
        page = Self.page(token: token)
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
                    "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer",
                ], body: .bytes(page))
        }
        guard path.hasPrefix("/graphiql/") else { return nil }
        let name = String(path.dropFirst("/graphiql/".count))
        // Names come from the two lists only: no path of a visitor's reaches the disk.
        guard (Self.scripts + Self.styles).contains(name) else { return nil }
        let type = name.hasSuffix(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8"
        return HTTPResponse(
            headers: ["Content-Type": type, "Cache-Control": "max-age=3600", "X-Content-Type-Options": "nosniff"],
            body: .file(path: "\(assets)/\(name)"))
    }

    private static func page(token: String?) -> [UInt8] {
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
            <script>
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
            </script>
            </body>
            </html>
            """
        return Array(html.utf8)
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
