public import EventLoop

extension Connection {
    /// Makes a connection outside any pool, lends it, and closes it: for start-up work and tools.
    ///
    /// On the loop only.
    @discardableResult
    public static func with<T>(
        loop: Loop, configuration: ConnectionConfiguration, _ body: (Connection) async throws -> T
    ) async throws -> T {
        loop.preconditionOnLoop("Connection.with")
        let driver = ConnectionDriver(id: 0, loop: loop, configuration: configuration)
        driver.isExclusive = true
        try await driver.connect()
        let connection = Connection(driver)
        defer {
            connection.end()
            driver.close()
        }
        return try await body(connection)
    }
}
