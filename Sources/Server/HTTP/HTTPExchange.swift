import EventLoop
import Tracing

/// One request and its answer on a connection: collects or streams the body, runs the handler, sends what it made.
///
/// Confined to the connection's loop.
final class HTTPExchange: @unchecked Sendable {  // Reason: every entry is a loop callback or a task of the loop.
    let connection: HTTPConnection
    /// Nil when the connection refused what never became a request.
    private(set) var request: HTTPRequest?
    let isOldClient: Bool
    private let began: ContinuousClock.Instant
    /// Open as long as the request is under way, if anybody traces.
    private var span: (any Span)?
    private var task: Swift.Task<Void, Never>?
    private var stream: HTTPBodyStream?
    private(set) var response: (status: Int, bytes: Int)?
    /// Who waits for the output to become empty while a file is sent.
    private var flushWaiter: CheckedContinuation<Void, Never>?
    private var isSendingFile = false
    /// Whoever writes the answer piece by piece, until the last piece is written.
    private var writer: HTTPBodyWriter?
    private var isCancelled = false
    /// When the handler began, by the loop's clock; nil while none runs.
    private var handlerBegan: UInt64?

    init(connection: HTTPConnection, request: HTTPRequest?, isOldClient: Bool) {
        self.connection = connection
        self.request = request
        self.isOldClient = isOldClient
        began = .now
        if let request { span = connection.server.tracing?.begin(request) }
    }

    /// Whether no more of the body should be read for now.
    var isFull: Bool { stream?.isFull ?? false }

    // MARK: Body

    func reserveBody(_ count: Int) { request?.body.reserveCapacity(count) }

    func receive(_ bytes: ArraySlice<UInt8>) {
        if let stream { stream.receive(bytes) } else { request?.body.append(contentsOf: bytes) }
    }

    func bodyEnded() {
        if let stream { stream.end() } else { run() }
    }

    /// The rest of the body will not come.
    func inputStopped() { stream?.stop() }

    // MARK: Work

    /// Calls the server's handler, as a task of the loop that ends with the connection.
    private func run() {
        guard let request else { return }
        handlerBegan = connection.loop.milliseconds
        task = connection.loop.spawn {
            self.connection.loop.note("HTTP handler")
            await self.withinSpan { self.respond(await self.connection.server.handle(request)) }
        }
    }

    /// Feeds a sink, as a task of the loop.
    func run(_ sink: any RequestBodySink) {
        let stream = HTTPBodyStream { [connection] in connection.settle() }
        self.stream = stream
        task = connection.loop.spawn { await self.withinSpan { await self.feed(sink, stream) } }
    }

    private func feed(_ sink: any RequestBodySink, _ stream: HTTPBodyStream) async {
        do {
            while let bytes = try await stream.next() { try await sink.write(bytes) }
            self.handlerBegan = self.connection.loop.milliseconds
            self.respond(await sink.finish())
        } catch {
            sink.abort()
            self.sinkFailed(error)
        }
    }

    /// The server's regular look: a handler that takes too long is cancelled, and nobody waits for it.
    func checkDeadline(now: UInt64) {
        guard let handlerBegan, response == nil,
            now > handlerBegan &+ connection.server.configuration.handlerTimeout.milliseconds
        else { return }
        self.handlerBegan = nil
        task?.cancel()
        respond(.failure(504, "The request took longer than it may.", code: "DEADLINE_EXCEEDED"))
    }

    /// Runs the request's work with its span as the current one.
    private func withinSpan(_ body: () async -> Void) async {
        guard let span else { return await body() }
        await ServiceContext.$current.withValue(span.context) { await body() }
    }

    private func sinkFailed(_ error: any Error) {
        guard !connection.isClosed, response == nil else { return }
        connection.machine.bodyAbandoned()
        switch error {
        case let early as HTTPErrorResponse: respond(early.response)
        default: respond(.failure(500, "The body could not be stored."))
        }
    }

    /// The client is gone: whatever runs for it should stop.
    func cancel() {
        isCancelled = true
        stream?.stop()
        flushWaiter?.resume()
        flushWaiter = nil
        task?.cancel()
        writer?.clientLeft()
        writer = nil
        logAccess()
    }

    /// The server stops: an answer that could go on for ever should end.
    func drain() { writer?.drain() }

    // MARK: Answer

    /// Sends the answer; the first one counts.
    func respond(_ response: HTTPResponse) {
        guard !connection.isClosed, !isCancelled, self.response == nil else {
            if case .stream(let writer) = response.body { writer.clientLeft() }
            return
        }
        let response = decorated(response)
        switch response.body {
        case .empty: send(response, body: [])
        case .bytes(let body): send(response, body: body)
        case .stream(let writer): send(response, writer)
        case .file(let path, let offset, let length):
            isSendingFile = true
            self.response = (response.status, 0)
            task = connection.loop.spawn {
                await self.send(response, file: HTTPFileBody(path: path, offset: offset, length: length))
            }
        }
    }

    private func decorated(_ response: HTTPResponse) -> HTTPResponse {
        var response = response
        connection.server.decorate(&response, request)
        return response
    }

    private func send(_ response: HTTPResponse, body: [UInt8]) {
        self.response = (response.status, body.count)
        let isSmall = body.count <= 32_768
        var head = head(response, length: body.count, reserving: isSmall ? body.count : 0)
        let sendsBody = request?.method != "HEAD" && Self.mayHaveBody(response.status)
        if sendsBody, isSmall { head.append(contentsOf: body) }
        connection.write(head)
        if sendsBody, !isSmall { connection.write(body) }
        connection.flush()
    }

    private func head(_ response: HTTPResponse, length: Int, reserving extra: Int = 0) -> [UInt8] {
        HTTPResponseEncoder.head(
            status: response.status, headers: response.headers,
            length: Self.mayHaveBody(response.status) ? length : nil, keepsAlive: connection.machine.keepsAlive,
            isOldClient: isOldClient, date: connection.server.date, reserving: extra)
    }

    private static func mayHaveBody(_ status: Int) -> Bool { status >= 200 && status != 204 && status != 304 }

    /// Everything written so far is with the kernel.
    func outputFlushed() {
        if let flushWaiter {
            self.flushWaiter = nil
            flushWaiter.resume()
        }
        guard response != nil, !isSendingFile, writer == nil else { return }
        logAccess()
        connection.answerSent()
    }

    private func logAccess() {
        let log = connection.server.accessLog
        guard log != nil || span != nil, let request else { return }
        let access = HTTPAccess(
            request: request, response: response, duration: .now - began, wasCancelled: isCancelled)
        self.request = nil
        if let span {
            // The log's line carries the ids of the trace.
            ServiceContext.$current.withValue(span.context) { log?(access) }
            connection.server.tracing?.end(span, access)
            self.span = nil
        } else {
            log?(access)
        }
    }
}

// Files.
extension HTTPExchange {
    private func send(_ response: HTTPResponse, file: HTTPFileBody) async {
        do {
            let open = try await file.open()
            let answer = file.answer(response, size: open.size, request: request)
            await send(answer.response, answer.bytes, of: open)
            await open.close()
        } catch {
            // The handler named a file that is gone; nothing was sent yet.
            isSendingFile = false
            self.response = nil
            respond(.failure(404, "Not found."))
        }
    }

    private func send(_ response: HTTPResponse, _ bytes: Range<Int>, of file: OpenFile) async {
        self.response = (response.status, bytes.count)
        connection.write(head(response, length: bytes.count))
        var offset = bytes.lowerBound
        if request?.method != "HEAD" {
            while offset < bytes.upperBound {
                let wanted = min(HTTPFileBody.chunk, bytes.upperBound - offset)
                guard !isCancelled, let piece = await file.read(at: offset, count: wanted) else {
                    // The promised length cannot be kept: only breaking off tells the client.
                    return connection.abort()
                }
                offset += piece.count
                if offset < bytes.upperBound {
                    connection.write(piece)
                    await flushed()
                } else {
                    isSendingFile = false
                    connection.write(piece)
                }
            }
        }
        isSendingFile = false
        connection.flush()
    }

    /// Sends what was written and suspends until the kernel has taken it.
    func flushed() async {
        guard !connection.isClosed else { return }
        await withCheckedContinuation { continuation in
            flushWaiter = continuation
            connection.flush()
        }
    }
}

// Answers that are written piece by piece.
extension HTTPExchange {
    /// Sends the head; the pieces follow in chunks, or up to the end of the connection for a client of HTTP/1.0.
    private func send(_ response: HTTPResponse, _ writer: HTTPBodyWriter) {
        self.response = (response.status, 0)
        var response = response
        if isOldClient {
            connection.machine.closeAfterAnswer()
        } else {
            response.headers.add("Transfer-Encoding", "chunked")
        }
        let head = HTTPResponseEncoder.head(
            status: response.status, headers: response.headers, length: nil, keepsAlive: connection.machine.keepsAlive,
            isOldClient: isOldClient, date: connection.server.date, reserving: 0)
        connection.write(head)
        self.writer = writer
        if request?.method == "HEAD" {
            writer.clientLeft()
            bodyFinished()
        } else {
            writer.attach(to: self, isChunked: !isOldClient)
        }
    }

    /// Sends a piece; a client that does not read what waits for it loses the connection.
    func send(piece: [UInt8], count: Int) {
        response?.bytes += count
        connection.write(piece)
        guard connection.output.count <= connection.server.configuration.maximumQueuedBytes else {
            return connection.abort()
        }
        connection.flush()
    }

    /// The last piece is written.
    func bodyFinished() {
        writer = nil
        connection.flush()
    }
}
