/// What can be chosen about the transports; shared by all loops.
public struct TransportOptions: Sendable {
    /// Which status codes GraphQL over HTTP answers with.
    public var statuses = StatusRules()
    /// How many requests one body may hold; 0 switches batching off.
    public var maximumBatch = 0
    /// Documents that clients may name.
    public var documents = DocumentStore()

    /// The defaults.
    public init() {}
}
