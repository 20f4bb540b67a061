import Dispatch
import Glibc

/// Waits for the person or the system that ends the program.
enum Signals {
    /// Returns at the first SIGINT or SIGTERM; a second one ends the program at once.
    static func waitForEnd() async {
        let (signals, continuation) = AsyncStream.makeStream(of: Int32.self)
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                continuation.yield(number)
                // The default action comes back: whoever is impatient can insist.
                signal(number, SIG_DFL)
            }
            source.resume()
            return source
        }
        for await _ in signals { break }
        withExtendedLifetime(sources) {}
    }

    /// Has `body` called at every SIGHUP, which then no longer ends the program, until the source is cancelled.
    static func onHangUp(_ body: @escaping @Sendable () -> Void) -> any DispatchSourceSignal {
        signal(SIGHUP, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGHUP, queue: .global())
        source.setEventHandler(handler: body)
        source.resume()
        return source
    }

    /// A client that leaves must not end the program.
    static func ignoreBrokenPipes() {
        signal(SIGPIPE, SIG_IGN)
    }
}
