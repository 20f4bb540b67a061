import CLibCurl

/// The sole owner of a `CURL` and of the list that it reads; the only file that calls `curl_easy_cleanup`.
///
/// To be touched on its client's loop only, or on the one thread that performs it, and freed only when no `CURLM` has it
/// any more.
final class EasyHandle {
    let pointer: UnsafeMutableRawPointer
    /// The fields of the header, or who gets a letter.
    private var list: UnsafeMutablePointer<curl_slist>?
    private let errorText: UnsafeMutablePointer<CChar>
    /// The first option that libcurl refused.
    private(set) var refused: CURLcode?

    init() throws {
        guard let pointer = curl_easy_init() else { throw HTTPClientError(.failed, "libcurl has no memory") }
        self.pointer = pointer
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        clibcurl_set_pointer(pointer, CURLOPT_ERRORBUFFER, errorText)
    }

    deinit {
        curl_easy_cleanup(pointer)
        curl_slist_free_all(list)
        errorText.deallocate()
    }

    /// What libcurl has to say of a failure.
    func message(_ code: CURLcode) -> String {
        let detail = String(cString: errorText)
        return detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail
    }

    /// Prepares everything but the callbacks.
    func configure(_ request: HTTPClientRequest, _ configuration: HTTPClientConfiguration) throws {
        guard let url = CurlURL(request.url) else {
            throw HTTPClientError(.invalidRequest, "this is not an absolute URL without a user")
        }
        let allowsPlain = configuration.allowsPlainHTTP || url.isLoopback
        guard url.scheme == "https" || (url.scheme == "http" && allowsPlain) else {
            throw HTTPClientError(.invalidRequest, "\(url.scheme)://\(url.host) is not allowed: use https")
        }
        guard HTTPFieldSyntax.isName(request.method) else {
            throw HTTPClientError(.invalidRequest, "the method has characters that it may not have")
        }
        set(CURLOPT_URL, request.url)
        set(CURLOPT_PROTOCOLS_STR, allowsPlain ? "http,https" : "https")
        set(CURLOPT_FOLLOWLOCATION, 0)
        setMethod(request)
        try setHeaders(request.headers)
        setSecurity(certificateAuthorities: configuration.certificateAuthorities)
        set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
        set(CURLOPT_PATH_AS_IS, 1)
        setTimes(connecting: configuration.connectTimeout, whole: request.deadline)
        set(CURLOPT_ACCEPT_ENCODING, "gzip")
        set(CURLOPT_USERAGENT, configuration.userAgent)
        if let refused { throw HTTPClientError(.invalidRequest, message(refused)) }
    }

    /// Names who receives header and body, and what is handed to it: unretained, so it must live as long as this.
    func setReceiver(_ context: UnsafeMutableRawPointer, header: CurlDataCallback, body: CurlDataCallback) {
        clibcurl_set_callback(pointer, CURLOPT_HEADERFUNCTION, header)
        clibcurl_set_pointer(pointer, CURLOPT_HEADERDATA, context)
        clibcurl_set_callback(pointer, CURLOPT_WRITEFUNCTION, body)
        clibcurl_set_pointer(pointer, CURLOPT_WRITEDATA, context)
        clibcurl_set_pointer(pointer, CURLOPT_PRIVATE, context)
    }

    private func setMethod(_ request: HTTPClientRequest) {
        let takesBody = ["POST", "PUT", "PATCH"].contains(request.method)
        if let body = request.body ?? (takesBody ? [] : nil) {
            check(clibcurl_set_size(pointer, CURLOPT_POSTFIELDSIZE_LARGE, body.count))
            body.withUnsafeBytes { bytes in
                // An empty body has no address, and no address would mean "ask a callback".
                let address = bytes.baseAddress ?? UnsafeRawPointer(errorText)
                check(clibcurl_set_bytes(pointer, CURLOPT_COPYPOSTFIELDS, address))
            }
        }
        if request.method == "HEAD" { set(CURLOPT_NOBODY, 1) }
        set(CURLOPT_CUSTOMREQUEST, request.method)
    }

    private func setHeaders(_ fields: [(name: String, value: String)]) throws {
        // Without this libcurl waits for "100 Continue" before larger bodies, and names a type for every body.
        var lines = ["Expect:"]
        if !fields.contains(where: { $0.name.lowercased() == "content-type" }) { lines.append("Content-Type:") }
        for field in fields {
            guard HTTPFieldSyntax.isName(field.name), HTTPFieldSyntax.isValue(field.value) else {
                throw HTTPClientError(.invalidRequest, "a header field has characters that it may not have")
            }
            // A semicolon is libcurl's way to say "and no value".
            lines.append(field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)")
        }
        try set(CURLOPT_HTTPHEADER, lines)
    }

    /// Certificates are always checked, and nothing of the environment or of a URL has a say.
    func setSecurity(certificateAuthorities: String?) {
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        set(CURLOPT_SSLVERSION, clibcurl_tls_1_2)
        if let file = certificateAuthorities { set(CURLOPT_CAINFO, file) }
        // libcurl would read http_proxy and friends from the environment.
        set(CURLOPT_PROXY, "")
        set(CURLOPT_NETRC, 0)
        set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
    }

    func setTimes(connecting: Duration, whole: Duration) {
        // Signals would interrupt a thread that is not libcurl's.
        set(CURLOPT_NOSIGNAL, 1)
        // 0 would mean "for ever".
        set(CURLOPT_CONNECTTIMEOUT_MS, max(1, connecting.milliseconds))
        set(CURLOPT_TIMEOUT_MS, max(1, whole.milliseconds))
        set(CURLOPT_LOW_SPEED_LIMIT, 1)
        set(CURLOPT_LOW_SPEED_TIME, 30)
        set(CURLOPT_TCP_KEEPALIVE, 1)
    }

    func set(_ option: CURLoption, _ value: Int) { check(clibcurl_set_long(pointer, option, value)) }
    func set(_ option: CURLoption, _ value: String) { check(clibcurl_set_text(pointer, option, value)) }

    /// Sets the one option that takes lines.
    func set(_ option: CURLoption, _ lines: [String]) throws {
        for line in lines {
            guard let longer = curl_slist_append(list, line) else {
                throw HTTPClientError(.failed, "libcurl has no memory")
            }
            list = longer
        }
        check(clibcurl_set_list(pointer, option, list))
    }

    private func check(_ code: CURLcode) {
        if code != CURLE_OK, refused == nil { refused = code }
    }
}

/// A function that libcurl hands bytes to; it answers how many it took, and any other number ends the transfer.
typealias CurlDataCallback =
    @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int

extension Duration {
    /// Whole milliseconds; 0 for negative durations.
    fileprivate var milliseconds: Int {
        let (seconds, attoseconds) = components
        return max(0, Int(seconds) * 1_000 + Int(attoseconds / 1_000_000_000_000_000))
    }
}
