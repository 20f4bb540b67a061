import GraphQL
import Testing

@testable import Server

@Suite("What a client accepts (RFC 9110, GraphQL over HTTP)")
struct ResponsePreferencesTests {
    @Test(arguments: [
        "application/graphql-response+json", "Application/GraphQL-Response+JSON",
        "application/graphql-response+json; charset=utf-8",
        "application/graphql-response+json, application/json;q=0.9",
        "application/json;q=0.5,application/graphql-response+json",
        "application/json, application/graphql-response+json",
        "text/html, application/graphql-response+json;q=0.1",
        "application/graphql-response+json;q=0.4, */*;q=0.1",
        "application/json;q=0, application/graphql-response+json;q=0.1",
        "text/html;level=\"1,2;q=0\", application/graphql-response+json",
    ])
    func `Application/graphql-response+json is for those who prefer it`(accept: String) {
        #expect(ResponsePreferences(accept: accept)?.media == .graphQLResponse)
    }

    @Test(arguments: [
        nil, "", " ", "application/json", "*/*", "application/*", "text/html, */*;q=0.1",
        "application/json;charset=utf-8", "application/json, application/graphql-response+json;q=0.9",
        "application/graphql-response+json; q=0.0, */*",
        "application/graphql-response+json;q=x, application/json;q=0.2",
        "application/graphql-response+json;charset=utf-16, application/json;q=0.1",
    ])
    func `Application/json is for everybody else`(accept: String?) {
        #expect(ResponsePreferences(accept: accept)?.media == .json)
    }

    @Test(arguments: [
        "text/html", "application/graphql-response+json;q=0", "application/graphql-response+jsonx",
        "application/json;q=0", "application/json;charset=latin1", "application/json;q=0, */*;q=0",
        "multipart/mixed", "multipart/mixed;incrementalSpec=v9", "image/*", ",", "x",
    ])
    func `Who accepts nothing that can be produced is not answered`(accept: String) {
        #expect(ResponsePreferences(accept: accept) == nil)
    }

    @Test
    func `Server-sent events are for those who name them, and come first only when wanted more`() {
        let only = ResponsePreferences(accept: "text/event-stream")
        #expect(only?.acceptsEvents == true && only?.prefersEvents == true && only?.acceptsText == false)
        let equal = ResponsePreferences(accept: "application/json, text/event-stream")
        #expect(equal?.acceptsEvents == true && equal?.prefersEvents == false)
        let more = ResponsePreferences(accept: "application/json;q=0.5, text/event-stream")
        #expect(more?.prefersEvents == true)
        #expect(ResponsePreferences(accept: "*/*")?.acceptsEvents == false)
    }

    @Test(
        arguments: [
            ("multipart/mixed; incrementalSpec=v0.2, application/json", .pending),
            ("multipart/mixed;incrementalSpec=\"v0.2\"", .pending), ("multipart/mixed;deferSpec=20220824, */*", .paths),
            ("multipart/mixed, application/json", nil), ("multipart/mixed;incrementalSpec=v0.2;q=0, */*", nil),
            ("*/*", nil), ("multipart/*, */*", nil),
        ] as [(String, ResponsePreferences.IncrementalFormat?)])
    func `Parts are for those who name a format of incremental delivery`(
        accept: String, format: ResponsePreferences.IncrementalFormat?
    ) {
        #expect(ResponsePreferences(accept: accept)?.incremental == format)
    }

    @Test
    func `A media type's essence has no parameters, no spaces and small letters`() {
        #expect(MediaType.essence(of: nil) == "")
        #expect(MediaType.essence(of: "") == "")
        #expect(MediaType.essence(of: ";charset=utf-8") == "")
        #expect(MediaType.essence(of: " Application/JSON\t; charset=utf-8") == "application/json")
    }

    @Test
    func `Parameters are read with and without quotes`() {
        let field = #"multipart/form-data; Boundary="a;b\"c" ; x=1;y"#
        #expect(MediaType.parameter("boundary", of: field) == #"a;b"c"#)
        #expect(MediaType.parameter("x", of: field) == "1")
        #expect(MediaType.parameter("y", of: field) == nil)
    }
}
