import CLibWebSockets
import EventLoop
import Glibc

/// A listening socket on a loop, TCP or unix-domain; confined to it.
final class HTTPListener {
    /// A connection that was accepted.
    struct Accepted {
        let socket: Int32
        let remoteAddress: String
    }

    /// The port, which the system chose if the configuration said 0.
    let port: Int
    private let loop: Loop
    private let socket: Int32
    private let watcher: ReadinessWatcher
    private let accept: (Accepted) -> Void
    private var retry: LoopTimer?
    private var isClosed = false
    /// The file of a unix-domain socket, which goes with it.
    private let path: String?
    private let identity: UnixSocketFile.Identity?

    /// Connections taken per readiness event; the rest waits for the loop's next turn.
    private static let burst = 64

    init(
        loop: Loop, configuration: HTTPServerConfiguration, accept: @escaping (Accepted) -> Void
    ) throws {
        self.loop = loop
        self.accept = accept
        path = configuration.unixSocket
        (socket, port) = try ListeningSocket.open(configuration)
        identity = path.flatMap(UnixSocketFile.identity)
        do {
            watcher = try ReadinessWatcher(loop: loop, fileDescriptor: socket)
        } catch {
            Glibc.close(socket)
            throw error
        }
    }

    func start() {
        watcher.update(readable: true, writable: false) { [weak self] _, _, _ in self?.acceptBurst() }
    }

    /// Lets connections that come from now on go to listeners of the same port that were opened later, if there are any
    /// (`SO_REUSEPORT`): a new process that takes over.
    ///
    /// `count` listeners belong to this process. Connections that the kernel holds for this one stay here.
    func stepBack(listeners count: Int) { aimage_prefer_later_listeners(socket, UInt32(count)) }

    /// Takes the connections that the kernel holds ready, and stops listening.
    func close() {
        guard !isClosed else { return }
        // They were told that they are connected: closing now would reset them.
        while acceptBurst() {}
        isClosed = true
        retry?.cancel()
        watcher.close()
        Glibc.close(socket)
        // A new process may have put a socket of its own there.
        if let path, UnixSocketFile.identity(path) == identity { unlink(path) }
    }

    /// Whether there may be more.
    @discardableResult
    private func acceptBurst() -> Bool {
        for _ in 0..<Self.burst {
            guard !isClosed else { return false }
            var address = sockaddr_storage()
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let descriptor = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    Glibc.accept(socket, $0, &length)
                }
            }
            if descriptor < 0 {
                switch errno {
                case EINTR, ECONNABORTED: continue
                case EMFILE, ENFILE, ENOBUFS, ENOMEM:
                    pause()
                    return false
                default: return false
                }
            }
            // accept4, which would do both at once, is hidden from Swift (GNU only).
            _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            var on: Int32 = 1
            setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
            accept(Accepted(socket: descriptor, remoteAddress: ListeningSocket.text(of: &address)))
        }
        return true
    }

    /// Out of descriptors: trying again at once would only burn the loop's time.
    private func pause() {
        watcher.update(readable: false, writable: false) { _, _, _ in }
        retry = loop.schedule(after: .milliseconds(100)) { [weak self] in
            guard let self, !self.isClosed else { return }
            self.start()
        }
    }
}
