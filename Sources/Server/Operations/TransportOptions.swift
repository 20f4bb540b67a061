/// What can be chosen about the transports; shared by all loops.
public struct TransportOptions: Sendable {
    /// Which status codes GraphQL over HTTP answers with.
    public var statuses = StatusRules()
    /// How many requests one body may hold; 0 switches batching off.
    public var maximumBatch = 0
    /// Documents that clients may name.
    public var documents = DocumentStore()
    /// Files that come with requests.
    public var uploads = UploadLimits()
    /// How long a query or a mutation may run whose results are sent as they come.
    public var operationTimeout: Duration = .seconds(30)
    /// Streams of server-sent events that operations share.
    let eventStreams = EventStreams()

    /// The defaults.
    public init() {}
}
