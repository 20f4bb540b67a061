import Hashing

// Making and checking signed URLs: HMAC-SHA256 over method, key, end, type and size. The only place that does either.

/// Makes signed URLs and checks them.
public struct URLSigner: Sendable {
    private let key: [UInt8]
    private let now: @Sendable () -> Int

    /// Takes the secret (at least 32 bytes, the same in every process of the system) and the clock, in seconds since
    /// 1970-01-01 UTC.
    public init(key: [UInt8], now: @escaping @Sendable () -> Int) {
        precondition(key.count >= 32, "URLSigner: the key must have at least 32 bytes")
        self.key = key
        self.now = now
    }

    /// A right that ends so many seconds from now.
    public func sign(_ grant: SignedURL.Grant, validForSeconds seconds: Int) -> (path: String, expiresAt: Int) {
        let url = SignedURL(grant: grant, expiresAt: now() + seconds)
        return (path(for: url), url.expiresAt)
    }

    /// Path and query of a right, such as `/files/a/b?exp=…&sig=…`.
    public func path(for url: SignedURL) -> String {
        let fields = url.fields + [("sig", Base64URL.encode(signature(of: url)))]
        return url.path + "?" + fields.map { "\($0.name)=\(Self.escaped($0.value))" }.joined(separator: "&")
    }

    /// Checks the path and query of a request and returns what they grant.
    ///
    /// The signature is compared in constant time and before the clock is asked, so that a forged URL learns nothing.
    ///
    /// - Throws: `ObjectStoreError` with `malformedURL`, `wrongSignature` or `expired`.
    public func verify(method: String, target: String) throws -> SignedURL {
        let (url, signature) = try Self.parse(target)
        guard method == url.method || (method == "HEAD" && url.method == "GET") else {
            throw ObjectStoreError(.wrongSignature, "the URL is for \(url.method)")
        }
        guard constantTimeEquals(signature, self.signature(of: url)) else {
            throw ObjectStoreError(.wrongSignature, "the signature does not belong to this URL")
        }
        guard now() < url.expiresAt else { throw ObjectStoreError(.expired, "the URL ended at \(url.expiresAt)") }
        return url
    }

    private func signature(of url: SignedURL) -> [UInt8] {
        HMACSHA256.authenticate(key: key, message: url.message)
    }

    /// Reads a target; every field at most once, no others, so that a right has one form.
    private static func parse(_ target: String) throws -> (SignedURL, signature: [UInt8]) {
        let malformed = ObjectStoreError(.malformedURL, "not a signed URL")
        let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2, target.utf8.count <= 4096 else { throw malformed }
        var fields: [String: String] = [:]
        for part in halves[1].split(separator: "&", omittingEmptySubsequences: false) {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2, let value = unescaped(pair[1]), fields[String(pair[0])] == nil else {
                throw malformed
            }
            fields[String(pair[0])] = value
        }
        guard let end = fields.removeValue(forKey: "exp").flatMap({ Int($0) }),
            let signature = fields.removeValue(forKey: "sig").flatMap({ Base64URL.decode($0) }),
            let grant = try grant(path: halves[0], &fields), fields.isEmpty
        else { throw malformed }
        return (SignedURL(grant: grant, expiresAt: end), signature)
    }

    private static func grant(path: Substring, _ fields: inout [String: String]) throws -> SignedURL.Grant? {
        let type = fields.removeValue(forKey: "type")
        if path.hasPrefix("/files/") {
            let name = fields.removeValue(forKey: "name")
            // A path that is no key is no URL of ours; which rule of keys it breaks does not concern the caller.
            guard let key = try? ObjectKey(String(path.dropFirst("/files/".count))) else { return nil }
            return .read(key, contentType: type, fileName: name)
        }
        guard path.hasPrefix("/uploads/"), let type,
            let maximum = fields.removeValue(forKey: "max").flatMap({ Int($0) }), maximum >= 0
        else { return nil }
        let id = path.dropFirst("/uploads/".count)
        // The same characters as a key of one segment.
        guard !id.contains("/"), (try? ObjectKey(String(id))) != nil else { return nil }
        return .upload(id: String(id), contentType: type, maximumBytes: maximum)
    }
}

extension URLSigner {
    /// Percent-encodes everything but the unreserved characters of RFC 3986 §2.3.
    static func escaped(_ text: String) -> String {
        var result: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: "~"):
                result.append(byte)
            default:
                result += "%\(Hex.encode([byte]).uppercased())".utf8
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The opposite; nil for a broken escape or bytes that are no UTF-8.
    static func unescaped(_ text: Substring) -> String? {
        var result: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                result.append(byte)
                continue
            }
            guard let decoded = Hex.decode(Substring(rest.prefix(2))), decoded.count == 1 else { return nil }
            result += decoded
            rest = rest.dropFirst(2)
        }
        return String(validating: result, as: UTF8.self)
    }
}
