/// A file that came with a request; gone when the operation has ended.
public struct UploadedFile: Sendable, Hashable {
    /// What stands for it in the variables.
    public let name: String
    /// Where it lies.
    public let path: String
    /// Its name at the client, without folders.
    public let fileName: String
    /// What the client says it is.
    public let mediaType: String
    /// Its length.
    public let byteCount: Int

    /// Makes a file.
    public init(name: String, path: String, fileName: String, mediaType: String, byteCount: Int) {
        self.name = name
        self.path = path
        self.fileName = fileName
        self.mediaType = mediaType
        self.byteCount = byteCount
    }
}
