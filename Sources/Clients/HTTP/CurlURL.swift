import CLibCurl

/// A URL as libcurl's transfers understand it (`curl_url`): what is checked is what is connected to.
struct CurlURL {
    let scheme: String
    let host: String

    /// Nil when libcurl cannot read the text as an absolute URL, or it names a user.
    init?(_ text: String) {
        guard let handle = curl_url() else { return nil }
        defer { curl_url_cleanup(handle) }
        let flags = UInt32(CURLU_DISALLOW_USER)
        guard curl_url_set(handle, CURLUPART_URL, text, flags) == CURLUE_OK,
            let scheme = CurlURL.part(CURLUPART_SCHEME, of: handle),
            let host = CurlURL.part(CURLUPART_HOST, of: handle)
        else { return nil }
        self.scheme = scheme
        self.host = host
    }

    /// Whether the host is this machine, by its reserved name or an address of the loopback network.
    var isLoopback: Bool {
        if host == "localhost" || host == "[::1]" { return true }
        // libcurl has brought every spelling of an IPv4 address into its dotted form.
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    private static func part(_ what: CURLUPart, of handle: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(handle, what, &text, 0) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }
}
