import Clients
import Imaging

/// Pictures from the store for a model.
enum ReviewFile {
    /// A stored picture, as the path of a file where the store is on this machine; nil when it is gone.
    static func source(_ key: String, in objects: any ObjectStore) async throws -> PictureSource? {
        let key = try ObjectKey(key)
        guard try await objects.size(of: key) != nil else { return nil }
        if let path = objects.localPath(of: key) { return .file(path) }
        return .bytes(try await objects.get(key))
    }
}
