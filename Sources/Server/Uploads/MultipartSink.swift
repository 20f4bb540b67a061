import EventLoop
import GraphQL
import Hashing
import JSON
import Resolvers

/// Takes a GraphQL multipart request: reads its texts, streams its files to disk, then runs the operation with them.
///
/// The files live as long as the operation. What came so far of a request that breaks off is removed.
final class MultipartSink: RequestBodySink, @unchecked Sendable {  // Reason: confined to its loop.
    private let service: GraphQLService
    private let request: HTTPRequest
    private let preferences: ResponsePreferences
    private let folder: String
    private var parser: MultipartParser
    private var form: UploadForm
    private var viewer: Viewer?
    private var current = UploadForm.Part.ignore
    private var files: [(key: String, file: TemporaryFile, header: MultipartHeader)] = []

    /// Throws when nothing of the body can be taken.
    init(
        service: GraphQLService, request: HTTPRequest, preferences: ResponsePreferences, contentType: String
    ) throws(OperationRefusal) {
        let limits = service.options.uploads
        guard let folder = limits.folder else {
            throw OperationRefusal(.contentType, "Files are not taken with requests here.")
        }
        guard
            let parser = MediaType.parameter("boundary", of: contentType).flatMap({ MultipartParser(boundary: $0) })
        else { throw OperationRefusal(.malformed, "The boundary is missing or wrong.") }
        if let length = request.headers["content-length"].flatMap({ Int($0) }), length > limits.maximumBodyBytes {
            throw OperationRefusal(.tooLarge, "The files are too large.")
        }
        self.service = service
        self.request = request
        self.preferences = preferences
        self.folder = folder
        self.parser = parser
        form = UploadForm(maximumFiles: limits.maximumFiles)
    }

    func write(_ bytes: [UInt8]) async throws {
        do {
            // Nothing of a stranger with a bad token is written.
            if viewer == nil { viewer = try await service.viewer(of: request) }
            parser.received(bytes)
            while let event = try parser.next() { try await take(event) }
        } catch let error as MultipartError {
            throw HTTPErrorResponse(answer(OperationRefusal(.malformed, error.message)))
        } catch let error as OperationRefusal {
            throw HTTPErrorResponse(answer(error))
        }
    }

    func finish() async -> HTTPResponse {
        defer { removeFiles() }
        guard parser.isComplete, let viewer else {
            return answer(OperationRefusal(.malformed, "The body ends before its last boundary."))
        }
        var names: [String: String] = [:]
        var uploads: [UploadedFile] = []
        for (key, file, header) in files {
            file.close()
            // Nobody can guess the name: only a file of this very request can be meant by it.
            let name = Hex.encode(RandomBytes.generate(count: 16))
            names[key] = name
            uploads.append(
                UploadedFile(
                    name: name, path: file.path, fileName: header.fileName ?? "",
                    mediaType: header.contentType ?? "application/octet-stream", byteCount: file.byteCount))
        }
        let exchange = OperationExchange(
            service: service, request: request, viewer: viewer, preferences: preferences, uploads: uploads)
        do throws(OperationRefusal) {
            return try await exchange.answer(body: try form.request(naming: names))
        } catch {
            return answer(error)
        }
    }

    func abort() { removeFiles() }

    private func answer(_ refusal: OperationRefusal) -> HTTPResponse {
        service.options.statuses.answer(refusal, as: preferences.media)
    }

    private func take(_ event: MultipartParser.Event) async throws {
        switch event {
        case .part(let header): try begin(header)
        case .data(let bytes):
            switch current {
            case .collect: try form.collected(bytes)
            case .file: try await write(bytes, to: files[files.count - 1].file)
            case .ignore: break
            }
        case .partEnd: try form.partEnded()
        case .end: break
        }
    }

    private func begin(_ header: MultipartHeader) throws {
        current = try form.partBegan(name: header.name)
        guard case .file(let key) = current else { return }
        let path = "\(folder)/\(Hex.encode(RandomBytes.generate(count: 16)))"
        files.append((key, TemporaryFile(path: path), header))
    }

    private func write(_ bytes: [UInt8], to file: TemporaryFile) async throws {
        let maximum = service.options.uploads.maximumFileBytes
        guard file.byteCount + bytes.count <= maximum else {
            throw OperationRefusal(.tooLarge, "A file may have \(maximum) bytes here.")
        }
        try await file.write(bytes)
    }

    private func removeFiles() {
        for entry in files { entry.file.remove() }
        files = []
    }
}
