import Testing

@testable import Clients

@Suite("traceparent and tracestate (W3C Trace Context)")
struct TraceContextTests {
    private let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

    @Test("The field of a caller is read and written as it came")
    func roundTrip() throws {
        let context = try #require(TraceContext(traceparent: parent, tracestate: "a=1,b=2"))
        #expect(context.traceID == "0af7651916cd43dd8448eb211c80319c")
        #expect(context.spanID == "b7ad6b7169203331")
        #expect(context.isSampled)
        #expect(context.state == "a=1,b=2")
        #expect(context.traceparent == parent)
    }

    @Test(
        "What is malformed begins a new trace",
        arguments: [
            "", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
            "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
            "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
            "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01more",
            "00-0af7651916cd43dd8448eb211c80319g-b7ad6b7169203331-01",
        ])
    func malformed(text: String) {
        #expect(TraceContext(traceparent: text) == nil)
    }

    @Test("A version of the future may say more, and bit 0 of its flags means what it means today")
    func future() throws {
        let more = "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-03-more"
        #expect(try #require(TraceContext(traceparent: more)).isSampled)
        let unsampled = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-02"
        #expect(try #require(TraceContext(traceparent: unsampled)).isSampled == false)
    }

    @Test("A state of more than 512 bytes or 32 members is dropped, the parent is not")
    func state() throws {
        let long = "a=" + String(repeating: "x", count: 511)
        #expect(try #require(TraceContext(traceparent: parent, tracestate: long)).state.isEmpty)
        let many = (0..<33).map { "k\($0)=v" }.joined(separator: ",")
        #expect(try #require(TraceContext(traceparent: parent, tracestate: many)).state.isEmpty)
    }

    @Test("A child keeps the trace and the state and has an id of its own")
    func child() throws {
        let context = try #require(TraceContext(traceparent: parent, tracestate: "a=1"))
        let child = context.child()
        #expect(child.traceID == context.traceID)
        #expect(child.spanID != context.spanID)
        #expect(child.spanID.count == 16)
        #expect(child.state == "a=1")
        #expect(TraceContext(traceparent: TraceContext.root(isSampled: true).traceparent) != nil)
    }
}
