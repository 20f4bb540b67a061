/// A request: its head, and its body when the route asked for it in memory.
public struct HTTPRequest: Sendable {
    /// The method as sent; methods are case-sensitive (RFC 9110 §9.1).
    public let method: String
    /// The path, percent-decoded.
    ///
    /// Not normalised: it may hold `..` or an escaped slash.
    public let path: String
    /// The target as sent: path and query without decoding.
    public let rawTarget: String
    /// What followed the `?`, not decoded; empty when there was none.
    public let query: String
    /// The header fields as sent.
    public let headers: HTTPHeaders
    /// The client's address without its port, or `unix` for a local socket; behind a trusted proxy, what that says.
    public internal(set) var remoteAddress: String
    /// `http` or `https`, as the client sees it.
    public internal(set) var scheme = "http"
    /// Whether the request claims to come through a proxy that we were not told to trust.
    public internal(set) var isForwardedByStranger = false
    /// The body; empty before it has come, and when it is streamed.
    public internal(set) var body: [UInt8]
    /// A short name for logs, unique within the process.
    public internal(set) var id: String

    /// The decoded items of the query in their order; an item that cannot be decoded is left out.
    public var queryItems: [(name: String, value: String)] {
        query.utf8.split(separator: UInt8(ascii: "&")).compactMap(Self.queryItem)
    }

    /// The decoded items of the query in their order; nil if one of them cannot be decoded.
    var decodedQueryItems: [(name: String, value: String)]? {
        var items: [(name: String, value: String)] = []
        for item in query.utf8.split(separator: UInt8(ascii: "&")) {
            guard let decoded = Self.queryItem(item) else { return nil }
            items.append(decoded)
        }
        return items
    }

    private static func queryItem(_ item: Substring.UTF8View) -> (name: String, value: String)? {
        let parts = item.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = PercentDecoding.decode(parts[0], plusIsSpace: true) else { return nil }
        guard parts.count == 2 else { return (name, "") }
        guard let value = PercentDecoding.decode(parts[1], plusIsSpace: true) else { return nil }
        return (name, value)
    }

    /// The decoded value of the first query item with a name.
    public func queryValue(_ name: String) -> String? { queryItems.first { $0.name == name }?.value }

    /// A request made by hand, for tests of the layers above.
    public init(
        method: String, target: String, headers: HTTPHeaders = [:], body: [UInt8] = [],
        remoteAddress: String = "127.0.0.1", id: String = "test"
    ) {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        self.method = method
        self.rawTarget = target
        self.path = PercentDecoding.decode(parts[0].utf8, plusIsSpace: false) ?? String(parts[0])
        self.query = parts.count > 1 ? String(parts[1]) : ""
        self.headers = headers
        self.body = body
        self.remoteAddress = remoteAddress
        self.id = id
    }

    init(head: HTTPRequestHead, peer: String, id: String, configuration: HTTPServerConfiguration) {
        method = head.method
        path = head.path
        rawTarget = head.rawTarget
        query = head.query
        headers = head.headers
        body = []
        let client = ForwardedClient.find(peer: peer, headers: headers, trusted: configuration.trustedProxies)
        remoteAddress = client?.address ?? peer
        scheme = client?.scheme ?? configuration.scheme
        isForwardedByStranger = client == nil && ForwardedClient.isClaimed(by: headers)
        self.id = id
    }
}
