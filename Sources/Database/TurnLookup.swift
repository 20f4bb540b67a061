import EventLoop

/// Looks things up by key for many callers: all who ask in one turn of the loop share one statement.
///
/// The statement begins after the last of them has asked, so nobody gets an answer older than the question. Nothing is
/// kept. For what every request asks: under load it is a fraction of a statement per request.
public final class TurnLookup<Key: Hashable & Sendable, Value: Sendable>: @unchecked Sendable {
    // Reason: confined to the loop, checked at entry.

    /// Finds a batch, in which a key may stand several times; one that is missing from the answer has no value.
    public typealias Fetch = @Sendable ([Key]) async throws -> [Key: Value]

    private struct Question {
        let key: Key
        let continuation: UnsafeContinuation<Value?, any Error>
    }

    private let loop: Loop
    private let fetch: Fetch
    private var questions: [Question] = []

    /// A lookup for callers on the pool's loop, where `fetch` is called too.
    public init(pool: ConnectionPool, fetch: @escaping Fetch) {
        loop = pool.loop
        self.fetch = fetch
    }

    /// The value of a key; nil if there is none.
    public func value(of key: Key) async throws -> Value? {
        loop.preconditionOnLoop("TurnLookup.value")
        return try await withUnsafeThrowingContinuation { continuation in
            questions.append(Question(key: key, continuation: continuation))
            // A task of its own, because the first caller may be cancelled and the others want their answer. It takes
            // along the first caller's task-local values, so the statement's span lies in that request's trace.
            if questions.count == 1 { loop.spawn { await self.answer() } }
        }
    }

    private func answer() async {
        await withUnsafeContinuation { continuation in loop.whenIdle { continuation.resume() } }
        // Whoever asks from here on belongs to the next statement.
        let asked = questions
        questions = []
        do {
            let found = try await fetch(asked.map { $0.key })
            for question in asked { question.continuation.resume(returning: found[question.key]) }
        } catch {
            for question in asked { question.continuation.resume(throwing: error) }
        }
    }
}
