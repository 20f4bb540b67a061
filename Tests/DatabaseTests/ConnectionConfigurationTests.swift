import Testing

@testable import Database

@Suite("Connection configuration")
struct ConnectionConfigurationTests {
    @Test(
        "Keys of other drivers are dropped or translated",
        arguments: [
            ("postgresql://u:p%40@h:5433/d?minsize=1&maxsize=5", "postgresql://u:p%40@h:5433/d"),
            ("postgres://h/d?ssl=true", "postgres://h/d?sslmode=require"),
            ("postgres://h/d?ssl=true&sslmode=verify-full", "postgres://h/d?sslmode=verify-full"),
            ("postgres://h/d?ssl=false&application_name=x", "postgres://h/d?application_name=x"),
            ("postgresql+asyncpg://h/d?schema=public", "postgresql://h/d"),
            ("host=/tmp dbname=d", "host=/tmp dbname=d"),
        ])
    func driverKeys(url: String, cleaned: String) throws {
        #expect(try ConnectionConfiguration(url: url).connectionString == cleaned)
    }

    @Test("A pooler in transaction mode gets no prepared statements and no start-up options")
    func pgbouncer() throws {
        let configuration = try ConnectionConfiguration(url: "postgres://h/d?pgbouncer=true")
        #expect(configuration.statementCacheSize == 0)
        #expect(!configuration.connectParameters.contains { $0.0 == "options" })
        #expect(try ConnectionConfiguration(url: "postgres://h/d?statement_cache_size=7").statementCacheSize == 7)
    }

    @Test("A string that libpq refuses is an error without the password")
    func refused() {
        #expect {
            try ConnectionConfiguration(url: "postgres://u:secret@h/d?nonsense=1")
        } throws: { error in
            let error = error as? DatabaseError
            return error?.code == .invalidConfiguration && error?.message.contains("secret") == false
        }
    }

    @Test("What is shown names the place and nothing secret")
    func displayTarget() throws {
        #expect(
            try ConnectionConfiguration(url: "postgres://u:secret@db.example:5433/d").displayTarget == "db.example:5433"
        )
        let socket = try ConnectionConfiguration(socketDirectory: "/a b/ü%", user: "x y", database: "d?&=")
        #expect(socket.displayTarget == "/a b/ü%/.s.PGSQL.5432")
        #expect(socket.database == "d?&=")
    }

    @Test("The string's own options go along with the timeouts")
    func options() throws {
        var configuration = try ConnectionConfiguration(url: "postgres://h/d?options=-c%20search_path%3Dx")
        configuration.statementTimeout = .milliseconds(1500)
        configuration.idleInTransactionTimeout = nil
        let options = configuration.connectParameters.last { $0.0 == "options" }?.1
        #expect(options == "-c search_path=x -c statement_timeout=1500")
    }

    @Test(
        "Only names may have to be resolved",
        arguments: [("postgres://127.0.0.1/d", false), ("postgres:///d?host=/tmp", false), ("postgres://db/d", true)])
    func resolution(url: String, mayResolve: Bool) throws {
        #expect(try ConnectionConfiguration(url: url).mayResolveNames == mayResolve)
    }
}
