/// What an access log says about one request.
public struct HTTPAccess: Sendable {
    /// The request, without its body.
    public let request: HTTPRequest
    /// The answer's status, or nil when the client left before there was one.
    public let status: Int?
    /// The bytes of the answer's body.
    public let responseBytes: Int
    /// From the end of the head to the answer's last byte given to the kernel.
    public let duration: Duration
    /// Whether the client left before the answer was out.
    public let wasCancelled: Bool

    init(request: HTTPRequest, response: (status: Int, bytes: Int)?, duration: Duration, wasCancelled: Bool) {
        var request = request
        request.body = []
        self.request = request
        status = response?.status
        responseBytes = response?.bytes ?? 0
        self.duration = duration
        self.wasCancelled = wasCancelled
    }
}
