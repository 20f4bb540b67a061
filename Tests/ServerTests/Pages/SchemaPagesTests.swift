import GraphQL
import Testing

@testable import Server

@Suite("The schema as SDL and as a reference")
struct SchemaPagesTests {
    private static let sdl = #"""
        "Where reading starts."
        type Query {
          "One ship, by `id`.\n\nNot <b>bold</b> & not \"quoted\"."
          ship("Its id." id: ID!, size: Size = LARGE): Ship
          old: Int @deprecated(reason: "Use ship.")
        }
        interface Node { id: ID! }
        type Ship implements Node { id: ID! crew: [Person!]! }
        type Person { name: String }
        union Found = Ship | Person
        enum Size { SMALL LARGE }
        input Order { ship: ID! count: Int = 1 }
        """#

    private static func router() throws -> Router {
        var router = Router()
        SchemaPages(sdl: sdl, schema: try GraphQLSchema.build(from: sdl)).add(to: &router)
        return router
    }

    private static func text(_ response: HTTPResponse) -> String {
        guard case .bytes(let bytes) = response.body else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("The SDL is what the schema was made of, and 304 for whoever has it")
    func document() async throws {
        let router = try Self.router()
        let answer = await router.answer(HTTPRequest(method: "GET", target: "/schema.graphql"))
        #expect(Self.text(answer) == Self.sdl)
        let tag = try #require(answer.headers["etag"])
        for field in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
            let again = HTTPRequest(method: "GET", target: "/schema.graphql", headers: ["If-None-Match": field])
            #expect(await router.answer(again).status == 304, "\(field)")
        }
        let other = HTTPRequest(method: "GET", target: "/schema.graphql", headers: ["If-None-Match": "\"other\""])
        #expect(await router.answer(other).status == 200)
    }

    @Test("Every type, field, argument and value has its place, and every link its target")
    func reference() async throws {
        let page = Self.text(try await Self.router().answer(HTTPRequest(method: "GET", target: "/schema")))
        for id in ["Query", "Query.ship", "Ship.crew", "Size.LARGE", "Order.count", "Found", "@deprecated", "ID"] {
            #expect(page.contains("id=\"\(id)\""), "\(id)")
        }
        let targets = Set(page.split(separator: "id=\"").dropFirst().map { $0.prefix { $0 != "\"" } })
        for link in page.split(separator: "href=\"#").dropFirst().map({ $0.prefix { $0 != "\"" } }) {
            #expect(targets.contains(link), "\(link)")
        }
        #expect(page.contains("= LARGE"))
        #expect(page.contains("Use ship."))
        #expect(page.contains("Possible types"))
    }

    @Test("Descriptions are text, whatever is in them")
    func escaping() async throws {
        let page = Self.text(try await Self.router().answer(HTTPRequest(method: "GET", target: "/schema")))
        #expect(page.contains("Not &lt;b&gt;bold&lt;/b&gt; &amp; not &quot;quoted&quot;."))
        #expect(page.contains("<code>id</code>"))
    }

    @Test("The reference may load nothing from anywhere")
    func policy() async throws {
        let answer = try await Self.router().answer(HTTPRequest(method: "GET", target: "/schema"))
        #expect(answer.headers["content-security-policy"]?.hasPrefix("default-src 'none'") == true)
        #expect(!Self.text(answer).contains("http://") && !Self.text(answer).contains("src=\""))
    }
}
