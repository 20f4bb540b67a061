import CLibUV

/// libuv handles that a foreign library opened on a loop; confined to the loop.
///
/// For a library that cannot be trusted to close them itself: its owner does so when the library is idle for good, and
/// must leave the library's memory alone, because the handles lie in it.
public final class ForeignHandles: LoopResource {
    private let loop: Loop
    private var handles: [UnsafeMutablePointer<uv_handle_t>]

    /// The descriptors that some of the handles watch.
    public let descriptors: [Int32]

    /// Collects the handles that come into being while `body` runs; on the loop only.
    public init(openedOn loop: Loop, by body: () -> Void) {
        loop.preconditionOnLoop("ForeignHandles.init")
        self.loop = loop
        let before = Set(Self.all(loop))
        body()
        handles = Self.all(loop).filter { !before.contains($0) }
        descriptors = handles.compactMap { handle in
            var descriptor: Int32 = -1
            return handle.pointee.type == UV_POLL && uv_fileno(handle, &descriptor) == 0 ? descriptor : nil
        }
        loop.adopt(self)
    }

    /// Closes those that are still open; idempotent.
    ///
    /// The loop does it at its end, if nobody did before.
    public func close() {
        loop.preconditionOnLoop("ForeignHandles.close")
        closeHandle()
    }

    func closeHandle() {
        for handle in handles where uv_is_closing(handle) == 0 { uv_close(handle, nil) }
        handles = []
        loop.disown(self)
    }

    private static func all(_ loop: Loop) -> [UnsafeMutablePointer<uv_handle_t>] {
        var handles: [UnsafeMutablePointer<uv_handle_t>] = []
        withUnsafeMutablePointer(to: &handles) { list in
            uv_walk(
                loop.uv,
                { handle, list in
                    guard let handle else { return }
                    list?.assumingMemoryBound(to: [UnsafeMutablePointer<uv_handle_t>].self).pointee.append(handle)
                }, list)
        }
        return handles
    }
}
