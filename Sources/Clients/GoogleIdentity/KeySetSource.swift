/// Fetches the public keys of an identity provider (a JWKS, RFC 7517) over HTTP.
public struct KeySetSource: Sendable {
    /// A key set, and how long its server lets it be kept.
    public struct Answer: Sendable, Hashable {
        /// The JSON text.
        public let json: [UInt8]
        /// `max-age` minus `Age` (RFC 9111 §4.2), in seconds; nil when the server says nothing.
        public let secondsFresh: Int?
    }

    /// Google's own, unless configured otherwise.
    public static let googleURL = "https://www.googleapis.com/oauth2/v3/certs"

    private let client: HTTPClient
    private let url: String

    /// A source at a URL; the caller shuts the client down.
    public init(client: HTTPClient, url: String = googleURL) {
        self.client = client
        self.url = url
    }

    /// Fetches the keys.
    ///
    /// - Throws: ``HTTPClientError``; `invalidResponse` also for an answer that is not 200 or not JSON.
    public func fetch() async throws -> Answer {
        let request = HTTPClientRequest(
            "GET", url, headers: [("Accept", "application/json")], deadline: .seconds(10),
            maximumResponseBytes: 256 << 10)
        let response = try await client.send(request)
        guard response.status == 200 else {
            throw HTTPClientError(.invalidResponse, "the key server answered \(response.status)")
        }
        // A proxy may answer 200 with a page of its own.
        guard response.header("content-type")?.lowercased().hasPrefix("application/json") == true else {
            throw HTTPClientError(.invalidResponse, "the key server did not answer with JSON")
        }
        return Answer(
            json: response.body,
            secondsFresh: Self.secondsFresh(
                cacheControl: response.header("cache-control"), age: response.header("age")))
    }

    /// What `Cache-Control` and `Age` leave of a response's freshness.
    static func secondsFresh(cacheControl: String?, age: String?) -> Int? {
        guard let cacheControl else { return nil }
        for directive in cacheControl.lowercased().split(separator: ",") {
            let parts = directive.split(separator: "=", maxSplits: 1).map {
                $0.filter { !$0.isWhitespace && $0 != "\"" }
            }
            if parts.first == "no-store" || parts.first == "no-cache" { return 0 }
            guard parts.count == 2, parts[0] == "max-age", let seconds = Int(parts[1]) else { continue }
            return max(0, seconds - (age.flatMap { Int($0) } ?? 0))
        }
        return nil
    }
}
