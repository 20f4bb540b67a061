import JSON

/// How the check of one review point ended.
struct OutcomeResult: Sendable {
    var state: OutcomeState
    var errorCode: String?
    var errorMessage: String?
    var modelName: String?
    var measurements: JSONValue?
    var duration: Duration?
}
