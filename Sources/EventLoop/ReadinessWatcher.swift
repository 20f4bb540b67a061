import CLibUV

/// Tells when a file descriptor can be read or written: libuv's `uv_poll_t`.
///
/// To be touched on its loop only.
///
/// One watcher per descriptor. The descriptor becomes non-blocking. Readiness is level-triggered.
public final class ReadinessWatcher: LoopResource {
    /// Called with what is possible now.
    ///
    /// `failed` means that the descriptor has an error or was hung up with an error:
    /// watching has ended, and the owner finds the reason by reading or by `SO_ERROR`.
    public typealias Handler = (_ readable: Bool, _ writable: Bool, _ failed: Bool) -> Void

    private let loop: Loop
    private var handler: Handler?
    /// Nil once closed.
    private var handle: UnsafeMutablePointer<uv_poll_t>?

    /// A watcher that watches nothing until `update`; throws when libuv cannot watch this kind of descriptor.
    public init(loop: Loop, fileDescriptor: Int32) throws {
        loop.preconditionOnLoop("ReadinessWatcher.init")
        guard loop.acceptsResources else {
            throw EventLoopError(.loopStopped, "\(loop.name) has stopped and watches no more descriptors")
        }
        self.loop = loop
        let handle = UnsafeMutablePointer<uv_poll_t>.allocate(capacity: 1)
        let status = uv_poll_init(loop.uv, handle, fileDescriptor)
        guard status == 0 else {
            handle.deallocate()
            throw EventLoopError(.systemCallFailed, "uv_poll_init: \(UVStatus.text(status))")
        }
        self.handle = handle
        // Retained for libuv; the close callback releases.
        handle.pointee.data = Unmanaged.passRetained(self).toOpaque()
        loop.adopt(self)
    }

    /// Replaces what is watched and who is told; watching neither pauses the watcher.
    public func update(readable: Bool, writable: Bool, _ handler: @escaping Handler) {
        loop.preconditionOnLoop("ReadinessWatcher.update")
        guard let handle else { return }
        self.handler = handler
        let events = (readable ? UV_READABLE.rawValue : 0) | (writable ? UV_WRITABLE.rawValue : 0)
        if events == 0 {
            uv_poll_stop(handle)
        } else {
            uv_poll_start(handle, Int32(events)) { ReadinessWatcher.from($0)?.didBecomeReady(status: $1, events: $2) }
        }
    }

    /// Stops watching for good; call it before closing the descriptor.
    ///
    /// Idempotent.
    public func close() {
        loop.preconditionOnLoop("ReadinessWatcher.close")
        closeHandle()
    }

    func closeHandle() {
        guard let handle else { return }
        self.handle = nil
        handler = nil
        loop.disown(self)
        uv_close(UnsafeMutableRawPointer(handle).assumingMemoryBound(to: uv_handle_t.self)) { closed in
            guard let closed else { return }
            if let data = closed.pointee.data { Unmanaged<ReadinessWatcher>.fromOpaque(data).release() }
            UnsafeMutableRawPointer(closed).assumingMemoryBound(to: uv_poll_t.self).deallocate()
        }
    }

    private func didBecomeReady(status: Int32, events: Int32) {
        guard let handler else { return }
        let readable = UInt32(events) & UV_READABLE.rawValue != 0
        let writable = UInt32(events) & UV_WRITABLE.rawValue != 0
        loop.measure("readiness handler") { handler(readable, writable, status < 0) }
    }

    private static func from(_ handle: UnsafeMutablePointer<uv_poll_t>?) -> ReadinessWatcher? {
        guard let data = handle?.pointee.data else { return nil }
        return Unmanaged<ReadinessWatcher>.fromOpaque(data).takeUnretainedValue()
    }
}
