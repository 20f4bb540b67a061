/// Lets the loaders of one request wait until the wave has asked for everything, without timers.
///
/// The first `load` of each ``DataLoader`` waits here; all that wait are resumed together once the executor has no
/// job left, so that the statements of a wave leave in one flush.
public final class LoaderQueue: @unchecked Sendable {  // Reason: confined to the request's serial executor.
    let host: ExecutionHost
    private var waiters: [UnsafeContinuation<Void, Never>] = []

    /// Makes a queue on a request's host.
    public init(host: ExecutionHost) {
        self.host = host
    }

    /// Waits until no job of the executor is ready.
    func waitUntilIdle() async {
        await withUnsafeContinuation { continuation in
            waiters.append(continuation)
            guard waiters.count == 1 else { return }
            host.whenIdle { self.resumeWaiters() }
        }
    }

    private func resumeWaiters() {
        let resumed = waiters
        waiters = []
        for waiter in resumed { waiter.resume() }
    }
}
