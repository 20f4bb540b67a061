/// Who a request comes from when proxies stand in between: the fields `Forwarded` (RFC 7239) and `X-Forwarded-*`.
///
/// Anybody can send such fields, so they count as far as trusted proxies wrote them only: from the right, the first
/// address that is no trusted proxy is the client.
struct ForwardedClient: Hashable {
    var address: String
    /// `http` or `https`, if a proxy says so.
    var scheme: String?

    /// Whether a request claims to come through a proxy.
    static func isClaimed(by headers: HTTPHeaders) -> Bool {
        headers["forwarded"] != nil || headers["x-forwarded-for"] != nil
    }

    /// The client behind `peer`, or nil when the peer is not trusted or says nothing that can be understood.
    static func find(peer: String, headers: HTTPHeaders, trusted: [AddressRange]) -> ForwardedClient? {
        guard !trusted.isEmpty, trusted.contains(address: peer) else { return nil }
        let hops = hops(headers)
        var found: ForwardedClient?
        for hop in hops.reversed() {
            // What a proxy could not or would not name ends the chain that can be followed.
            guard AddressRange(hop.address) != nil else { break }
            found = ForwardedClient(address: hop.address, scheme: hop.scheme ?? found?.scheme)
            if !trusted.contains(address: hop.address) { break }
        }
        return found
    }

    private static func hops(_ headers: HTTPHeaders) -> [ForwardedClient] {
        if let forwarded = joined(headers, "forwarded") {
            return forwarded.split(separator: ",").map(element)
        }
        guard let addresses = joined(headers, "x-forwarded-for") else { return [] }
        // One value for all hops: the nearest trusted proxy wrote it last.
        let scheme = joined(headers, "x-forwarded-proto")?.split(separator: ",").last.flatMap {
            known(scheme: trim($0))
        }
        return addresses.split(separator: ",").map { ForwardedClient(address: address(trim($0)), scheme: scheme) }
    }

    /// A field that was sent in several lines counts as one (RFC 9110 §5.3).
    private static func joined(_ headers: HTTPHeaders, _ name: String) -> String? {
        let values = headers.values(name)
        return values.isEmpty ? nil : values.joined(separator: ",")
    }

    /// `for=192.0.2.43;proto=https`, `for="[2001:db8::1]:4711"`.
    private static func element(_ text: Substring) -> ForwardedClient {
        var client = ForwardedClient(address: "")
        for pair in text.split(separator: ";") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { continue }
            let value = trim(parts[1]).replacing("\"", with: "")
            switch trim(parts[0]).lowercased() {
            case "for": client.address = address(value)
            case "proto": client.scheme = known(scheme: value)
            default: break
            }
        }
        return client
    }

    /// An address without brackets and port.
    private static func address(_ text: String) -> String {
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            return String(text[text.index(after: text.startIndex)..<end])
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 2 ? String(parts[0]) : text
    }

    private static func known(scheme: String) -> String? {
        let scheme = scheme.lowercased()
        return scheme == "http" || scheme == "https" ? scheme : nil
    }

    private static func trim(_ text: Substring) -> String {
        var text = text
        while text.first == " " || text.first == "\t" { text.removeFirst() }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return String(text)
    }
}
