import CLibUV
import Glibc

/// The operating system's side of a loop: its thread and what a thread knows of the loop that it runs.
enum LoopThread {
    /// Holds, per thread, the unretained loop that runs on it.
    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        let status = pthread_key_create(&key, nil)
        precondition(status == 0, "pthread_key_create failed (\(status)): the process is out of thread keys")
        return key
    }()

    /// The loop that runs on this thread.
    static var currentLoop: Loop? {
        guard let pointer = pthread_getspecific(key) else { return nil }
        return Unmanaged<Loop>.fromOpaque(pointer).takeUnretainedValue()
    }

    /// Says which loop runs on this thread; the caller keeps it alive until it says nil.
    static func setCurrentLoop(_ loop: Loop?) {
        pthread_setspecific(key, loop.map { UnsafeRawPointer(Unmanaged.passUnretained($0).toOpaque()) })
    }

    /// This thread's identity; never 0.
    static var identity: UInt { UInt(pthread_self()) }

    /// Monotonic nanoseconds.
    static var nanoseconds: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    }

    /// Runs `body` on a new thread and returns its handle, to be joined or detached by the caller.
    static func start(name: String, _ body: @escaping @Sendable () -> Void) throws -> pthread_t {
        let context = Unmanaged.passRetained(ThreadBody(name: name, run: body))
        var thread = pthread_t()
        let status = pthread_create(
            &thread, nil,
            { pointer in
                guard let pointer else { return nil }
                let body = Unmanaged<ThreadBody>.fromOpaque(pointer).takeRetainedValue()
                aimage_name_this_thread(body.name)
                body.run()
                return nil
            }, context.toOpaque())
        guard status == 0 else {
            context.release()
            throw EventLoopError(.systemCallFailed, "pthread_create for \(name): error \(status)")
        }
        return thread
    }
}

/// What a new thread runs; retained by `LoopThread.start`, released by the thread.
private final class ThreadBody: Sendable {
    let name: String
    let run: @Sendable () -> Void

    init(name: String, run: @escaping @Sendable () -> Void) {
        self.name = name
        self.run = run
    }
}
