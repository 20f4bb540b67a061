import Foundation

/// OpenSSL's own test server with a certificate made for it: a TLS peer whose authority is known to the test only.
final class TLSPeer {
    let url: String
    /// The certificate, in a PEM file; it is its own authority.
    let certificate: String
    private let folder: String
    private let server: UnsafeMutablePointer<FILE>

    /// A peer that ends by itself after so many connections, and after a minute in any case.
    init(connections: Int) throws {
        folder = NSTemporaryDirectory() + "tls-peer-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        certificate = "\(folder)/certificate.pem"
        let key = "\(folder)/key.pem"
        let script = """
            openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
            -keyout \(key) -out \(certificate) && exec timeout 60 openssl s_server -accept 127.0.0.1:0 -key \(key) \
            -cert \(certificate) -www -naccept \(connections)
            """
        // Not Foundation's Process: its waiting turns a run loop, which holds a thread that other tests need.
        guard let server = popen("{ \(script); } 2>/dev/null", "re") else { throw CocoaError(.executableLoad) }
        self.server = server
        // "ACCEPT 127.0.0.1:PORT" says that it listens.
        var line = [CChar](repeating: 0, count: 256)
        var text = ""
        while !text.hasPrefix("ACCEPT") {
            guard fgets(&line, Int32(line.count), server) != nil else { throw CocoaError(.executableLoad) }
            text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
        url = "https://localhost:\(text.split(separator: ":").last?.prefix { $0.isNumber } ?? "")/"
    }

    /// Waits for the server's end.
    func stop() {
        pclose(server)
        // Best effort: the system clears its folder too.
        try? FileManager.default.removeItem(atPath: folder)
    }
}
