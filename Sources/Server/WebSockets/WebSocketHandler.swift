/// Whoever speaks with a WebSocket's client; called on the loop, never after `didClose`.
public protocol WebSocketHandler: AnyObject {
    /// A text message has come, complete and valid UTF-8.
    func didReceive(text: [UInt8])
    /// A binary message has come; its bytes were thrown away.
    func didReceiveBinary()
    /// The connection is over, whoever ended it: the close code of RFC 6455 §7.4, 1006 if there was none.
    func didClose(code: UInt16)
}
