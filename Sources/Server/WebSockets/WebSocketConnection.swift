import CLibWebSockets
public import EventLoop
import Glibc

/// A WebSocket of a client, over libwebsockets; confined to its loop.
///
/// It may be written to and closed from the moment it exists: what comes before the handshake is complete waits.
/// A client that does not read loses the connection (1013), never the server its memory.
public final class WebSocketConnection: @unchecked Sendable {  // Reason: confined to its loop, checked at the entries.
    private enum State {
        /// The handshake is under way. Can transition to: open, closed.
        case connecting
        /// Messages go both ways. Can transition to: closing, closed.
        case open
        /// A close frame of ours is due or sent; nothing else is sent. Can transition to: closed.
        case closing
        /// Over. Final.
        case closed
    }

    /// The loop that this connection lives on.
    public let loop: Loop
    /// The subprotocol that was agreed on; nil when the client offered none that is allowed.
    public let subprotocol: String?

    var handler: (any WebSocketHandler)?
    private let context: LWSContext
    private let configuration: HTTPServerConfiguration
    private var state = State.connecting
    /// libwebsockets' handle, from the handshake to the end.
    private var wsi: OpaquePointer?
    private var queue: WebSocketQueue
    private var message: [UInt8] = []
    private var isInBinaryMessage = false
    private var pendingClose: (code: UInt16, reason: String)?
    private var closeCode: UInt16 = 1006
    private var closingSince: UInt64 = 0
    private var lastHeard: UInt64
    private var lastPing: UInt64
    private var isPingDue = false

    init(context: LWSContext, subprotocol: String?) {
        self.context = context
        self.subprotocol = subprotocol
        loop = context.loop
        configuration = context.configuration
        queue = WebSocketQueue(
            maximumMessages: configuration.maximumQueuedMessages, maximumBytes: configuration.maximumQueuedBytes)
        lastHeard = context.loop.milliseconds
        lastPing = lastHeard
    }

    /// The bytes that wait for the client to read, beyond what the kernel holds.
    public var queuedBytes: Int { queue.bytes }

    /// Whether messages can still be sent.
    public var isOpen: Bool { pendingClose == nil && (state == .connecting || state == .open) }

    /// Sends a text message, which must be UTF-8; nothing happens once the connection is closing.
    public func send(text bytes: [UInt8]) {
        loop.preconditionOnLoop("WebSocketConnection.send")
        guard isOpen else { return }
        guard queue.append(bytes) else {
            queue.removeAll()
            return close(code: 1013, reason: "too slow")
        }
        if state == .open, !flush() { killSoon() }
    }

    /// Closes with a code (RFC 6455 §7.4) and a reason of at most 123 bytes, after what waits was sent; idempotent.
    public func close(code: UInt16, reason: String = "") {
        loop.preconditionOnLoop("WebSocketConnection.close")
        guard isOpen else { return }
        pendingClose = (code, reason)
        closeCode = code
        closingSince = loop.milliseconds
        if state == .open, let wsi { lws_callback_on_writable(wsi) }
    }

    /// Ends the connection without a word, at once or in the loop's next turn; outside libwebsockets' callbacks.
    func kill() {
        guard let wsi else { return didClose() }
        // libwebsockets kills nobody whose output it still holds; but a socket that is shut down takes no output.
        shutdown(lws_get_socket_fd(wsi), Int32(SHUT_RDWR))
        if lws_partial_buffered(wsi) == 0 { aimage_lws_kill_now(wsi) } else { lws_callback_on_writable(wsi) }
    }

    private func killSoon() { loop.execute { self.kill() } }

    // MARK: What libwebsockets calls

    func didBind(_ wsi: OpaquePointer) { self.wsi = wsi }

    func didEstablish() {
        guard state == .connecting else { return }
        state = .open
        lastHeard = loop.milliseconds
        lastPing = lastHeard
        if let wsi, !queue.isEmpty || pendingClose != nil { lws_callback_on_writable(wsi) }
    }

    /// Some bytes of a message; nonzero tells libwebsockets to close.
    func didReceive(_ bytes: UnsafeRawBufferPointer) -> Int32 {
        guard let wsi else { return -1 }
        guard state == .open else { return 0 }
        lastHeard = loop.milliseconds
        if lws_is_first_fragment(wsi) != 0 {
            message = []
            isInBinaryMessage = lws_frame_is_binary(wsi) != 0
        }
        if !isInBinaryMessage {
            guard message.count + bytes.count <= configuration.maximumWebSocketMessageBytes else {
                message = []
                sendClose(1009, "message too big")
                return 0
            }
            message.append(contentsOf: bytes)
        }
        guard lws_is_final_fragment(wsi) != 0 else { return 0 }
        let complete = message
        message = []
        if isInBinaryMessage { handler?.didReceiveBinary() } else { handler?.didReceive(text: complete) }
        return 0
    }

    func didHear() { lastHeard = loop.milliseconds }

    /// The socket takes bytes again; nonzero tells libwebsockets to close.
    func didBecomeWritable() -> Int32 {
        guard let wsi, state == .open else { return 0 }
        if isPingDue {
            isPingDue = false
            // Not empty: libwebsockets does not tell of the answer to an empty ping.
            if context.write(wsi, Array("ping".utf8), LWS_WRITE_PING) < 0 { return -1 }
        }
        guard flush() else { return -1 }
        guard let pendingClose, queue.isEmpty, lws_partial_buffered(wsi) == 0 else { return 0 }
        sendClose(pendingClose.code, pendingClose.reason)
        return 0
    }

    /// The client's close frame, its own or the answer to ours; nonzero tells libwebsockets to close without one.
    func didReceiveClose(code: UInt16?) -> Int32 {
        if state == .closing { return -1 }
        if pendingClose == nil { closeCode = code ?? 1005 }
        closingSince = loop.milliseconds
        state = .closing
        return 0
    }

    /// The end; libwebsockets forgets the connection.
    func didClose() {
        guard state != .closed else { return }
        state = .closed
        wsi = nil
        queue.removeAll()
        context.forget(self)
        let handler = handler
        self.handler = nil
        handler?.didClose(code: closeCode)
    }

    // MARK: Time

    /// The server's regular look: pings, and the end of those who do not answer.
    func checkDeadline(now: UInt64) {
        if pendingClose != nil || state == .closing {
            if now > closingSince &+ configuration.closeTimeout.milliseconds { kill() }
            return
        }
        let interval = configuration.pingInterval.milliseconds
        if now > lastHeard &+ 2 &* interval { return kill() }
        guard state == .open, now >= lastPing &+ interval, let wsi else { return }
        lastPing = now
        isPingDue = true
        lws_callback_on_writable(wsi)
    }

    // MARK: Writing

    /// Sends what waits until the socket is full; false when the connection is broken.
    private func flush() -> Bool {
        guard let wsi else { return true }
        while lws_partial_buffered(wsi) == 0, let message = queue.first {
            if context.write(wsi, message, LWS_WRITE_TEXT) < 0 { return false }
            queue.removeFirst()
        }
        if !queue.isEmpty { lws_callback_on_writable(wsi) }
        return true
    }

    /// Begins the closing handshake, when nothing of ours is on its way any more.
    ///
    /// Not by the result of a callback: Debian's build of libwebsockets closes twice then, and the frame is lost.
    private func sendClose(_ code: UInt16, _ reason: String) {
        if pendingClose == nil { closingSince = loop.milliseconds }
        state = .closing
        closeCode = code
        queue.removeAll()
        loop.execute {
            guard let wsi = self.wsi else { return }
            var text = reason
            while text.utf8.count > 123 { text.removeLast() }
            var bytes = Array(text.utf8)
            lws_close_reason(wsi, lws_close_status(UInt32(code)), &bytes, bytes.count)
            // With a reason at hand this sends the close frame and waits for the answer.
            aimage_lws_kill_now(wsi)
        }
    }
}
