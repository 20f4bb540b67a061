import Foundation

/// Videos and recordings that ffmpeg makes for a test, in a folder of their own.
public struct MediaFiles: Sendable {
    /// The folder.
    public let folder: String

    /// Runs a test with a folder, which is removed afterwards.
    public static func with<T: Sendable>(_ body: (MediaFiles) async throws -> T) async throws -> T {
        let folder = FileManager.default.temporaryDirectory.appending(path: "media-\(UUID().uuidString)").path()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer {
            // What is left over is in the temporary directory; a test does not fail for it.
            try? FileManager.default.removeItem(atPath: folder)
        }
        return try await body(MediaFiles(folder: folder))
    }

    /// Has a file made with these arguments of ffmpeg, which it puts behind, and gives its path.
    public func make(_ name: String, _ arguments: String...) throws -> String {
        let path = "\(folder)/\(name)"
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/ffmpeg")
        process.arguments =
            ["-nostdin", "-v", "error", "-y"]
            + arguments.flatMap { $0.split(separator: " ").map(String.init) } + [path]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(arguments: arguments) }
        return path
    }

    /// Writes bytes as a file, and gives its path.
    public func write(_ name: String, _ bytes: [UInt8]) throws -> String {
        let path = "\(folder)/\(name)"
        try Data(bytes).write(to: URL(filePath: path))
        return path
    }

    /// The bytes of a file.
    public static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: path)))
    }

    /// A video of one color after the other, each as long as it says, 25 frames a second, and gives its path.
    public func colors(_ name: String, _ colors: [(name: String, seconds: Double)], size: String = "320x240") throws
        -> String
    {
        let inputs = colors.map { "-f lavfi -i color=c=\($0.name):s=\(size):r=25:d=\($0.seconds)" }
        let joined = colors.indices.map { "[\($0)]" }.joined() + "concat=n=\(colors.count)"
        return try make(name, inputs.joined(separator: " "), "-filter_complex \(joined)", "-pix_fmt yuv420p")
    }

    /// ffmpeg could not make a file.
    struct Failure: Error {
        let arguments: [String]
    }
}
