import GraphQL
import JSON
import Testing

@testable import Server

@Suite("Messages of graphql-transport-ws clients")
struct ClientMessageTests {
    private func read(_ text: String) throws -> ClientMessage { try ClientMessage(Array(text.utf8)) }

    @Test(
        "what is no message is refused with a reason",
        arguments: [
            ("", "not JSON"), ("hello", "not JSON"), (#"{"type":"ping"} x"#, "not JSON"),
            ("\u{FEFF}{\"type\":\"ping\"}", "not JSON"), ("[]", "no type"), ("{}", "no type"), ("null", "no type"),
            (#"{"type":1}"#, "no type"), (#"{"type":null}"#, "no type"), (#"{"type":"start"}"#, "unknown type"),
            (#"{"type":"connection_ack"}"#, "unknown type"), (#"{"type":"next","id":"1"}"#, "unknown type"),
            (#"{"type":"connection_init","payload":"x"}"#, "the payload is no object"),
            (#"{"type":"connection_init","payload":[]}"#, "the payload is no object"),
            (#"{"type":"ping","payload":1}"#, "the payload is no object"),
            (#"{"type":"pong","payload":"x"}"#, "the payload is no object"),
            (#"{"type":"complete"}"#, "no id"), (#"{"type":"complete","id":""}"#, "no id"),
            (#"{"type":"complete","id":1}"#, "no id"), (#"{"type":"subscribe","id":"1"}"#, "no payload"),
            (#"{"type":"subscribe","payload":{"query":"{ a }"}}"#, "no id"),
            (#"{"type":"subscribe","id":"","payload":{"query":"{ a }"}}"#, "no id"),
            (#"{"type":"subscribe","id":"1","payload":null}"#, "the payload is no GraphQL request"),
            (#"{"type":"subscribe","id":"1","payload":{}}"#, "the payload is no GraphQL request"),
            (#"{"type":"subscribe","id":"1","payload":{"query":1}}"#, "the payload is no GraphQL request"),
            (
                #"{"type":"subscribe","id":"1","payload":{"query":"{ a }","variables":[]}}"#,
                "the payload is no GraphQL request"
            ),
        ])
    func malformed(text: String, reason: String) {
        let error = #expect(throws: ClientMessage.Malformed.self) { try read(text) }
        #expect(error?.reason == "Invalid message: \(reason)")
    }

    @Test("every message of the protocol is read")
    func messages() throws {
        guard case .connectionInit(payload: ["a": 1]) = try read(#"{"type":"connection_init","payload":{"a":1}}"#),
            case .connectionInit(payload: nil) = try read(#"{"payload":null,"type":"connection_init"}"#),
            case .ping(payload: ["a": 1]) = try read(#"{"type":"ping","payload":{"a":1}}"#),
            case .ping(payload: nil) = try read(#"{"type":"ping","payload":null}"#),
            case .pong = try read(#"{"type":"pong"}"#),
            case .complete(id: "x") = try read(#"{"type":"complete","id":"x","more":true}"#)
        else {
            Issue.record("a message was read as something else")
            return
        }
    }

    @Test("subscribe carries a whole request")
    func subscribe() throws {
        let message = try read(
            #"""
            {"id":"7","type":"subscribe","payload":{"query":"query A { a }","operationName":"A",
             "variables":{"n":1},"extensions":{"x":true},"other":1}}
            """#)
        guard case .subscribe(id: "7", let request) = message else {
            Issue.record("not read as subscribe")
            return
        }
        var expected = RequestParameters(query: "query A { a }", operationName: "A", variables: ["n": 1])
        expected.extensions = ["x": true]
        #expect(request == expected)
    }
}
