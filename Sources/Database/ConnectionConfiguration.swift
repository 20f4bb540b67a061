import CLibPQ

/// Where a Postgres is and how a connection to it behaves.
public struct ConnectionConfiguration: Sendable {
    /// A libpq connection string, without the keys of other drivers.
    ///
    /// May hold a password: never log it.
    public let connectionString: String
    /// Shown in `pg_stat_activity`; the connection string's own `application_name` wins.
    public var applicationName = "swift"
    /// The server ends a statement that runs longer; nil for no limit.
    public var statementTimeout: Duration? = .seconds(30)
    /// The server ends a connection whose transaction does nothing for longer; nil for no limit.
    public var idleInTransactionTimeout: Duration? = .seconds(60)
    /// How long one attempt to connect may take.
    public var connectTimeout: Duration = .seconds(10)
    /// Prepared statements kept per connection; 0 prepares none, as poolers in transaction mode want it.
    public var statementCacheSize = 256
    /// Whether settings go along with the start of the connection, which old versions of pgbouncer refuse.
    public var sendsStartupOptions = true

    /// The database that is asked for, if the string names one.
    public let database: String?
    private let host: String
    private let port: String
    private let options: String?

    /// Takes a `postgresql://` or `postgres://` URL, or a key/value string, as in `DATABASE_URL`.
    ///
    /// Schemes like `postgresql+asyncpg` and the keys of other drivers (`ssl`, `pgbouncer`, `schema`, `minsize`, …) are
    /// understood or dropped; libpq refuses the rest.
    public init(url: String) throws {
        var driverKeys: [String: String] = [:]
        let cleaned = ConnectionString.cleaned(url, removed: &driverKeys)
        let values = try ConnectionString.parse(cleaned)
        connectionString = cleaned
        database = values["dbname"]
        host = values["hostaddr"] ?? values["host"] ?? ""
        port = values["port"] ?? "5432"
        options = values["options"]
        if driverKeys["pgbouncer"] == "true" {
            statementCacheSize = 0
            sendsStartupOptions = false
        }
        if let size = driverKeys["statement_cache_size"].flatMap({ Int($0) }) { statementCacheSize = max(0, size) }
    }

    /// A server on a Unix-domain socket.
    public init(socketDirectory: String, port: Int = 5432, user: String, database: String) throws {
        func encoded(_ value: String) -> String {
            value.utf8.map { byte in
                let scalar = UnicodeScalar(byte)
                let isPlain =
                    scalar.isASCII
                    && (scalar.properties.isAlphabetic || "0123456789-._~/".unicodeScalars.contains(scalar))
                return isPlain ? String(scalar) : "%" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
            }.joined()
        }
        try self.init(
            url:
                "postgresql:///\(encoded(database))?host=\(encoded(socketDirectory))&port=\(port)&user=\(encoded(user))"
        )
    }

    /// Host and port, without user or password: fit for logs and start-up errors.
    public var displayTarget: String {
        if host.isEmpty { return "the default socket, port \(port)" }
        return host.hasPrefix("/") ? "\(host)/.s.PGSQL.\(port)" : "\(host):\(port)"
    }

    /// Whether connecting may ask a name server, which libpq does while the caller waits.
    var mayResolveNames: Bool {
        !host.isEmpty && !host.hasPrefix("/") && !host.allSatisfy { "0123456789.,".contains($0) }
    }

    /// Key and value of everything libpq is told, in the order in which later ones win.
    var connectParameters: [(String, String)] {
        var parameters = [
            ("keepalives_idle", "30"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "30000"), ("fallback_application_name", applicationName),
            ("dbname", connectionString), ("client_encoding", "UTF8"),
        ]
        guard sendsStartupOptions else { return parameters }
        var settings = options.map { [$0] } ?? []
        if let statementTimeout { settings.append("-c statement_timeout=\(statementTimeout.milliseconds)") }
        if let idleInTransactionTimeout {
            settings.append("-c idle_in_transaction_session_timeout=\(idleInTransactionTimeout.milliseconds)")
        }
        if !settings.isEmpty { parameters.append(("options", settings.joined(separator: " "))) }
        return parameters
    }
}

extension Duration {
    /// Whole milliseconds, rounded up, at least 1 unless zero.
    var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    }
}

/// Reading and cleaning of connection strings.
enum ConnectionString {
    /// Keys of URLs that belong to other drivers; libpq refuses a URL that has them (CONTRACTS §14.10).
    private static let driverKeys: Set<String> = [
        "ssl", "minsize", "maxsize", "min_size", "max_size", "schema", "pgbouncer", "statement_cache_size",
        "prepared_statement_cache_size", "prepared_statement_name_func", "connection_limit", "pool_timeout",
        "sslaccept",
        "command_timeout", "timeout", "max_inactive_connection_lifetime", "socket_timeout", "pool_size", "max_overflow",
    ]

    static func cleaned(_ url: String, removed: inout [String: String]) -> String {
        guard let schemeEnd = url.firstRange(of: "://") else { return url }
        let scheme = url[..<schemeEnd.lowerBound].prefix { $0 != "+" }
        let rest = url[schemeEnd.lowerBound...]
        guard let mark = rest.firstIndex(of: "?") else { return String(scheme) + rest }
        var kept: [Substring] = []
        for item in rest[rest.index(after: mark)...].split(separator: "&") {
            let pair = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let key = String(pair[0])
            if driverKeys.contains(key) {
                removed[key] = pair.count > 1 ? String(pair[1]) : ""
            } else {
                kept.append(item)
            }
        }
        let wantsTLS = ["true", "1", "require"].contains(removed["ssl"] ?? "")
        if wantsTLS && !kept.contains(where: { $0.hasPrefix("sslmode=") }) { kept.append("sslmode=require") }
        let query = kept.isEmpty ? "" : "?" + kept.joined(separator: "&")
        return String(scheme) + rest[..<mark] + query
    }

    /// What libpq understands, by key.
    static func parse(_ text: String) throws -> [String: String] {
        var message: UnsafeMutablePointer<CChar>?
        guard let list = PQconninfoParse(text, &message) else {
            defer { PQfreemem(message) }
            // libpq's text may quote a part of the string, yet never the password of a well-formed one.
            let reason = message.map { String(cString: $0).trimmedLine } ?? "out of memory"
            throw DatabaseError(.invalidConfiguration, "the connection string cannot be read: \(reason)")
        }
        defer { PQconninfoFree(list) }
        var values: [String: String] = [:]
        var option = list
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { values[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        return values
    }
}

extension String {
    /// Without white space and line ends at the end, and on one line: libpq's messages have several.
    var trimmedLine: String {
        let line = split(whereSeparator: \.isNewline).joined(separator: " ")
        let end = line.lastIndex { $0 != " " }
        return end.map { String(line[...$0]) } ?? ""
    }
}
