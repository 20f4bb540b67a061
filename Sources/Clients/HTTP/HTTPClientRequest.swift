/// One request to an outside service, with its own limits.
public struct HTTPClientRequest: Sendable {
    /// The method in capitals, as `GET`.
    public var method: String
    /// An absolute URL; `https`, or `http` where `HTTPClientConfiguration` allows it.
    public var url: String
    /// Header fields in their order.
    public var headers: [(name: String, value: String)]
    /// The body; nil: none.
    public var body: [UInt8]?
    /// How long everything may take, from the call to the last byte, waiting for a free connection included.
    public var deadline: Duration
    /// More bytes of body than this, after decompression, end the transfer.
    public var maximumResponseBytes: Int

    /// A request; the defaults suit a small exchange with a service that answers at once.
    public init(
        _ method: String = "GET", _ url: String, headers: [(name: String, value: String)] = [], body: [UInt8]? = nil,
        deadline: Duration = .seconds(30), maximumResponseBytes: Int = 4 << 20
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.deadline = deadline
        self.maximumResponseBytes = maximumResponseBytes
    }
}

/// What an outside service answered, whole.
public struct HTTPClientResponse: Sendable {
    /// The status code; redirects are not followed, so it can be 3xx.
    public internal(set) var status: Int
    /// Header fields in their order, names as they came.
    public internal(set) var headers: [(name: String, value: String)]
    /// The body, decompressed.
    public internal(set) var body: [UInt8]

    /// The first value of a header field; names are case-insensitive.
    public func header(_ name: String) -> String? {
        let name = name.lowercased()
        return headers.first { $0.name.lowercased() == name }?.value
    }
}
