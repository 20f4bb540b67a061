import Foundation

/// Runs what waits on a thread of its own: tests share a pool with as many threads as there are processors, and one that
/// waits there holds up all others.
public func onOwnThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
    }
}
