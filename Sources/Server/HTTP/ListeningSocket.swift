// Glibc's headers are also in this module, and the compiler finds a socket address in either of the two.
import CLibWebSockets
import Glibc

/// Making listening sockets and reading addresses: the system calls of `HTTPListener`.
enum ListeningSocket {
    /// Opens what the configuration asks for; the port is 0 for a unix-domain socket.
    static func open(_ configuration: HTTPServerConfiguration) throws -> (socket: Int32, port: Int) {
        if let path = configuration.unixSocket {
            return (try UnixSocketFile.listen(path, configuration), 0)
        }
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
        let socket = try make(address.ai_family, configuration)
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

    static func make(_ family: Int32, _ configuration: HTTPServerConfiguration) throws -> Int32 {
        let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let socket = Glibc.socket(family, type, 0)
        guard socket >= 0 else { throw failure("socket", configuration) }
        return socket
    }

    private static func set(_ socket: Int32, _ option: Int32, _ configuration: HTTPServerConfiguration) throws {
        var on: Int32 = 1
        guard setsockopt(socket, SOL_SOCKET, option, &on, socklen_t(MemoryLayout<Int32>.size)) == 0 else {
            throw failure("setsockopt", configuration)
        }
    }

    static func failure(_ call: String, _ configuration: HTTPServerConfiguration) -> HTTPServerError {
        let reason = String(cString: strerror(errno))
        let place = configuration.unixSocket ?? "\(configuration.host):\(configuration.port)"
        return HTTPServerError(.cannotListen, "\(call) for \(place): \(reason)")
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

    /// The numeric address of a peer, an IPv4 one also when it came mapped into IPv6; `unix` for a local socket.
    static func text(of address: inout sockaddr_storage) -> String {
        let family = Int32(address.ss_family)
        guard family != AF_UNIX else { return "unix" }
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
