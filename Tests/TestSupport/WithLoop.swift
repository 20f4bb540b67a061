public import Database
public import EventLoop

/// Runs a test's body on a loop of its own, which is stopped afterwards, whatever the body did.
@discardableResult
public func withLoop<T: Sendable>(_ body: @escaping @Sendable (Loop) async throws -> T) async throws -> T {
    let loop = try Loop(name: "test")
    try loop.start()
    do {
        let value = try await loop.run { try await body(loop) }
        await loop.stop()
        return value
    } catch {
        await loop.stop()
        throw error
    }
}

/// Runs a test's body with a started pool on a fresh database; the pool and its loop are stopped afterwards.
@discardableResult
public func withPool<T: Sendable>(
    _ database: ConnectionConfiguration? = nil,
    configure: @escaping @Sendable (inout PoolConfiguration) -> Void = { _ in },
    _ body: @escaping @Sendable (ConnectionPool) async throws -> T
) async throws -> T {
    var configuration = PoolConfiguration(connection: try await fresh(database))
    configure(&configuration)
    return try await withLoop { [configuration] loop in
        let pool = ConnectionPool(loop: loop, configuration: configuration)
        try await pool.start()
        do {
            let value = try await body(pool)
            await pool.stop()
            return value
        } catch {
            await pool.stop()
            throw error
        }
    }
}

private func fresh(_ database: ConnectionConfiguration?) async throws -> ConnectionConfiguration {
    if let database { return database }
    return try await TestDatabase.create()
}
