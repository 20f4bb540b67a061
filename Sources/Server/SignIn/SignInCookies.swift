import Resolvers

/// The cookies that sign a browser in (RFC 6265bis).
///
/// Scripts never see them (`HttpOnly`), they never travel in the clear (`Secure`; browsers make an exception for
/// `http://localhost`), and other sites' pages do not send them (`SameSite`).
public struct SignInCookies: Sendable {
    /// Which pages may make a browser send the cookies.
    public enum SameSite: String, Sendable, CaseIterable {
        /// Pages of the same site.
        case strict = "Strict"
        /// Also links that lead here.
        case lax = "Lax"
        /// All: for frontends on another site, which `FRONTEND_ORIGINS` and the CSRF guard then keep apart.
        case none = "None"
    }

    /// The cookie with the access token, sent to every path.
    static let accessName = "aimage_access"
    /// The cookie with the refresh token, sent to the API only.
    static let refreshName = "aimage_refresh"

    private let sameSite: SameSite

    /// Cookies for pages of these sites.
    public init(sameSite: SameSite) {
        self.sameSite = sameSite
    }

    /// The `Set-Cookie` fields that an exchange ends with.
    func fields(for outcome: SignInExchange.Outcome) -> [String] {
        switch outcome {
        case .signedIn(let tokens):
            [
                field(Self.accessName, tokens.access, path: "/", seconds: tokens.accessSeconds),
                field(Self.refreshName, tokens.refresh, path: "/graphql", seconds: tokens.refreshSeconds),
            ]
        case .signedOut:
            [
                field(Self.accessName, "", path: "/", seconds: 0),
                field(Self.refreshName, "", path: "/graphql", seconds: 0),
            ]
        }
    }

    /// What signing in reads of a request.
    static func exchange(_ request: HTTPRequest) -> SignInExchange {
        SignInExchange(
            refreshToken: value(refreshName, in: request.headers), userAgent: request.headers["user-agent"])
    }

    /// Sets what an exchange ended with.
    func set(_ exchange: SignInExchange, on response: inout HTTPResponse) {
        guard let outcome = exchange.outcome else { return }
        for field in fields(for: outcome) { response.headers.add("Set-Cookie", field) }
    }

    private func field(_ name: String, _ value: String, path: String, seconds: Int) -> String {
        "\(name)=\(value); Path=\(path); Max-Age=\(seconds); HttpOnly; Secure; SameSite=\(sameSite.rawValue)"
    }

    /// The value of a cookie in a request's headers; the first one with the name counts.
    static func value(_ name: String, in headers: HTTPHeaders) -> String? {
        for field in headers.values("cookie") {
            for pair in field.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2, parts[0].drop(while: \.isWhitespace) == name else { continue }
                let value = parts[1].prefix { !$0.isWhitespace }
                return value.isEmpty ? nil : String(value)
            }
        }
        return nil
    }
}
