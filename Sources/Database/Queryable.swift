/// What can run a statement: the pool, a connection of it, a transaction.
///
/// Code that takes `any Queryable` or `some Queryable` works inside and outside a transaction.
public protocol Queryable: AnyObject, Sendable {
    /// Runs a statement and returns its rows. On the object's loop only; costs one round trip.
    @discardableResult
    func query(_ sql: SQL) async throws -> RowSet
}

extension Queryable {
    /// Runs a statement that is expected to give at most one row; further rows are not looked at.
    public func queryFirst(_ sql: SQL) async throws -> Row? { try await query(sql).first }
}
