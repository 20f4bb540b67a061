import Testing

@testable import Server

@Suite("Who a request comes from, behind proxies")
struct ForwardedClientTests {
    private let trusted = ["10.0.0.0/8", "::1"].compactMap { AddressRange($0) }

    @Test(
        "An address is in a range when its first bits are",
        arguments: [
            ("10.0.0.0/8", "10.255.1.2", true), ("10.0.0.0/8", "11.0.0.0", false), ("10.1.2.3", "10.1.2.3", true),
            ("10.1.2.3", "10.1.2.4", false), ("192.168.4.0/22", "192.168.7.255", true),
            ("192.168.4.0/22", "192.168.8.0", false), ("0.0.0.0/0", "1.2.3.4", true), ("0.0.0.0/0", "::1", false),
            ("fd00::/8", "fdab::1", true), ("::/0", "1.2.3.4", true), ("10.0.0.0/8", "::ffff:10.0.0.1", true),
            ("10.0.0.0/8", "unknown", false),
        ])
    func ranges(range: String, address: String, isInside: Bool) throws {
        #expect(try #require(AddressRange(range)).contains(address) == isInside)
    }

    @Test("What is no range is refused", arguments: ["", "10.0.0.0/33", "10.0.0/8", "::1/129", "a", "1.2.3.4/", "/8"])
    func malformedRanges(text: String) {
        #expect(AddressRange(text) == nil)
    }

    @Test("Fields of a peer that is not trusted say nothing")
    func stranger() {
        let headers: HTTPHeaders = ["X-Forwarded-For": "1.2.3.4", "Forwarded": "for=1.2.3.4"]
        #expect(ForwardedClient.find(peer: "8.8.8.8", headers: headers, trusted: trusted) == nil)
        #expect(ForwardedClient.find(peer: "10.0.0.1", headers: headers, trusted: []) == nil)
        #expect(ForwardedClient.isClaimed(by: headers))
        #expect(!ForwardedClient.isClaimed(by: ["Host": "a"]))
    }

    @Test(
        "The client is the last address that no trusted proxy has",
        arguments: [
            ("1.2.3.4", "1.2.3.4"), ("6.6.6.6, 1.2.3.4", "1.2.3.4"), ("6.6.6.6, 1.2.3.4, 10.0.0.7", "1.2.3.4"),
            ("10.0.0.9, 10.0.0.7", "10.0.0.9"), ("1.2.3.4:4711", "1.2.3.4"), ("[2001:db8::1]:80", "2001:db8::1"),
            ("6.6.6.6, unknown, 10.0.0.7", "10.0.0.7"),
        ])
    func chain(field: String, client: String) {
        let found = ForwardedClient.find(peer: "10.0.0.1", headers: ["X-Forwarded-For": field], trusted: trusted)
        #expect(found?.address == client)
    }

    @Test(
        "The standard field is understood, with quotes, ports and the scheme",
        arguments: [
            ("for=192.0.2.43;proto=https;by=10.0.0.1", "192.0.2.43", "https"),
            (#"for="[2001:db8:cafe::17]:4711""#, "2001:db8:cafe::17", nil),
            ("For=6.6.6.6, for=1.2.3.4; Proto=HTTP", "1.2.3.4", "http"),
        ])
    func standard(field: String, client: String, scheme: String?) {
        let found = ForwardedClient.find(peer: "::1", headers: ["Forwarded": field], trusted: trusted)
        #expect(found == ForwardedClient(address: client, scheme: scheme))
    }

    @Test("The scheme is what the nearest proxy wrote")
    func scheme() {
        let headers: HTTPHeaders = ["X-Forwarded-For": "1.2.3.4", "X-Forwarded-Proto": "http, https"]
        #expect(ForwardedClient.find(peer: "10.0.0.1", headers: headers, trusted: trusted)?.scheme == "https")
    }

    @Test("A request behind a trusted proxy has the client's address and scheme, for logs and limits")
    func request() async throws {
        var service = EchoService()
        service.configuration.trustedProxies = AddressRange.loopback
        service.handle = { .text("\($0.remoteAddress) \($0.scheme) \($0.isForwardedByStranger)") }
        try await withServer(service) { port in
            let client = try await RawClient.connect(port)
            try await client.send("GET / HTTP/1.1\r\nHost: a\r\nForwarded: for=1.2.3.4;proto=https\r\n\r\n")
            #expect(try await client.response()?.text == "1.2.3.4 https false")
            try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await client.response()?.text == "127.0.0.1 http false")
        }
    }
}
