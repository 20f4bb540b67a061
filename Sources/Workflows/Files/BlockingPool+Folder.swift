import EventLoop
import FoundationEssentials

extension BlockingPool {
    /// Runs `body` beside a folder that is gone afterwards.
    func withFolder<T: Sendable>(_ folder: String, _ body: () async throws -> T) async throws -> T {
        try await run("making a folder") {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
        do {
            let value = try await body()
            try await run("removing files") { try FileManager.default.removeItem(atPath: folder) }
            return value
        } catch {
            // The first error tells more than that of a folder that cannot be removed; it goes with the next start.
            try? FileManager.default.removeItem(atPath: folder)
            throw error
        }
    }
}
