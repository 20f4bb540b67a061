import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// A socket of 127.0.0.1 on which a test's server listens; whoever made it closes it.
struct LoopbackSocket {
    let descriptor: Int32
    let port: UInt16

    /// Listens on a port that is free.
    init() throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 64) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isListening else { throw CocoaError(.featureUnsupported) }
        self.descriptor = descriptor
        port = UInt16(bigEndian: address.sin_port)
    }
}
