import Database
import Glibc

/// How many are inside at once, and the most there ever were; on one loop.
final class Counter {
    private var inside = 0
    private(set) var most = 0

    func enter() {
        inside += 1
        most = max(most, inside)
    }

    func leave() { inside -= 1 }
}

/// Texts in the order in which they came; on one loop.
final class Texts {
    var list: [String] = []
}

/// A listening TCP socket on the loopback interface that accepts through its backlog and never says anything.
final class SilentListener: Sendable {
    let port: Int
    private let descriptor: Int32

    init() throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, length) + listen(descriptor, 8) + getsockname(descriptor, address, &length)
            }
        }
        guard descriptor >= 0, status == 0 else { throw DatabaseError(.connectFailed, "no listening socket") }
        self.descriptor = descriptor
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    func close() { Glibc.close(descriptor) }
}
