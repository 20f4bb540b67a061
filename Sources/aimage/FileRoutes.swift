import Clients
import Foundation
import Hashing
import Logging
import Server
import Workflows

/// Files over HTTP: signed URLs in, bytes in or out.
///
/// The rights are all in the URL.
struct FileRoutes: Sendable {
    let signer: URLSigner
    let objects: DirectoryObjectStore
    let temporary: String
    let logger: Logger

    /// What to do with a `PUT /uploads/…`; nil if its URL grants nothing or the body is announced as another type.
    func receiver(for request: HTTPRequest, _ uploads: UploadStore) -> UploadReceiver? {
        guard let url = verified(request), case .upload(let id, let contentType, let maximumBytes) = url.grant,
            request.headers["content-type"].map({ $0.lowercased() == contentType }) ?? false
        else { return nil }
        let logger = logger
        return UploadReceiver(
            maximumBytes: maximumBytes, temporaryPath: "\(temporary)/\(UUID().uuidString.lowercased())"
        ) { path in
            do {
                try await uploads.receive(.file(path), uploadID: id)
                return HTTPResponse(status: 204)
            } catch let error as WorkflowError where error.code == .notFound {
                return .failure(410, "The upload was completed, or its time is over.")
            } catch {
                logger.error(
                    "upload failed",
                    metadata: ["request-id": "\(request.id)", "error": "\(String(reflecting: error))"])
                return .failure(500, "The bytes could not be stored.")
            }
        }
    }

    /// Answers `GET /files/…`.
    func response(to request: HTTPRequest) -> HTTPResponse {
        guard let url = verified(request), case .read(let key, let contentType, let fileName) = url.grant,
            let path = objects.localPath(of: key)
        else { return .failure(403, "The URL is not valid, or its time is over.") }
        guard FileManager.default.fileExists(atPath: path) else { return .failure(404, "There is no such file.") }
        let name = (fileName ?? "file").addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? "file"
        return HTTPResponse(
            headers: [
                "Content-Type": contentType ?? "application/octet-stream",
                "Content-Disposition": "inline; filename*=UTF-8''\(name)",
                // The bytes of a key never change, and a shared cache must not outlive the URL's rights.
                "Cache-Control": "private, max-age=10800, immutable",
                // Players ask for parts of a video, and that the file is still the same.
                "ETag": "\"\(Hex.encode(Array(SHA256.hash(Array(key.text.utf8)).prefix(16))))\"",
                "X-Content-Type-Options": "nosniff",
                // A file of a stranger must never run as a page of ours.
                "Content-Security-Policy": "default-src 'none'; sandbox",
            ], body: .file(path: path))
    }

    private func verified(_ request: HTTPRequest) -> SignedURL? {
        // Why a URL is refused is of no use to whoever made it up.
        try? signer.verify(method: request.method, target: request.rawTarget)
    }
}
