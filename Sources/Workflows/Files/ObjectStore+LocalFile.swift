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
        let copy = "\(folder)/\(UUID().text)"
        let path = try await file(of: key, elseTo: copy)
        guard path == copy else { return try await body(path) }
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

    /// An object as a file of this machine, for reading only: its own, or a copy at `path`, which the caller removes.
    func file(of key: ObjectKey, elseTo path: String) async throws -> String {
        if let own = localPath(of: key) { return own }
        try await download(key, to: path)
        return path
    }
}
