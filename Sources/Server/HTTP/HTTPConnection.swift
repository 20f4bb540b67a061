import EventLoop

/// One connection that speaks HTTP/1.1: performs what its state machine says.
///
/// Confined to its loop.
final class HTTPConnection: @unchecked Sendable {  // Reason: every entry is a loop callback or a task of the loop.
    let server: HTTPServer
    let loop: Loop
    let channel: SocketChannel
    let remoteAddress: String

    var machine: HTTPConnectionStateMachine
    var output = HTTPOutput()
    /// The request under way, from its head to the end of its answer.
    var exchange: HTTPExchange?
    var isClosed = false
    /// Requests so far.
    var requestCount = 0

    private var watcher: ReadinessWatcher?
    private var watches = (readable: false, writable: false)
    private var isAdvancing = false
    private var patience = HTTPConnectionStateMachine.Patience.none
    private var waitingSince: UInt64 = 0
    private var receivedSince = 0
    private var blockedSince: UInt64 = 0

    init(server: HTTPServer, channel: SocketChannel, remoteAddress: String) {
        self.server = server
        self.loop = server.loop
        self.channel = channel
        self.remoteAddress = remoteAddress
        machine = HTTPConnectionStateMachine(maximumHeadBytes: server.configuration.maximumHeaderBytes)
    }

    func start() throws {
        watcher = try ReadinessWatcher(loop: loop, fileDescriptor: channel.socket)
        settle()
    }

    // MARK: Events

    private func didBecomeReady(readable: Bool, writable: Bool, failed: Bool) {
        if failed { return abort() }
        if writable { flush() }
        if readable, !isClosed { receive() }
    }

    private func receive() {
        var isFirst = true
        while !isClosed {
            switch channel.receive(into: server.scratch, isFirst: isFirst) {
            case .bytes(let count):
                receivedSince += count
                machine.received(UnsafeRawBufferPointer(rebasing: server.scratch[..<count]))
                advance()
            case .nothing: return settle()
            case .ended: return perform(machine.inputEnded())
            case .failed: return abort()
            }
            isFirst = false
        }
    }

    /// The server's regular look at all connections, for those who took too long.
    func checkDeadline(now: UInt64) {
        let configuration = server.configuration
        if !output.isEmpty || exchange != nil && channel.hasUnsentBytes,
            now > blockedSince + server.allowance(configuration.writeTimeout, for: output.sent)
        {
            return abort()
        }
        exchange?.checkDeadline(now: now)
        let limit: UInt64
        switch patience {
        case .none: return
        case .idle: limit = configuration.idleTimeout.milliseconds
        case .head: limit = configuration.headTimeout.milliseconds
        case .drain: limit = configuration.drainTimeout.milliseconds
        case .body: limit = server.allowance(configuration.bodyTimeout, for: receivedSince)
        }
        guard now > waitingSince + limit else { return }
        exchange?.inputStopped()
        perform(machine.patienceEnded())
        advance()
    }

    /// The server stops: the next answer is the last, and says so.
    func drain() {
        machine.closeAfterAnswer()
        exchange?.drain()
    }

    /// The time for a next request is over.
    func closeIfIdle() {
        if machine.state == .idle { close() }
    }

    // MARK: Actions

    /// Performs the machine's actions until it waits for something.
    func advance() {
        // An answer that is ready at once comes back here from inside an action; the loop below goes on with it.
        guard !isAdvancing else { return }
        isAdvancing = true
        defer { isAdvancing = false }
        while !isClosed {
            let action = machine.next()
            if action == .read || action == .wait { break }
            perform(action)
        }
        settle()
    }

    private func perform(_ action: HTTPConnectionStateMachine.Action) {
        switch action {
        case .read, .wait: break
        case .decide(let head): decide(head)
        case .sendContinue:
            write(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
            flush()
        case .body(let bytes): exchange?.receive(bytes)
        case .dispatch: exchange?.bodyEnded()
        case .reject(let rejection): reject(rejection)
        case .halfClose: channel.halfClose()
        case .abort: abort()
        case .close: close()
        }
    }

    private func reject(_ rejection: HTTPRejection) {
        exchange?.inputStopped()
        let exchange = exchange ?? HTTPExchange(connection: self, request: nil, isOldClient: false)
        self.exchange = exchange
        exchange.respond(.failure(rejection.status, rejection.reason))
    }

    // MARK: Output

    func write(_ bytes: [UInt8]) {
        guard !isClosed else { return }
        if output.isEmpty { blockedSince = loop.milliseconds }
        output.append(bytes)
    }

    /// Sends what is waiting, and tells the exchange when all of it is with the kernel.
    func flush() {
        guard !isClosed else { return }
        switch output.flush(to: channel) {
        case .failed: return abort()
        case .blocked: break
        case .flushed: exchange?.outputFlushed()
        }
        settle()
    }

    /// The answer is with the kernel: the next request may begin.
    func answerSent() {
        exchange = nil
        machine.answerSent()
        advance()
    }

    // MARK: End

    /// Gives the channel to somebody else, with what was read beyond the head.
    func handOver() -> [UInt8] {
        let rest = machine.upgraded()
        isClosed = true
        watcher?.close()
        exchange = nil
        server.didClose(self)
        return rest
    }

    /// The client is gone or does not behave: no answer reaches it.
    func abort() {
        guard !isClosed else { return }
        let exchange = exchange
        close()
        exchange?.cancel()
    }

    func close() {
        guard !isClosed else { return }
        isClosed = true
        watcher?.close()
        channel.close()
        exchange = nil
        server.didClose(self)
    }

    /// Watches for what can happen next, and starts the clock when who we wait for has changed.
    func settle() {
        guard !isClosed else { return }
        let readable = machine.wantsInput && !(exchange?.isFull ?? false)
        let writable = !output.isEmpty || channel.hasUnsentBytes
        if readable != watches.readable || writable != watches.writable {
            watches = (readable, writable)
            watcher?.update(readable: readable, writable: writable) { [weak self] readable, writable, failed in
                self?.didBecomeReady(readable: readable, writable: writable, failed: failed)
            }
        }
        // A full exchange waits for us, not for the client.
        let current = exchange?.isFull ?? false ? .none : machine.patience
        if current != patience {
            patience = current
            waitingSince = loop.milliseconds
            receivedSince = 0
        }
    }
}
