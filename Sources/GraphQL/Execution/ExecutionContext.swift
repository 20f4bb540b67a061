/// The state of one request that resolvers share.
///
/// Subclass it with what the resolvers need: viewer, loaders, clock.
///
/// One per request, and one per event of a subscription.
open class ExecutionContext: @unchecked Sendable {  // Reason: confined to the request's serial executor.
    /// Where the request runs.
    public let host: ExecutionHost
    /// Where the request's loaders wait for the end of the wave.
    public let loaderQueue: LoaderQueue

    /// Makes a context.
    public init(host: ExecutionHost) {
        self.host = host
        loaderQueue = LoaderQueue(host: host)
    }

    /// Turns an error that is not a ``FieldError`` into what a client may see.
    ///
    /// The default hides everything. An override should log the error with an id and put that id into the answer.
    open func mask(_ error: any Swift.Error) -> FieldError {
        if error is CancellationError {
            return FieldError("The operation was cancelled", code: .cancelled)
        }
        return FieldError("Internal server error", code: .internalServerError)
    }

    /// Runs the resolver of a mutation's field, and nothing of what is below it; an override can put something around.
    open func performMutation<T>(_ resolver: () async -> T) async -> T { await resolver() }

    /// Tells that a mutation's field has ended, so that loaders can forget what it may have changed.
    open func mutationFieldDidEnd() {}

    final func fieldError(_ error: any Swift.Error) -> FieldError {
        switch error {
        case let error as FieldError: error
        case let error as InputDecodingError: FieldError(error.message, code: .badUserInput)
        default: mask(error)
        }
    }
}
