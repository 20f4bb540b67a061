import CLibUV

/// libuv's status codes in words.
enum UVStatus {
    static func text(_ status: Int32) -> String {
        guard let message = uv_strerror(status) else { return "error \(status)" }
        return String(cString: message)
    }
}
