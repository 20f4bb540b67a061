import EventLoop
import Testing

/// Starts a loop, runs the body, stops the loop and insists that it stopped cleanly.
func withLoop(
    watchdog: LoopWatchdog = LoopWatchdog(), _ body: (Loop) async throws -> Void
) async throws {
    let loop = try Loop(name: "test-loop", watchdog: watchdog)
    try loop.start()
    do {
        try await body(loop)
    } catch {
        await loop.stop()
        throw error
    }
    await loop.stop()
    #expect(loop.stoppedCleanly == true)
}

/// What happened in which order; confined to a loop.
final class Recorder: @unchecked Sendable {  // Reason: tests touch it on one loop only, or after the loop was joined.
    var events: [String] = []

    func note(_ event: String) { events.append(event) }
}

/// Lets a test wait for something that happens on a loop.
final class Signal: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream() }

    func send() { continuation.yield() }

    func wait(times: Int = 1) async {
        var left = times
        for await _ in stream {
            left -= 1
            if left == 0 { return }
        }
    }
}
