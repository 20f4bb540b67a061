/// What a `NOTIFY` brought.
public struct Notification: Sendable, Hashable {
    /// The channel's name.
    public let channel: String
    /// Up to 8,000 bytes; empty if none was given.
    public let payload: String
    /// The server process that sent it.
    public let processID: Int32
}
