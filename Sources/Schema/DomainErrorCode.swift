// The codes in `extensions.code` that are ours and not every GraphQL server's. What a person can correct in a form is no
// error but a `UserError` with a `UserErrorCode`.

public import GraphQL

extension GraphQLErrorCode {
    /// The object is not in a state that allows this, and no form could change that.
    public static let conflict = GraphQLErrorCode("CONFLICT")
    /// The viewer asks too often; `extensions.retryAfterSeconds` says when to come back.
    public static let rateLimited = GraphQLErrorCode("RATE_LIMITED")
    /// A service that this field needs (storage, an AI model) does not answer; trying again later may help.
    public static let serviceUnavailable = GraphQLErrorCode("SERVICE_UNAVAILABLE")
    /// The events behind a subscription's `after` are no longer kept: read the object anew, then subscribe without it.
    public static let eventsExpired = GraphQLErrorCode("EVENTS_EXPIRED")
    /// The token's time is over: refresh it and repeat the operation.
    public static let tokenExpired = GraphQLErrorCode("TOKEN_EXPIRED")
}
