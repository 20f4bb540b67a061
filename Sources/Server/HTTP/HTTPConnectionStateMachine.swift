/// What an HTTP/1.1 connection does next, as a pure function of the bytes that came and of what we did: no socket, no
/// clock, no callback.
///
/// The connection feeds it, asks `next()` until it says to wait, and performs the actions.
///
/// Requests on a connection are served strictly one after the other. Pipelined bytes stay in the machine until the
/// answer before them is out.
struct HTTPConnectionStateMachine {
    /// Where the connection is.
    enum State: Hashable {
        /// No byte of a request is here. Can transition to: head, closed.
        case idle
        /// A head has begun. Can transition to: deciding, answering (refused), closed.
        case head
        /// The head is complete and the route is being asked. Can transition to: body, answering, upgraded.
        case deciding(HTTPRequestHead)
        /// The body is coming. Can transition to: answering, closed.
        case body(Body)
        /// The request is complete or refused, and its answer is awaited or on its way out. Can transition to: idle,
        /// draining, closed.
        case answering
        /// The last answer is out; what the client still sends is thrown away, so that closing does not destroy the
        /// answer on its way (a close with unread input resets the connection). Can transition to: closed.
        case draining
        /// The socket belongs to another protocol. Final.
        case upgraded
        /// The socket is to be closed. Final.
        case closed
    }

    /// The body under way.
    struct Body: Hashable {
        var framing: BodyFraming
        var received = 0
        /// A larger body is refused; nil when somebody else counts (a stream).
        var limit: Int?

        /// Whether `Content-Length` alone is reason to refuse it.
        var isAnnouncedTooLarge: Bool {
            guard case .length(let left) = framing, let limit else { return false }
            return received + left > limit
        }
    }

    /// How much of a body is left.
    enum BodyFraming: Hashable {
        case length(Int)
        case chunked(HTTPChunkedDecoder)
    }

    /// What to do with a request's body, decided from its head.
    enum Decision: Hashable {
        case collect(maximumBytes: Int)
        case stream
        case answerNow
    }

    /// What the connection has to do now.
    enum Action: Hashable {
        /// Nothing before more bytes come.
        case read
        /// Ask the route, then call `decided` or `upgraded`.
        case decide(HTTPRequestHead)
        /// Send `100 Continue`.
        case sendContinue
        /// Take these bytes of the body.
        case body(ArraySlice<UInt8>)
        /// The body is complete: answer the request.
        case dispatch
        /// Answer with this refusal; the connection closes after it.
        case reject(HTTPRejection)
        /// Nothing before the answer is out.
        case wait
        /// The client is gone in the middle of a request: cancel what runs for it and close.
        case abort
        /// Close the sending half and go on reading.
        case halfClose
        /// Close the socket.
        case close
    }

    /// Which deadline applies.
    enum Patience: Hashable {
        case idle, head, body, drain, none
    }

    private(set) var state = State.idle
    private let maximumHeadBytes: Int
    private var input: [UInt8] = []
    private var start = 0
    /// Everything before this was searched for the head's end.
    private var scanned = 0
    private var lineStart = 0
    private var pendingContinue = false
    private var mustClose = false
    private var hasUnreadBody = false
    private var didHalfClose = false
    private var sawFirstRequest = false

    init(maximumHeadBytes: Int) {
        self.maximumHeadBytes = maximumHeadBytes
    }

    /// Whether the connection will be used again after the answer that is due now.
    var keepsAlive: Bool { !mustClose }

    /// How many bytes wait here.
    var bufferedBytes: Int { input.count - start }

    /// Whether the socket should be read: while an answer is due, only until a next request's worth is here.
    var wantsInput: Bool {
        switch state {
        case .idle, .head, .body, .draining: true
        case .answering, .deciding: bufferedBytes < maximumHeadBytes
        case .upgraded, .closed: false
        }
    }

    var patience: Patience {
        switch state {
        case .idle: sawFirstRequest ? .idle : .head
        case .head: .head
        case .body: .body
        case .draining: .drain
        case .deciding, .answering, .upgraded, .closed: .none
        }
    }

    /// Bytes came from the socket.
    mutating func received(_ bytes: some Collection<UInt8>) {
        guard state != .draining, state != .closed else { return }
        if start == input.count {
            forgetInput()
        } else if start >= 65_536 {
            input.removeFirst(start)
            scanned -= start
            lineStart -= start
            start = 0
        }
        input.append(contentsOf: bytes)
    }

    /// The client closed its sending half; nobody who waits for an answer does that.
    mutating func inputEnded() -> Action {
        defer { state = .closed }
        switch state {
        case .body, .answering, .deciding: return .abort
        case .idle, .head, .draining, .closed, .upgraded: return .close
        }
    }

    /// The deadline of `patience` has passed.
    mutating func patienceEnded() -> Action {
        switch state {
        case .idle, .draining:
            state = .closed
            return .close
        case .head, .body:
            return refuse(.timeout)
        case .deciding, .answering, .upgraded, .closed:
            return .wait
        }
    }

    /// The server stops: the current request is the last.
    mutating func closeAfterAnswer() { mustClose = true }

    /// The route has decided about the request of the last `decide`.
    mutating func decided(_ decision: Decision) {
        guard case .deciding(let head) = state else {
            preconditionFailure("decided() follows the action decide, not the state \(state)")
        }
        mustClose = mustClose || !head.keepsAlive
        guard decision != .answerNow else {
            // The body, if any, will not be read: after the answer there is nothing to find the next request with.
            hasUnreadBody = head.framing != .none
            mustClose = mustClose || hasUnreadBody
            state = .answering
            return
        }
        var limit: Int?
        if case .collect(let maximumBytes) = decision { limit = maximumBytes }
        switch head.framing {
        case .none: state = .body(Body(framing: .length(0), limit: limit))
        case .length(let count): state = .body(Body(framing: .length(count), limit: limit))
        case .chunked: state = .body(Body(framing: .chunked(HTTPChunkedDecoder()), limit: limit))
        }
        pendingContinue = head.expectsContinue && head.framing != .none && bufferedBytes == 0
    }

    /// The socket goes to another protocol; what was read behind the head goes with it.
    mutating func upgraded() -> [UInt8] {
        state = .upgraded
        defer { forgetInput() }
        return Array(input[start...])
    }

    /// Nobody wants the rest of the body: an answer follows, and then the end.
    mutating func bodyAbandoned() {
        guard case .body = state else { return }
        mustClose = true
        hasUnreadBody = true
        state = .answering
    }

    /// The answer has left.
    mutating func answerSent() {
        guard state == .answering else { return }
        sawFirstRequest = true
        if !mustClose {
            state = .idle
        } else if hasUnreadBody || bufferedBytes > 0 {
            forgetInput()
            state = .draining
        } else {
            state = .closed
        }
    }

    /// What to do now; asked again after each action until it says `read`, `wait` or `close`.
    mutating func next() -> Action {
        switch state {
        case .idle, .head:
            return nextHead()
        case .body(let body):
            if pendingContinue, !body.isAnnouncedTooLarge {
                pendingContinue = false
                return .sendContinue
            }
            return nextBody(body)
        case .deciding, .answering, .upgraded:
            return .wait
        case .draining:
            guard !didHalfClose else { return .read }
            didHalfClose = true
            return .halfClose
        case .closed:
            return .close
        }
    }

    /// Answers with a refusal, and reads no further request from this connection.
    private mutating func refuse(_ rejection: HTTPRejection) -> Action {
        mustClose = true
        hasUnreadBody = true
        state = .answering
        return .reject(rejection)
    }

    private mutating func forgetInput() {
        if input.capacity > 4_096 { input = [] } else { input.removeAll(keepingCapacity: true) }
        start = 0
        scanned = 0
        lineStart = 0
    }
}

// The head.
extension HTTPConnectionStateMachine {
    private mutating func nextHead() -> Action {
        skipEmptyLines()
        guard bufferedBytes > 0 else { return .read }
        if state == .idle {
            // Half of an empty line, as it seems.
            if input[start] == 0x0D, bufferedBytes == 1 { return .read }
            state = .head
            scanned = start
            lineStart = start
        }
        do throws(HTTPRejection) {
            guard let end = try findHeadEnd() else { return .read }
            let head = try HTTPRequestParser.parse(input[start..<end])
            start = end
            scanned = end
            state = .deciding(head)
            return .decide(head)
        } catch {
            return refuse(error)
        }
    }

    /// Empty lines before a request are ignored (RFC 9112 §2.2).
    private mutating func skipEmptyLines() {
        guard state == .idle else { return }
        while bufferedBytes >= 2, input[start] == 0x0D, input[start + 1] == 0x0A { start += 2 }
    }

    /// Where the head ends, or nil while it is incomplete; refuses early what cannot become one.
    private mutating func findHeadEnd() throws(HTTPRejection) -> Int? {
        if lineStart == start { try checkMethod() }
        var isComplete = false
        while scanned < input.count, !isComplete {
            scanned += 1
            guard input[scanned - 1] == 0x0A else { continue }
            guard scanned - lineStart >= 2, input[scanned - 2] == 0x0D else {
                throw .badRequest("A line does not end with CR LF.")
            }
            isComplete = scanned - lineStart == 2
            if !isComplete { lineStart = scanned }
        }
        guard scanned - start <= maximumHeadBytes else {
            let lineEnd = input[start..<scanned].firstIndex(of: 0x0A) ?? scanned
            throw lineEnd - start >= maximumHeadBytes ? .targetTooLong : .headTooLarge
        }
        return isComplete ? scanned : nil
    }

    /// Bytes that are no HTTP are refused as soon as their first word shows it.
    private func checkMethod() throws(HTTPRejection) {
        for (index, byte) in input[start...].prefix(24).enumerated() {
            if byte == 0x20, index > 0 { return }
            guard HTTPCharacter.isToken(byte), index < 23 else {
                throw .badRequest("This is not an HTTP request.")
            }
        }
    }
}

// The body.
extension HTTPConnectionStateMachine {
    private mutating func nextBody(_ body: Body) -> Action {
        var body = body
        do throws(HTTPRejection) {
            switch body.framing {
            case .length(let left):
                guard !body.isAnnouncedTooLarge else { throw .bodyTooLarge }
                guard left > 0 else { return complete() }
                let count = min(left, bufferedBytes)
                guard count > 0 else { return .read }
                body.framing = .length(left - count)
                return try take(count, of: &body)
            case .chunked(var decoder):
                while true {
                    let step = try decoder.next(input[start...])
                    body.framing = .chunked(decoder)
                    switch step {
                    case .needsMore:
                        state = .body(body)
                        return .read
                    case .skip(let count):
                        start += count
                    case .data(let count):
                        return try take(count, of: &body)
                    case .end(let count):
                        start += count
                        return complete()
                    }
                }
            }
        } catch {
            return refuse(error)
        }
    }

    private mutating func take(_ count: Int, of body: inout Body) throws(HTTPRejection) -> Action {
        body.received += count
        if let limit = body.limit, body.received > limit { throw .bodyTooLarge }
        state = .body(body)
        defer { start += count }
        return .body(input[start..<(start + count)])
    }

    private mutating func complete() -> Action {
        scanned = start
        state = .answering
        return .dispatch
    }
}
