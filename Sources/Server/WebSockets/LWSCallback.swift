import CLibWebSockets
import EventLoop

/// What libwebsockets calls, for every connection and reason: the only trampoline from it into Swift.
///
/// It turns the handle into the connection and calls one method; a result other than 0 makes libwebsockets close.
func lwsCallback(
    _ wsi: OpaquePointer?, _ reason: lws_callback_reasons, _ user: UnsafeMutableRawPointer?,
    _ input: UnsafeMutableRawPointer?, _ length: Int
) -> Int32 {
    guard let wsi else { return 0 }
    switch reason {
    case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION:
        return LWSContext.of(wsi)?.willAccept(wsi) ?? -1
    case LWS_CALLBACK_HTTP:
        // Only heads that we wrote come here, and they are all upgrades.
        return -1
    case LWS_CALLBACK_ESTABLISHED:
        LWSContext.connection(wsi)?.didEstablish()
    case LWS_CALLBACK_RECEIVE:
        let bytes = UnsafeRawBufferPointer(start: input, count: length)
        guard let connection = LWSContext.connection(wsi) else { return -1 }
        return connection.loop.measure("WebSocket message") { connection.didReceive(bytes) }
    case LWS_CALLBACK_RECEIVE_PONG:
        LWSContext.connection(wsi)?.didHear()
    case LWS_CALLBACK_SERVER_WRITEABLE:
        return LWSContext.connection(wsi)?.didBecomeWritable() ?? 0
    case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
        let code = length >= 2 ? input.map { $0.loadUnaligned(as: UInt16.self).bigEndian } : nil
        return LWSContext.connection(wsi)?.didReceiveClose(code: code) ?? 0
    case LWS_CALLBACK_CLOSED, LWS_CALLBACK_WSI_DESTROY:
        LWSContext.unbind(wsi)
    default:
        break
    }
    return 0
}
