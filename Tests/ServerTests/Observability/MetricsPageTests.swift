import Testing

@testable import Server

@Suite("GET /metrics")
struct MetricsPageTests {
    @Test("Those who are allowed see the metrics, to others there is nothing")
    func access() async {
        var router = Router()
        MetricsPage(registry: MetricsRegistry(), allowed: AddressRange.loopback).add(to: &router)
        func status(_ address: String) async -> Int {
            await router.answer(HTTPRequest(method: "GET", target: "/metrics", remoteAddress: address)).status
        }
        #expect(await status("127.0.0.1") == 200)
        #expect(await status("unix") == 200)
        #expect(await status("192.0.2.1") == 404)
    }

    @Test("A request through a proxy that nobody trusts is a stranger's, however near the proxy is")
    func proxy() async {
        var router = Router()
        MetricsPage(registry: MetricsRegistry(), allowed: AddressRange.loopback).add(to: &router)
        var request = HTTPRequest(method: "GET", target: "/metrics", headers: ["X-Forwarded-For": "127.0.0.1"])
        request.isForwardedByStranger = true
        #expect(await router.answer(request).status == 404)
    }

    @Test("On a port of its own everybody sees them, with the media type of the format")
    func ownPort() async {
        var router = Router()
        MetricsPage(registry: MetricsRegistry(), allowed: nil).add(to: &router)
        let answer = await router.answer(HTTPRequest(method: "GET", target: "/metrics", remoteAddress: "192.0.2.1"))
        #expect(answer.status == 200)
        #expect(answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
    }
}
