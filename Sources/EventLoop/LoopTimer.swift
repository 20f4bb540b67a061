import CLibUV

/// A timer of one loop, one-shot or repeating; made by `Loop.schedule`.
///
/// To be touched on its loop only.
public final class LoopTimer: LoopResource {
    private let loop: Loop
    private let repeats: Bool
    private var body: (() -> Void)?
    /// Nil once the timer has fired for the last time, was cancelled, or when its loop has stopped.
    private var handle: UnsafeMutablePointer<uv_timer_t>?

    init(loop: Loop, after: Duration, repeating: Duration?, _ body: @escaping () -> Void) {
        self.loop = loop
        self.repeats = repeating != nil
        guard loop.acceptsResources else { return }
        self.body = body
        let handle = UnsafeMutablePointer<uv_timer_t>.allocate(capacity: 1)
        self.handle = handle
        uv_timer_init(loop.uv, handle)
        // Retained for libuv; the close callback releases.
        handle.pointee.data = Unmanaged.passRetained(self).toOpaque()
        // The loop's cached time is as old as the current turn.
        uv_update_time(loop.uv)
        let interval = repeating.map { max(1, $0.wholeMilliseconds) } ?? 0
        uv_timer_start(handle, { LoopTimer.from($0)?.didFire() }, after.wholeMilliseconds, interval)
        loop.adopt(self)
    }

    /// Whether it is still to fire.
    public var isActive: Bool { handle != nil }

    /// Makes the timer never fire (again); idempotent.
    public func cancel() {
        loop.preconditionOnLoop("LoopTimer.cancel")
        closeHandle()
    }

    func closeHandle() {
        guard let handle else { return }
        self.handle = nil
        body = nil
        loop.disown(self)
        uv_close(UnsafeMutableRawPointer(handle).assumingMemoryBound(to: uv_handle_t.self)) { closed in
            guard let closed else { return }
            if let data = closed.pointee.data { Unmanaged<LoopTimer>.fromOpaque(data).release() }
            UnsafeMutableRawPointer(closed).assumingMemoryBound(to: uv_timer_t.self).deallocate()
        }
    }

    private func didFire() {
        guard let body else { return }
        if !repeats { closeHandle() }
        loop.measure("timer", body)
    }

    private static func from(_ handle: UnsafeMutablePointer<uv_timer_t>?) -> LoopTimer? {
        guard let data = handle?.pointee.data else { return nil }
        return Unmanaged<LoopTimer>.fromOpaque(data).takeUnretainedValue()
    }
}
