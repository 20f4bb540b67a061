import GraphQL
import Testing

@testable import Server

@Suite("Response media types (GraphQL over HTTP)")
struct ResponseMediaTypeTests {
    @Test(
        "application/graphql-response+json is for those who prefer it",
        arguments: [
            "application/graphql-response+json", "Application/GraphQL-Response+JSON",
            "application/graphql-response+json; charset=utf-8",
            "application/graphql-response+json, application/json;q=0.9",
            "application/json;q=0.5,application/graphql-response+json",
            "application/json, application/graphql-response+json",
            "text/html, application/graphql-response+json;q=0.1",
            "application/graphql-response+json;q=0.4, */*;q=0.1",
        ])
    func graphQLResponse(accept: String) {
        #expect(ResponseMediaType(accept: accept) == .graphQLResponse)
    }

    @Test(
        "application/json is for everybody else",
        arguments: [
            nil, "", "application/json", "*/*", "application/*", "text/html", "application/json;charset=utf-8",
            "application/json, application/graphql-response+json;q=0.9",
            "application/graphql-response+json;q=0", "application/graphql-response+json; q=0.0, */*",
            "application/graphql-response+jsonx", "application/graphql-response+json;q=x, application/json;q=0.2",
        ])
    func json(accept: String?) {
        #expect(ResponseMediaType(accept: accept) == .json)
    }

    @Test("a media type's essence has no parameters, no spaces and small letters")
    func essence() {
        #expect(MediaType.essence(of: nil) == "")
        #expect(MediaType.essence(of: "") == "")
        #expect(MediaType.essence(of: ";charset=utf-8") == "")
        #expect(MediaType.essence(of: " Application/JSON\t; charset=utf-8") == "application/json")
    }
}
