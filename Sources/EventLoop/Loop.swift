import CLibUV
import Glibc
import Synchronization

/// One thread with one libuv loop, which is also a Swift executor: what belongs to a loop runs on its thread only.
///
/// Its turn: take what other threads handed in, run what is ready until nothing is (or until the turn's budget is used,
/// so that sockets get their share), then tell those who wait for that moment (`whenIdle`), and only then poll.
/// libwebsockets, libpq and libcurl are driven by the same libuv loop, so a request meets one thread and no lock.
///
/// Life: `init`, `start`, `stop`. After `stop` the loop has no timers and watches nothing, but jobs that arrive late
/// still run, one at a time, on a short-lived thread, so that no continuation is lost.
public final class Loop: TaskExecutor, SerialExecutor, @unchecked Sendable {
    // Reason: what is not `Sendable` below is confined to the loop's thread (`isCurrent`), except before `start` and
    // after the thread was joined, when nobody else knows it; the rest is atomic or behind a lock.

    /// The name, which the thread bears too (its first 15 bytes).
    public let name: String
    /// Who notices that the loop is held.
    public let watchdog: LoopWatchdog

    let uv: UnsafeMutablePointer<uv_loop_t>
    let inbox: LoopInbox
    let lifecycle = LockedValue(LoopLifecycle())
    /// The thread that may touch the loop now; 0 when there is none.
    let owner = Atomic<UInt>(0)
    let tasks = LoopTaskRegistry()

    let wakeUp: UnsafeMutablePointer<uv_async_t>
    let prepare: UnsafeMutablePointer<uv_prepare_t>
    /// Active while ready work is left over from a turn: it makes libuv poll without waiting.
    let busy: UnsafeMutablePointer<uv_idle_t>

    /// What is ready to run from `head` on; confined to the loop.
    var ready: [LoopWork] = []
    var head = 0
    var idleCallbacks: [() -> Void] = []
    var resources: [ObjectIdentifier: any LoopResource] = [:]
    var sleepers: [ObjectIdentifier: LoopSleeper] = [:]
    /// Timers and watchers are accepted until the loop closes its handles.
    var acceptsResources = true
    var isStopping = false
    var currentNote: StaticString?
    /// The clock at the end of what ran last in this turn: the start of what runs next.
    var clock: UInt64 = 0

    /// Jobs per turn, after which the loop polls (without waiting) before it goes on.
    static let turnBudget = 1_024

    /// A loop that does not run yet; throws when the system refuses a descriptor.
    public convenience init(name: String) throws {
        try self.init(name: name, watchdog: LoopWatchdog())
    }

    /// A loop that does not run yet, with a watchdog of the caller's choice.
    public init(name: String, watchdog: LoopWatchdog) throws {
        self.name = name
        self.watchdog = watchdog
        uv = .allocate(capacity: 1)
        wakeUp = .allocate(capacity: 1)
        prepare = .allocate(capacity: 1)
        busy = .allocate(capacity: 1)
        inbox = LoopInbox(wakeUp: wakeUp)
        let status = uv_loop_init(uv)
        guard status == 0 else { throw EventLoopError(.systemCallFailed, "uv_loop_init: \(UVStatus.text(status))") }
        let asyncStatus = uv_async_init(uv, wakeUp) { _ in }
        guard asyncStatus == 0 else {
            uv_loop_close(uv)
            throw EventLoopError(.systemCallFailed, "uv_async_init: \(UVStatus.text(asyncStatus))")
        }
        uv_prepare_init(uv, prepare)
        uv_idle_init(uv, busy)
        // Unretained: the thread keeps the loop alive while libuv can call back.
        prepare.pointee.data = Unmanaged.passUnretained(self).toOpaque()
        uv_prepare_start(prepare) { handle in
            guard let data = handle?.pointee.data else { return }
            Unmanaged<Loop>.fromOpaque(data).takeUnretainedValue().didPrepare()
        }
    }

    deinit {
        if lifecycle.withLock({ $0.phase == .created }) { closeHandles() }
        // A foreign handle that was left open still points into the loop: better a leak than a dangling pointer.
        guard lifecycle.withLock({ $0.closeStatus ?? 0 }) == 0 else { return }
        uv.deallocate()
        wakeUp.deallocate()
        prepare.deallocate()
        busy.deallocate()
    }

    /// The loop whose thread this is.
    public static var current: Loop? { LoopThread.currentLoop }

    /// Whether this is the loop's thread.
    public var isCurrent: Bool { owner.load(ordering: .relaxed) == LoopThread.identity }

    /// Traps off the loop's thread; `what` names the function whose rule was broken.
    @inlinable
    public func preconditionOnLoop(_ what: StaticString) {
        precondition(isCurrent, "\(what) belongs to its loop and was called on another thread")
    }

    /// The `uv_loop_t*`, for libraries that bring their own handles (libwebsockets' `foreign_loops`).
    ///
    /// Whoever adds handles must have closed them before `stop`.
    public var uvLoop: UnsafeMutableRawPointer { UnsafeMutableRawPointer(uv) }

    /// The loop's clock: monotonic milliseconds at the beginning of the current turn; on the loop only.
    ///
    /// For deadlines that are looked at now and then; it costs no system call.
    public var milliseconds: UInt64 { uv_now(uv) }

    /// Leaves a word of what the running job is at, for the watchdog.
    ///
    /// Costs one store. On the loop only.
    public func note(_ what: StaticString) { currentNote = what }

    /// Runs a library's callback under the eyes of the watchdog; on the loop only.
    @discardableResult
    public func measure<T>(_ what: StaticString, _ body: () throws -> T) rethrows -> T {
        let start = LoopThread.nanoseconds
        currentNote = nil
        defer {
            watchdog.ran(from: start, to: LoopThread.nanoseconds, loop: name, what: what, note: currentNote)
        }
        return try body()
    }

    func adopt(_ resource: any LoopResource) { resources[ObjectIdentifier(resource)] = resource }

    func disown(_ resource: any LoopResource) { resources[ObjectIdentifier(resource)] = nil }
}
