import Clients
import EventLoop
import FoundationEssentials

extension ObjectStore {
    /// Lends an object as a file of this machine, for programs and libraries that want a path.
    ///
    /// The file is for reading only, and gone afterwards if it had to be downloaded.
    func withLocalFile<T: Sendable>(
        _ key: ObjectKey, in folder: String, blocking: BlockingPool, _ body: (String) async throws -> T
    ) async throws -> T {
        if let path = localPath(of: key) { return try await body(path) }
        let path = "\(folder)/\(UUID().text)"
        try await download(key, to: path)
        do {
            let value = try await body(path)
            try await blocking.run("removing a file") { try FileManager.default.removeItem(atPath: path) }
            return value
        } catch {
            // The first error tells more than that of a file that cannot be removed from a temporary folder.
            try? await blocking.run("removing a file") { try FileManager.default.removeItem(atPath: path) }
            throw error
        }
    }
}
