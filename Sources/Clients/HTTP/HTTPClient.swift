// The one HTTP client of the program, over libcurl, driven by an event loop. Every client of an outside service sends its
// requests here. Certificates are always checked, redirects never followed, proxies and cookies never used.

public import EventLoop

/// Sends requests to outside services from one loop, keeping connections open between them.
///
/// May be called from any thread. `shutDown` must be called on its loop before it is let go.
public final class HTTPClient: @unchecked Sendable {
    // Reason: `multi` is touched on the loop only, where libcurl is confined.

    /// The loop that does the work.
    public let loop: Loop
    private let configuration: HTTPClientConfiguration
    private let multi: MultiHandle

    /// A client; on the loop only.
    public init(loop: Loop, configuration: HTTPClientConfiguration = HTTPClientConfiguration()) throws {
        loop.preconditionOnLoop("HTTPClient.init")
        self.loop = loop
        self.configuration = configuration
        multi = try MultiHandle(loop: loop, configuration: configuration)
    }

    /// The whole response to a request, whatever its status.
    ///
    /// - Throws: `HTTPClientError` when there is none, `CancellationError` when the caller is cancelled, which ends the
    ///   transfer and closes its connection.
    public func send(_ request: HTTPClientRequest) async throws -> HTTPClientResponse {
        let transfer = HTTPTransfer(request, maximumHeaderBytes: configuration.maximumHeaderBytes)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { waiter in
                onLoop { self.start(transfer, waiter) }
            }
        } onCancel: {
            // Later, never at once: this may run inside a callback of libcurl's.
            loop.execute { self.cancel(transfer) }
        }
    }

    /// How many transfers are under way; on the loop only.
    public var transferCount: Int {
        loop.preconditionOnLoop("HTTPClient.transferCount")
        return multi.count
    }

    /// Fails what is under way and closes every connection; on the loop only, idempotent.
    public func shutDown() {
        multi.close(failing: HTTPClientError.shutDown)
        isShutDown = true
    }

    private var isShutDown = false

    private func start(
        _ transfer: HTTPTransfer, _ waiter: CheckedContinuation<HTTPClientResponse, any Error>
    ) {
        guard !isShutDown else { return waiter.resume(throwing: HTTPClientError.shutDown) }
        if let easy = transfer.start(configuration, waiter) { multi.add(transfer, easy) }
    }

    private func cancel(_ transfer: HTTPTransfer) {
        multi.remove(transfer)
        transfer.end(failing: CancellationError())
    }

    private func onLoop(_ body: @escaping @Sendable () -> Void) {
        if loop.isCurrent { body() } else { loop.execute(body) }
    }
}

extension HTTPClientError {
    fileprivate static let shutDown = HTTPClientError(.shutDown, "the client was shut down")
}
