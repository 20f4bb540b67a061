public import GraphQL
import Hashing

/// The schema for programs (`/schema.graphql`, the SDL) and for people (`/schema`, a reference), made once.
///
/// Both tell what introspection tells: whoever switches that off leaves these out.
public struct SchemaPages: Sendable {
    private struct Page: Sendable {
        let headers: HTTPHeaders
        let tag: String
        let body: [UInt8]

        init(_ text: String, _ contentType: String, more: [(String, String)] = []) {
            body = Array(text.utf8)
            tag = "\"\(Hex.encode(SHA256.hash(text).prefix(12)))\""
            var headers: HTTPHeaders = [
                "Content-Type": contentType, "ETag": tag, "Cache-Control": "no-cache",
                "X-Content-Type-Options": "nosniff",
            ]
            for (name, value) in more { headers.add(name, value) }
            self.headers = headers
        }

        /// The page, or 304 to whoever has it (RFC 9110 §13.1.2; a weak comparison).
        func response(to request: HTTPRequest) -> HTTPResponse {
            let known = request.headers.values("if-none-match").joined(separator: ",").split(separator: ",")
            let isKnown = known.contains { item in
                let item = item.drop { $0 == " " }
                return item.prefix { $0 != " " } == "*" || item.hasPrefix(tag) || item.hasPrefix("W/\(tag)")
            }
            return isKnown
                ? HTTPResponse(status: 304, headers: headers) : HTTPResponse(headers: headers, body: .bytes(body))
        }
    }

    private let sdl: Page
    private let reference: Page

    /// Makes the pages of a schema, given as it was written and as it was understood.
    public init(sdl: String, schema: GraphQLSchema) {
        self.sdl = Page(sdl, "text/plain; charset=utf-8")
        reference = Page(
            SchemaReference(schema).page, "text/html; charset=utf-8",
            more: [
                ("X-Frame-Options", "DENY"), ("Referrer-Policy", "no-referrer"),
                // Nothing is loaded; style and script are the page's own.
                (
                    "Content-Security-Policy",
                    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; "
                        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
                ),
            ])
    }

    /// Adds the paths.
    public func add(to router: inout Router) {
        router.on("GET", "/schema.graphql") { [sdl] request in sdl.response(to: request) }
        router.on("GET", "/schema") { [reference] request in reference.response(to: request) }
    }
}
