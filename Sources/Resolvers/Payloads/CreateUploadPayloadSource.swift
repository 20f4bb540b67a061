import GraphQL
import Schema
import Workflows

/// The object of `CreateUploadPayload`.
struct CreateUploadPayloadSource: ObjectSource {
    typealias Object = CreateUploadPayloadType

    let ticket: UploadTicketSource?
    let problems: [InputProblem]

    static let fields = CreateUploadPayloadFields<CreateUploadPayloadSource>(
        ticket: { payloads in Objects(payloads.map(\.ticket)) },
        userErrors: { payloads in Objects(lists: payloads.map { $0.problems.map(UserErrorSource.init) }) })
}
