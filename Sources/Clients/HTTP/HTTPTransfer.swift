import CLibCurl

/// One request on its way: its handle, what has come back so far, and who waits for it.
///
/// Confined to its client's loop; only the reference crosses threads.
final class HTTPTransfer: @unchecked Sendable {  // Reason: see above, every method is called on the client's loop.
    private enum State {
        /// Not with libcurl yet. Can transition to: running, finished (cancelled first).
        case created
        /// libcurl works on it. Can transition to: finished.
        case running(CheckedContinuation<HTTPClientResponse, any Error>)
        /// The waiter has its answer. Final.
        case finished
    }

    let request: HTTPClientRequest
    private var state = State.created
    private var receiver: HTTPResponseReceiver
    /// Nil before the start and after the end.
    private var easy: EasyHandle?

    init(_ request: HTTPClientRequest, maximumHeaderBytes: Int) {
        self.request = request
        receiver = HTTPResponseReceiver(
            maximumHeaderBytes: maximumHeaderBytes, maximumBodyBytes: request.maximumResponseBytes)
    }

    /// The handle, ready to be given to a `CURLM`; nil when the caller was cancelled before, who is then told here.
    func start(
        _ configuration: HTTPClientConfiguration, _ waiter: CheckedContinuation<HTTPClientResponse, any Error>
    ) -> EasyHandle? {
        guard case .created = state else {
            waiter.resume(throwing: CancellationError())
            return nil
        }
        do {
            let easy = try EasyHandle()
            try easy.configure(request, configuration)
            easy.setReceiver(
                Unmanaged.passUnretained(self).toOpaque(),
                header: { HTTPTransfer.from($3)?.didReceiveHeader($0, $1 * $2) ?? 0 },
                body: { HTTPTransfer.from($3)?.didReceiveBody($0, $1 * $2) ?? 0 })
            state = .running(waiter)
            self.easy = easy
            return easy
        } catch {
            state = .finished
            waiter.resume(throwing: error)
            return nil
        }
    }

    /// Ends the wait with libcurl's verdict; the handle must be with no `CURLM` any more.
    func finish(_ code: CURLcode) {
        let message = easy?.message(code) ?? ""
        if let refusal = receiver.refusal { return end(.failure(refusal)) }
        guard code == CURLE_OK else { return end(.failure(HTTPClientError(code, message))) }
        guard let response = receiver.response else {
            return end(.failure(HTTPClientError(.invalidResponse, "there was no status line")))
        }
        end(.success(response))
    }

    /// Ends the wait with an error, or keeps a transfer from starting; idempotent.
    func end(failing error: any Error) { end(.failure(error)) }

    private func end(_ result: Swift.Result<HTTPClientResponse, any Error>) {
        let ended = state
        state = .finished
        easy = nil
        if case .running(let waiter) = ended { waiter.resume(with: result) }
    }

    private func didReceiveHeader(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        receiver.headerReceived(UnsafeRawBufferPointer(start: bytes, count: count)) ? count : 0
    }

    private func didReceiveBody(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        // An empty piece is no refusal, though the count to answer is 0 as well.
        receiver.bodyReceived(UnsafeRawBufferPointer(start: bytes, count: count)) ? count : count &+ 1
    }

    /// The transfer behind libcurl's context pointer.
    static func from(_ context: UnsafeMutableRawPointer?) -> HTTPTransfer? {
        context.map { Unmanaged<HTTPTransfer>.fromOpaque($0).takeUnretainedValue() }
    }
}

extension HTTPClientError {
    /// The meaning of a result of libcurl's.
    init(_ code: CURLcode, _ message: String) {
        let kind: Code =
            switch code {
            case CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT,
                CURLE_SSL_CONNECT_ERROR:
                .connectFailed
            case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE: .certificateRefused
            case CURLE_OPERATION_TIMEDOUT: .deadlineExceeded
            case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE, CURLE_HTTP2,
                CURLE_HTTP2_STREAM:
                .connectionLost
            case CURLE_URL_MALFORMAT: .invalidRequest
            // URLs were looked at before: the protocol that is not supported is the peer's.
            case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING: .invalidResponse
            case CURLE_FILESIZE_EXCEEDED: .tooLarge
            default: .failed
            }
        self.init(kind, "\(message) (libcurl \(code.rawValue))")
    }
}
