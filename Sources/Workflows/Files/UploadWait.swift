import EventLoop

/// How a call waits for the check of an upload, which may take longer than the call may.
struct UploadWait {
    private let loop: Loop
    private let patience: Duration?
    private let start: ContinuousClock.Instant

    /// Begins to wait; without a patience as long as it takes.
    init(loop: Loop, patience: Duration?) {
        self.loop = loop
        self.patience = patience
        start = .now
    }

    /// Waits a little, for a check that another call makes; throws the problem `conflict` when patience ends.
    func aMoment() async throws {
        if let patience, start.duration(to: .now) >= patience { throw Self.goesOn }
        try await loop.sleep(for: .milliseconds(200))
    }

    /// Waits for the end of a check, which goes on when patience ends or the caller is cancelled.
    ///
    /// The loop owns it, and ends it when it stops.
    func forEnd(of check: @escaping @Sendable () async throws -> Void) async throws {
        let (ends, end) = AsyncStream.makeStream(of: Result<Void, any Error>.self)
        loop.spawn {
            do {
                end.yield(.success(try await check()))
            } catch {
                end.yield(.failure(error))
            }
            end.finish()
        }
        let first = try await withThrowingTaskGroup(of: Result<Void, any Error>?.self) { group in
            group.addTask {
                var results = ends.makeAsyncIterator()
                return await results.next()
            }
            if let patience {
                let left = max(.zero, patience - start.duration(to: .now))
                group.addTask { [loop] in
                    try await loop.sleep(for: left)
                    return nil
                }
            }
            let first = try await group.next()
            group.cancelAll()
            return first ?? nil
        }
        try Task.checkCancellation()
        guard let first else { throw Self.goesOn }
        try first.get()
    }

    private static let goesOn = FileInspector.refusal(
        .conflict, "The file is still being checked. Ask again for the result.")
}
