/// A picture that the system has made, stored under its key.
struct StoredPicture: Sendable {
    let objectKey: String
    let width: Int
    let height: Int
    let byteCount: Int
    /// 64 hexadecimal digits.
    let sha256: String
}
