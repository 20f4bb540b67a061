/// What a GraphQL multipart request may bring.
public struct UploadLimits: Sendable {
    /// Files in one request.
    public var maximumFiles = 10
    /// Bytes of one file; larger ones go over a signed URL.
    public var maximumFileBytes = 10_000_000
    /// Where files lie while the operation runs; nil: multipart requests are not taken.
    public var folder: String?

    /// The defaults, without a folder.
    public init() {}

    /// What a whole body may have.
    var maximumBodyBytes: Int { maximumFiles * maximumFileBytes + 2 * UploadForm.maximumTextBytes }
}
