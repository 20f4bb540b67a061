import EventLoop
import Glibc
import Testing

@testable import Server

@Suite("Uploads into a file")
struct UploadSinkTests {
    private let path = "/tmp/upload-\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
    private let handedOn = LockedBox<[UInt8]?>(nil)

    private func sink(maximumBytes: Int = 100, path: String? = nil) -> UploadSink {
        let box = handedOn
        return UploadSink(
            UploadReceiver(maximumBytes: maximumBytes, temporaryPath: path ?? self.path) { path in
                let bytes = contents(of: path)
                box.withLock { $0 = bytes }
                return .text("taken", status: 201)
            })
    }

    private func status(_ error: any Error) -> Int? { (error as? HTTPErrorResponse)?.response.status }

    @Test("what comes in pieces is handed on whole, and the file is gone afterwards")
    func whole() async throws {
        let sink = sink()
        try await sink.write(Array("one, ".utf8))
        try await sink.write([])
        try await sink.write(Array("two".utf8))
        #expect(contents(of: path) == Array("one, two".utf8))
        #expect(await sink.finish().status == 201)
        #expect(handedOn.withLock { $0 } == Array("one, two".utf8))
        #expect(contents(of: path) == nil)
    }

    @Test("only its owner can read the file on the way")
    func mode() async throws {
        let sink = sink()
        try await sink.write([1])
        var information = stat()
        #expect(stat(path, &information) == 0)
        #expect(information.st_mode & 0o777 == 0o600)
        sink.abort()
    }

    @Test("the limit is exact, counted over all pieces, and one byte more is 413")
    func limit() async throws {
        let sink = sink(maximumBytes: 10)
        try await sink.write([UInt8](repeating: 1, count: 6))
        try await sink.write([UInt8](repeating: 1, count: 4))
        let error = await #expect(throws: HTTPErrorResponse.self) { try await sink.write([1]) }
        #expect(error?.response.status == 413)
        sink.abort()
        #expect(contents(of: path) == nil)
        #expect(handedOn.withLock { $0 } == nil)
    }

    @Test("an upload that is too large at once makes no file")
    func limitAtOnce() async throws {
        let sink = sink(maximumBytes: 10)
        await #expect(throws: HTTPErrorResponse.self) { try await sink.write([UInt8](repeating: 1, count: 11)) }
        sink.abort()
        #expect(contents(of: path) == nil)
    }

    @Test("an upload that is broken off removes its file; before the first byte there is nothing to remove")
    func abort() async throws {
        let sink = sink()
        sink.abort()
        try await sink.write([1, 2, 3])
        #expect(contents(of: path) != nil)
        sink.abort()
        #expect(contents(of: path) == nil)
        sink.abort()
        #expect(handedOn.withLock { $0 } == nil)
    }

    @Test("an empty body is 400 and makes no file")
    func empty() async throws {
        #expect(await sink().finish().status == 400)
        #expect(handedOn.withLock { $0 } == nil)
    }

    @Test("somebody else's file is neither overwritten nor removed")
    func existing() async throws {
        let file = open(path, O_CREAT | O_WRONLY, 0o600)
        close(file)
        defer { unlink(path) }
        let sink = sink()
        let error = await #expect(throws: UploadWriteError.self) { try await sink.write([1]) }
        #expect(error?.code == EEXIST)
        sink.abort()
        #expect(contents(of: path) == [])
    }

    @Test("a disk that takes no more ends the upload, and its descriptor is closed once")
    func fullDisk() async throws {
        let sink = sink()
        try await sink.write([1])
        let full = open("/dev/full", O_WRONLY | O_CLOEXEC)
        try #require(full >= 0)
        // From here on whatever is written to the file goes where nothing fits.
        #expect(dup2(full, sink.descriptor) == sink.descriptor)
        close(full)
        let descriptor = sink.descriptor
        let error = await #expect(throws: UploadWriteError.self) { try await sink.write([2]) }
        #expect(error?.code == ENOSPC)
        // The sink's idea of its descriptor is true: closed means forgotten.
        #expect(sink.descriptor == -1 || (sink.descriptor == descriptor && fcntl(descriptor, F_GETFD) != -1))
        sink.abort()
        #expect(sink.descriptor == -1)
        #expect(contents(of: path) == nil)
    }
}

@Sendable private func contents(of path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(file, &bytes, bytes.count)
    return Array(bytes.prefix(max(0, count)))
}
