import EventLoop
import Glibc

/// A listening TCP socket on a loop; confined to it.
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

    /// Connections taken per readiness event; the rest waits for the loop's next turn.
    private static let burst = 64

    init(
        loop: Loop, configuration: HTTPServerConfiguration, accept: @escaping (Accepted) -> Void
    ) throws {
        self.loop = loop
        self.accept = accept
        (socket, port) = try ListeningSocket.open(configuration)
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

    /// Stops listening; connections that the kernel holds ready are refused.
    func close() {
        guard !isClosed else { return }
        isClosed = true
        retry?.cancel()
        watcher.close()
        Glibc.close(socket)
    }

    private func acceptBurst() {
        for _ in 0..<Self.burst {
            guard !isClosed else { return }
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
                case EMFILE, ENFILE, ENOBUFS, ENOMEM: return pause()
                default: return
                }
            }
            // accept4, which would do both at once, is hidden from Swift (GNU only).
            _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            var on: Int32 = 1
            setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
            accept(Accepted(socket: descriptor, remoteAddress: ListeningSocket.text(of: &address)))
        }
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

/// Making listening sockets and reading addresses: the system calls of `HTTPListener`.
private enum ListeningSocket {
    static func open(_ configuration: HTTPServerConfiguration) throws -> (socket: Int32, port: Int) {
        var hints = addrinfo()
        hints.ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        let host = configuration.host == "localhost" ? "127.0.0.1" : configuration.host
        let status = getaddrinfo(host, String(configuration.port), &hints, &found)
        defer { if let found { freeaddrinfo(found) } }
        guard status == 0, let address = found?.pointee else {
            throw HTTPServerError(.addressInvalid, "\(configuration.host) is no numeric address")
        }
        let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let socket = Glibc.socket(address.ai_family, type, 0)
        guard socket >= 0 else { throw failure("socket", configuration) }
        do {
            try set(socket, SO_REUSEADDR, configuration)
            if configuration.sharesPort { try set(socket, SO_REUSEPORT, configuration) }
            guard bind(socket, address.ai_addr, address.ai_addrlen) == 0 else { throw failure("bind", configuration) }
            guard listen(socket, configuration.backlog) == 0 else { throw failure("listen", configuration) }
        } catch {
            close(socket)
            throw error
        }
        return (socket, boundPort(socket))
    }

    private static func set(_ socket: Int32, _ option: Int32, _ configuration: HTTPServerConfiguration) throws {
        var on: Int32 = 1
        guard setsockopt(socket, SOL_SOCKET, option, &on, socklen_t(MemoryLayout<Int32>.size)) == 0 else {
            throw failure("setsockopt", configuration)
        }
    }

    private static func failure(_ call: String, _ configuration: HTTPServerConfiguration) -> HTTPServerError {
        let reason = String(cString: strerror(errno))
        return HTTPServerError(.cannotListen, "\(call) for \(configuration.host):\(configuration.port): \(reason)")
    }

    private static func boundPort(_ socket: Int32) -> Int {
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            _ = pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(socket, $0, &length) }
        }
        return withUnsafeBytes(of: &address) { bytes in
            // The port lies at the same place in both families, in network order.
            Int(bytes[2]) << 8 | Int(bytes[3])
        }
    }

    /// The numeric address of a peer, an IPv4 one also when it came mapped into IPv6.
    static func text(of address: inout sockaddr_storage) -> String {
        let family = Int32(address.ss_family)
        let offset = family == AF_INET6 ? 8 : 4
        return withUnsafeBytes(of: &address) { bytes in
            withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { buffer in
                guard let base = bytes.baseAddress,
                    let text = inet_ntop(family, base + offset, buffer.baseAddress, socklen_t(INET6_ADDRSTRLEN))
                else { return "unknown" }
                let address = String(cString: text)
                return address.hasPrefix("::ffff:") ? String(address.dropFirst(7)) : address
            }
        }
    }
}
