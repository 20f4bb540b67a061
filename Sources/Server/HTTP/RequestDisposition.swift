/// What becomes of a request, decided from its head, at once, on the loop.
public enum RequestDisposition {
    /// Collect the body up to a limit, then call the server's `handle`. A larger one is answered with 413.
    case buffer(maximumBytes: Int)
    /// Give the body to a sink as it comes.
    case stream(any RequestBodySink)
    /// Answer now. A body that follows is not read, and the connection ends with the answer.
    case respond(HTTPResponse)
}

/// Takes a request's body piece by piece; confined to the server's loop.
///
/// Exactly one of `finish` and `abort` is called, once, after the last `write` has returned. While a `write` is
/// suspended the client is not read beyond a fixed buffer, so a slow disk slows the sender down.
public protocol RequestBodySink: AnyObject, Sendable {
    /// Takes some bytes. Throwing ends the request: `HTTPErrorResponse` with its answer, anything else with 500.
    func write(_ bytes: [UInt8]) async throws
    /// The body is complete: makes the answer.
    func finish() async -> HTTPResponse
    /// The body will not be completed: the client is gone, too slow, or `write` threw. Undoes what was begun.
    func abort()
}
