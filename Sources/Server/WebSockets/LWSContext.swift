import CLibWebSockets
import EventLoop
import Glibc

/// The owner of a `lws_context*`: libwebsockets on one loop, for the sockets that became WebSockets.
///
/// Confined to it.
///
/// libwebsockets listens on nothing here. HTTP is spoken by `HTTPConnection`, which hands a socket over with a clean
/// handshake once it is an upgrade: version 4.1.6 takes the head of a pipelined POST for its body, loops for ever
/// on bytes behind a complete body, spins while an answer is awaited, and does not notice clients that leave.
final class LWSContext: @unchecked Sendable {  // Reason: confined to its loop.
    let loop: Loop
    let configuration: HTTPServerConfiguration
    private(set) var connections: [ObjectIdentifier: WebSocketConnection] = [:]
    /// Called when the last connection is gone.
    var didEmpty: () -> Void = {}

    private var context: OpaquePointer?
    private let protocols: UnsafeMutableBufferPointer<lws_protocols>
    private let loops: UnsafeMutablePointer<UnsafeMutableRawPointer?>
    private let policy: UnsafeMutablePointer<lws_retry_bo_t>
    private var scratch: [UInt8]
    /// The connection whose handshake libwebsockets is given at this moment.
    private var adopting: WebSocketConnection?
    /// libwebsockets knows its sockets by their numbers, in a table of this size.
    private var descriptorLimit = 0
    /// What libwebsockets opened on the loop for itself: its timer, its idle handle, its wake-up descriptor.
    private var handles: ForeignHandles?

    /// Bytes that libwebsockets reads at a time; also its buffer per connection.
    private static let readBytes = 4_096
    /// Contexts are made one at a time: libwebsockets loads its plugin and sets up globals meanwhile.
    private static let creation = LWSCreation()

    init(loop: Loop, configuration: HTTPServerConfiguration) throws {
        loop.preconditionOnLoop("LWSContext.init")
        self.loop = loop
        self.configuration = configuration
        scratch = [UInt8](repeating: 0, count: aimage_lws_pre)
        protocols = Self.makeProtocols(configuration.webSocketSubprotocols)
        loops = .allocate(capacity: 1)
        loops.pointee = loop.uvLoop
        // All zero: no keep-alive timers of libwebsockets, whose list is searched from its beginning for each of them.
        policy = .allocate(capacity: 1)
        policy.initialize(to: lws_retry_bo_t())
        var info = lws_context_creation_info()
        info.port = aimage_lws_port_no_listen_server
        info.protocols = UnsafePointer(protocols.baseAddress)
        info.foreign_loops = loops
        info.retry_and_idle_policy = UnsafePointer(policy)
        info.gid = -1
        info.uid = -1
        info.options =
            aimage_lws_option_libuv | aimage_lws_option_validate_utf8 | aimage_lws_option_skip_canonical_name
            | aimage_lws_option_no_sigsegv_spin
        // Unretained: the context rests before its owner goes.
        info.user = Unmanaged.passUnretained(self).toOpaque()
        descriptorLimit = max(65_536, 2 * configuration.maximumConnections)
        handles = ForeignHandles(openedOn: loop) { context = Self.creation.make(&info, limit: descriptorLimit) }
        guard context != nil, handles?.descriptors.isEmpty == false else {
            // A context that does not live on our loop would never be served; ending that one is harmless.
            if let context { lws_context_destroy(context) }
            self.context = nil
            throw HTTPServerError(
                .webSocketsUnavailable, "libwebsockets starts not; is the package libwebsockets-evlib-uv installed?")
        }
    }

    deinit {
        precondition(context == nil, "An LWSContext is put to rest with retire() before it is released")
    }

    /// Gives libwebsockets a socket whose HTTP head was an upgrade, and what was read behind it.
    func adopt(_ connection: WebSocketConnection, socket: Int32, head: [UInt8], rest: [UInt8]) {
        guard let context, Int(socket) < descriptorLimit else {
            close(socket)
            return connection.didClose()
        }
        connections[ObjectIdentifier(connection)] = connection
        adopting = connection
        let bytes = (head + rest).map { CChar(bitPattern: $0) }
        loop.note("WebSocket handshake")
        let wsi = lws_adopt_socket_readbuf(context, socket, bytes, bytes.count)
        adopting = nil
        guard let wsi else { return connection.didClose() }
        // Frames that came with the handshake lie in libwebsockets' buffer, and only an event makes it look.
        if !rest.isEmpty { lws_callback_on_writable(wsi) }
    }

    /// Writes a frame; libwebsockets keeps what the socket does not take.
    ///
    /// Negative when the connection is broken.
    func write(_ wsi: OpaquePointer, _ bytes: [UInt8], _ kind: lws_write_protocol) -> Int32 {
        // libwebsockets puts the frame's head into the bytes before the payload.
        let needed = aimage_lws_pre + bytes.count
        if scratch.count < needed { scratch = [UInt8](repeating: 0, count: needed) }
        defer { if scratch.count > 1_048_576 { scratch = [UInt8](repeating: 0, count: aimage_lws_pre) } }
        return scratch.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress.map({ $0 + aimage_lws_pre }) else { return -1 }
            bytes.withUnsafeBufferPointer { if let from = $0.baseAddress { start.update(from: from, count: $0.count) } }
            return lws_write(wsi, start, bytes.count, kind)
        }
    }

    func checkDeadlines(now: UInt64) {
        for connection in Array(connections.values) { connection.checkDeadline(now: now) }
    }

    func forget(_ connection: WebSocketConnection) {
        guard connections.removeValue(forKey: ObjectIdentifier(connection)) != nil else { return }
        if connections.isEmpty { didEmpty() }
    }

    /// Ends every connection and puts libwebsockets to rest for good; returns when all of its sockets are closed.
    ///
    /// `lws_context_destroy` is not called: in version 4.1.6 with libuv it closes its wake-up descriptor twice, the
    /// second time when the number may belong to another thread's file (seen in tests: it cut off strangers). So we
    /// close the handles, and the context's memory (a third of a megabyte) stays. A process does this once, at its end.
    func retire() async {
        loop.preconditionOnLoop("LWSContext.retire")
        guard let context else { return }
        self.context = nil
        for connection in Array(connections.values) { connection.kill() }
        // libuv closes the sockets at the end of a turn.
        while !connections.isEmpty { await nextTurn() }
        await nextTurn()
        handles?.close()
        for descriptor in handles?.descriptors ?? [] { close(descriptor) }
        handles = nil
        let table = protocols.baseAddress.map { UnsafeMutableRawPointer($0) }
        Self.creation.keep([UnsafeMutableRawPointer(context), .init(loops), .init(policy), table])
    }

    private func nextTurn() async {
        await withCheckedContinuation { continuation in
            loop.schedule(after: .milliseconds(1)) { continuation.resume() }
        }
    }
}

// What the trampoline needs.
extension LWSContext {
    static func of(_ wsi: OpaquePointer) -> LWSContext? {
        guard let context = lws_get_context(wsi), let user = lws_context_user(context) else { return nil }
        return Unmanaged<LWSContext>.fromOpaque(user).takeUnretainedValue()
    }

    /// The connection of a handle, from `willAccept` to `unbind`.
    static func connection(_ wsi: OpaquePointer) -> WebSocketConnection? {
        guard let data = lws_get_opaque_user_data(wsi) else { return nil }
        return Unmanaged<WebSocketConnection>.fromOpaque(data).takeUnretainedValue()
    }

    /// Ties the handle, which libwebsockets has just made, to the connection that is being adopted.
    func willAccept(_ wsi: OpaquePointer) -> Int32 {
        guard let adopting else { return -1 }
        self.adopting = nil
        // Retained for libwebsockets; `unbind` releases.
        lws_set_opaque_user_data(wsi, Unmanaged.passRetained(adopting).toOpaque())
        adopting.didBind(wsi)
        return 0
    }

    /// The end of a handle.
    ///
    /// libwebsockets says so twice, and once if the handshake failed.
    static func unbind(_ wsi: OpaquePointer) {
        guard let data = lws_get_opaque_user_data(wsi) else { return }
        lws_set_opaque_user_data(wsi, nil)
        Unmanaged<WebSocketConnection>.fromOpaque(data).takeRetainedValue().didClose()
    }
}

// The table of subprotocols, which libwebsockets reads as long as it lives.
extension LWSContext {
    private static func makeProtocols(_ names: [String]) -> UnsafeMutableBufferPointer<lws_protocols> {
        // The first is for clients without a subprotocol, an empty one ends the table.
        let table = UnsafeMutableBufferPointer<lws_protocols>.allocate(capacity: names.count + 2)
        table.initialize(repeating: lws_protocols())
        for (index, name) in (["none"] + names).enumerated() {
            table[index].name = UnsafePointer(strdup(name))
            table[index].callback = lwsCallback
            table[index].rx_buffer_size = readBytes
            // Give the socket as much as it takes at once instead of a read buffer's worth.
            table[index].tx_packet_size = 1 << 24
        }
        return table
    }
}

/// Makes contexts one at a time in the whole process, and keeps what rests.
private final class LWSCreation: @unchecked Sendable {  // Reason: the mutex is what it is for.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    /// Never read: it tells leak checkers that the memory of retired contexts is not forgotten.
    private var retired: [UnsafeMutableRawPointer?] = []

    init() {
        pthread_mutex_init(mutex, nil)
        // libwebsockets would write to stderr; what matters of it reaches us as results and callbacks.
        lws_set_log_level(0, nil)
    }

    deinit { mutex.deallocate() }

    /// Makes a context whose tables hold at most `limit` descriptors.
    ///
    /// libwebsockets takes the process's limit as their size, and fills them with zeros: with the limits that some
    /// containers have that would be gigabytes. Its own setting for it makes every lookup a search, so the process's
    /// limit is lowered while it looks.
    func make(_ info: inout lws_context_creation_info, limit: Int) -> OpaquePointer? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        var current = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &current)
        var lowered = current
        lowered.rlim_cur = min(current.rlim_cur, rlim_t(limit))
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &lowered)
        defer { setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &current) }
        return lws_create_context(&info)
    }

    func keep(_ memory: [UnsafeMutableRawPointer?]) {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        retired += memory
    }
}
