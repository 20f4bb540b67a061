import CLibCurl
import EventLoop

/// The sole owner of a `CURLM`, driven by its loop: libcurl says which sockets it waits for and until when.
///
/// The only file that calls `curl_multi_cleanup`. What is let go without `close` stays in memory: libcurl belongs to the
/// loop, and nobody knows on which thread the last reference ends. libcurl may not be called from inside its own callbacks
/// (`CURLM_RECURSIVE_API_CALL`): those here only touch watchers and the timer.
final class MultiHandle {
    private let loop: Loop
    private let pointer: UnsafeMutableRawPointer
    private var watchers: [curl_socket_t: ReadinessWatcher] = [:]
    private var timer: LoopTimer?
    /// What libcurl has, by handle: this keeps transfers alive while libcurl knows their addresses.
    private var transfers: [UnsafeMutableRawPointer: (transfer: HTTPTransfer, easy: EasyHandle)] = [:]
    private var isClosed = false

    init(loop: Loop, configuration: HTTPClientConfiguration) throws {
        CurlLibrary.start()
        guard let pointer = curl_multi_init() else { throw HTTPClientError(.failed, "libcurl has no memory") }
        self.loop = loop
        self.pointer = pointer
        clibcurl_multi_set_long(pointer, CURLMOPT_MAX_HOST_CONNECTIONS, configuration.maximumConnectionsPerHost)
        clibcurl_multi_set_long(pointer, CURLMOPT_MAX_TOTAL_CONNECTIONS, configuration.maximumConnections)
        clibcurl_multi_set_long(pointer, CURLMOPT_MAXCONNECTS, configuration.maximumConnections)
        // Unretained: `close` ends libcurl's knowledge of us before we end.
        let context = Unmanaged.passUnretained(self).toOpaque()
        clibcurl_multi_set_pointer(pointer, CURLMOPT_SOCKETDATA, context)
        clibcurl_multi_set_pointer(pointer, CURLMOPT_TIMERDATA, context)
        clibcurl_multi_set_socket_callback(pointer) { _, socket, what, context, _ in
            MultiHandle.from(context)?.didChangeInterest(in: socket, what)
            return 0
        }
        clibcurl_multi_set_timer_callback(pointer) { _, milliseconds, context in
            MultiHandle.from(context)?.didChangeTimeout(milliseconds)
            return 0
        }
    }

    /// How many transfers libcurl has.
    var count: Int { transfers.count }

    /// Gives a transfer to libcurl, which begins in the loop's next turn.
    func add(_ transfer: HTTPTransfer, _ easy: EasyHandle) {
        let code = curl_multi_add_handle(pointer, easy.pointer)
        guard code == CURLM_OK else {
            return transfer.end(failing: HTTPClientError(.failed, String(cString: curl_multi_strerror(code))))
        }
        transfers[easy.pointer] = (transfer, easy)
    }

    /// Takes a transfer back from libcurl, whose connection is closed if it was under way; idempotent.
    func remove(_ transfer: HTTPTransfer) {
        guard let entry = transfers.values.first(where: { $0.transfer === transfer }) else { return }
        take(entry.easy.pointer)
    }

    /// Ends everything: transfers fail with `error`, connections are closed; idempotent.
    func close(failing error: any Error) {
        loop.preconditionOnLoop("MultiHandle.close")
        guard !isClosed else { return }
        isClosed = true
        for easy in Array(transfers.keys) { take(easy)?.end(failing: error) }
        curl_multi_cleanup(pointer)
        timer?.cancel()
        for watcher in watchers.values { watcher.close() }
        watchers = [:]
    }

    @discardableResult
    private func take(_ easy: UnsafeMutableRawPointer) -> HTTPTransfer? {
        guard let entry = transfers[easy] else { return nil }
        curl_multi_remove_handle(pointer, easy)
        // Only now may the handle be freed.
        transfers[easy] = nil
        return entry.transfer
    }

    // MARK: libcurl's wishes

    private func didChangeInterest(in socket: curl_socket_t, _ what: Int32) {
        guard what != CURL_POLL_REMOVE else {
            watchers.removeValue(forKey: socket)?.close()
            return
        }
        guard let watcher = watchers[socket] ?? makeWatcher(socket) else { return }
        let readable = what & CURL_POLL_IN != 0
        let writable = what & CURL_POLL_OUT != 0
        watcher.update(readable: readable, writable: writable) { [weak self] readable, writable, failed in
            var events: Int32 = 0
            if readable { events |= CURL_CSELECT_IN }
            if writable { events |= CURL_CSELECT_OUT }
            if failed { events |= CURL_CSELECT_ERR }
            self?.act(on: socket, events)
        }
    }

    private func makeWatcher(_ socket: curl_socket_t) -> ReadinessWatcher? {
        // A socket that cannot be watched makes its transfer end at its deadline.
        let watcher = try? ReadinessWatcher(loop: loop, fileDescriptor: socket)
        watchers[socket] = watcher
        return watcher
    }

    private func didChangeTimeout(_ milliseconds: Int) {
        timer?.cancel()
        guard milliseconds >= 0 else { return timer = nil }
        timer = loop.schedule(after: .milliseconds(milliseconds)) { [weak self] in
            self?.act(on: CURL_SOCKET_TIMEOUT, 0)
        }
    }

    // MARK: Work

    private func act(on socket: curl_socket_t, _ events: Int32) {
        guard !isClosed else { return }
        var running: Int32 = 0
        curl_multi_socket_action(pointer, socket, events, &running)
        finishTransfers()
    }

    private func finishTransfers() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(pointer, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
            // The message is gone once the handle is removed.
            let code = message.pointee.data.result
            take(easy)?.finish(code)
        }
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> MultiHandle? {
        context.map { Unmanaged<MultiHandle>.fromOpaque($0).takeUnretainedValue() }
    }
}

/// libcurl's state of the process, made once, before its first use.
enum CurlLibrary {
    private static let result = curl_global_init(clibcurl_global_all)

    static func start() {
        precondition(result == CURLE_OK, "libcurl does not start: \(result)")
    }
}
