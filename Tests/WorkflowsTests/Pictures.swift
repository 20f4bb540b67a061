import Clients
import EventLoop
import Foundation
import Hashing
import Imaging

@testable import Workflows

/// The bytes of a plain PNG picture.
func pngBytes(width: Int = 64, height: Int = 48) throws -> [UInt8] {
    try Picture(Bitmap(width: width, height: height, color: RGBColor(20, 120, 220))).pngBytes()
}

/// Runs a test with an object store in a directory of its own, which is removed afterwards.
func withObjects<T>(_ body: (DirectoryObjectStore) async throws -> T) async throws -> T {
    let root = FileManager.default.temporaryDirectory.appending(path: "workflows-\(UUID().uuidString)").path()
    defer {
        // What is left over is in the temporary directory; a test does not fail for it.
        try? FileManager.default.removeItem(atPath: root)
    }
    return try await body(try DirectoryObjectStore(root: root))
}

/// A small picture in place of the drawn one, another one for every description.
@Sendable func quickly(_ picture: SeedPicture) throws -> [UInt8] {
    let digest = SHA256.hash("\(picture)")
    let plain = try Picture(Bitmap(width: 16, height: 12, color: RGBColor(digest[0], digest[1], digest[2])))
    return picture.mediaType == "image/png" ? try plain.pngBytes() : try plain.jpegBytes()
}
