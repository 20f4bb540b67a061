import GraphQL
import JSON
import Testing

@testable import Server

@Suite("graphql-transport-ws, as a machine")
struct WebSocketSessionStateMachineTests {
    private typealias Machine = WebSocketSessionStateMachine

    /// Where a session may be when something happens.
    enum Place: CaseIterable, CustomTestStringConvertible {
        case awaitingInit, authenticating, ready, closed

        var testDescription: String { "\(self)" }

        func machine(maximumOperations: Int = 100) -> WebSocketSessionStateMachine {
            var machine = WebSocketSessionStateMachine(maximumOperations: maximumOperations)
            if self == .closed {
                machine.closed()
                return machine
            }
            if self == .awaitingInit { return machine }
            _ = machine.textReceived(#"{"type":"connection_init"}"#)
            if self == .ready { _ = machine.authenticated() }
            return machine
        }
    }

    private static let query = RequestParameters(query: "{ a }")
    private static let subscribe = #"{"type":"subscribe","id":"1","payload":{"query":"{ a }"}}"#
    private static let acknowledged = Machine.Action.send(Array(#"{"type":"connection_ack"}"#.utf8))

    @Test("connection_init is checked, then acknowledged, then operations run")
    func greeting() {
        var machine = Machine()
        #expect(
            machine.textReceived(#"{"type":"connection_init","payload":{"authorization":"Bearer x"}}"#)
                == .authenticate(payload: ["authorization": "Bearer x"]))
        #expect(machine.authenticated() == Self.acknowledged)
        #expect(machine.textReceived(Self.subscribe) == .start(id: "1", Self.query))
    }

    @Test("connection_init needs no payload", arguments: ["", #","payload":null"#])
    func greetingWithoutPayload(payload: String) {
        var machine = Machine()
        #expect(machine.textReceived(#"{"type":"connection_init"\#(payload)}"#) == .authenticate(payload: nil))
    }

    @Test("who is not let in is closed with 4403")
    func refused() {
        var machine = Place.authenticating.machine()
        #expect(machine.authenticationRefused() == .close(.forbidden, reason: "Forbidden"))
        #expect(machine.authenticated() == .none)
    }

    @Test("an acknowledgement that comes too late, or twice, or early is not sent", arguments: Place.allCases)
    func acknowledgement(place: Place) {
        var machine = place.machine()
        #expect(machine.authenticated() == (place == .authenticating ? Self.acknowledged : .none))
    }

    @Test("a second connection_init is closed with 4429", arguments: [Place.authenticating, .ready])
    func secondInit(place: Place) {
        var machine = place.machine()
        #expect(
            machine.textReceived(#"{"type":"connection_init"}"#)
                == .close(.tooManyInitialisationRequests, reason: "Too many initialisation requests"))
    }

    @Test("subscribe before the acknowledgement is closed with 4401", arguments: [Place.awaitingInit, .authenticating])
    func early(place: Place) {
        var machine = place.machine()
        #expect(machine.textReceived(Self.subscribe) == .close(.unauthorized, reason: "Unauthorized"))
    }

    @Test("without connection_init in time the socket is closed with 4408", arguments: Place.allCases)
    func initTimeout(place: Place) {
        var machine = place.machine()
        let expected = Machine.Action.close(.initialisationTimeout, reason: "Connection initialisation timeout")
        #expect(machine.initTimeoutElapsed() == (place == .awaitingInit ? expected : .none))
    }

    @Test("the end of the token closes with 4403", arguments: Place.allCases)
    func tokenExpired(place: Place) {
        var machine = place.machine()
        let expected = Machine.Action.close(.forbidden, reason: "The access token has expired")
        #expect(machine.tokenExpired() == (place == .closed ? .none : expected))
    }

    @Test("a wrong subprotocol is closed with 4406, and nothing is read from such a client")
    func subprotocol() {
        var machine = Machine()
        #expect(
            machine.subprotocolRefused()
                == .close(.subprotocolNotAcceptable, reason: "Subprotocol not acceptable"))
        #expect(machine.textReceived(#"{"type":"connection_init"}"#) == .none)
    }

    @Test("ping is answered with its payload in every open state", arguments: Place.allCases)
    func ping(place: Place) {
        var machine = place.machine()
        let pong = Machine.Action.send(Array(#"{"type":"pong","payload":{"n":1}}"#.utf8))
        #expect(machine.textReceived(#"{"type":"ping","payload":{"n":1}}"#) == (place == .closed ? .none : pong))
        let bare = Machine.Action.send(Array(#"{"type":"pong"}"#.utf8))
        #expect(machine.textReceived(#"{"type":"ping"}"#) == (place == .closed ? .none : bare))
    }

    @Test("an unsolicited pong is nothing", arguments: Place.allCases)
    func pong(place: Place) {
        var machine = place.machine()
        #expect(machine.textReceived(#"{"type":"pong","payload":{}}"#) == .none)
    }

    @Test("binary and malformed messages are closed with 4400", arguments: Place.allCases)
    func malformed(place: Place) {
        var machine = place.machine()
        let isClosed = place == .closed
        #expect(
            machine.textReceived("{")
                == (isClosed ? .none : .close(.invalidMessage, reason: "Invalid message: not JSON")))
        machine = place.machine()
        #expect(
            machine.binaryReceived() == (isClosed ? .none : .close(.invalidMessage, reason: "Invalid message: binary")))
    }

    @Test("a live id can't be used twice: 4409; after its end it can be used again")
    func ids() {
        var machine = Place.ready.machine()
        _ = machine.textReceived(Self.subscribe)
        #expect(machine.operationCompleted(id: "1") == .send(Array(#"{"id":"1","type":"complete"}"#.utf8)))
        #expect(machine.textReceived(Self.subscribe) == .start(id: "1", Self.query))
        #expect(
            machine.textReceived(Self.subscribe)
                == .close(.subscriberExists, reason: "Subscriber for 1 already exists"))
    }

    @Test("results interleave, each under its id")
    func results() {
        var machine = Place.ready.machine()
        _ = machine.textReceived(Self.subscribe)
        _ = machine.textReceived(#"{"type":"subscribe","id":"\"2","payload":{"query":"{ a }"}}"#)
        let body = Array(#"{"data":{}}"#.utf8)
        #expect(
            machine.resultProduced(id: "\"2", body)
                == .send(Array(#"{"id":"\"2","type":"next","payload":{"data":{}}}"#.utf8)))
        #expect(
            machine.resultProduced(id: "1", body)
                == .send(Array(#"{"id":"1","type":"next","payload":{"data":{}}}"#.utf8)))
    }

    @Test("an error ends the operation, and no complete follows it")
    func failure() {
        var machine = Place.ready.machine()
        _ = machine.textReceived(Self.subscribe)
        let error = GraphQLError("no", code: .notFound)
        #expect(
            machine.operationFailed(id: "1", [error])
                == .send(
                    Array(
                        #"{"id":"1","type":"error","payload":[{"message":"no","extensions":{"code":"NOT_FOUND"}}]}"#
                            .utf8)))
        #expect(machine.operationCompleted(id: "1") == .none)
        #expect(machine.operationFailed(id: "1", [error]) == .none)
        #expect(machine.resultProduced(id: "1", []) == .none)
    }

    @Test("after the client's complete nothing is sent for that id")
    func completedByClient() {
        var machine = Place.ready.machine()
        _ = machine.textReceived(Self.subscribe)
        #expect(machine.textReceived(#"{"type":"complete","id":"1"}"#) == .cancel(id: "1"))
        #expect(machine.resultProduced(id: "1", []) == .none)
        #expect(machine.operationCompleted(id: "1") == .none)
        #expect(machine.operationFailed(id: "1", [GraphQLError("no", code: .notFound)]) == .none)
    }

    @Test("complete for an unknown id is ignored", arguments: Place.allCases)
    func unknownID(place: Place) {
        var machine = place.machine()
        #expect(machine.textReceived(#"{"type":"complete","id":"7"}"#) == .none)
    }

    @Test("more operations than allowed are refused one by one, and the socket stays")
    func tooMany() {
        var machine = Place.ready.machine(maximumOperations: 1)
        _ = machine.textReceived(Self.subscribe)
        let other = #"{"type":"subscribe","id":"2","payload":{"query":"{ a }"}}"#
        guard case .send(let bytes) = machine.textReceived(other) else {
            Issue.record("nothing was sent")
            return
        }
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.hasPrefix(#"{"id":"2","type":"error","payload":[{"message":"More than 1 operations"#))
        #expect(text.contains("TOO_MANY_OPERATIONS"))
        _ = machine.textReceived(#"{"type":"complete","id":"1"}"#)
        #expect(machine.textReceived(other) == .start(id: "2", Self.query))
    }

    @Test("nothing is sent once the socket is closed")
    func silence() {
        var machine = Place.ready.machine()
        _ = machine.textReceived(Self.subscribe)
        machine.closed()
        #expect(machine.resultProduced(id: "1", []) == .none)
        #expect(machine.operationCompleted(id: "1") == .none)
        #expect(machine.textReceived(Self.subscribe) == .none)
        #expect(machine.textReceived("{") == .none)
    }
}

extension WebSocketSessionStateMachine {
    fileprivate mutating func textReceived(_ text: String) -> Action { textReceived(Array(text.utf8)) }
}
