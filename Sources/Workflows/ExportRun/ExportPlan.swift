import FoundationEssentials

/// What a worker needs to know to make an export.
struct ExportPlan: Sendable {
    /// One reviewed picture.
    struct Page: Sendable {
        let title: String
        let contentVersion: Int
        let reviewVersion: Int
        let objectKey: String
        let mediaType: String
        let width: Int
        let height: Int
        var findings: [ExportFinding]
        var failures: [ExportFailure]
    }

    let exportID: UUID
    let projectID: UUID
    /// The token under which this run writes; a run that has been replaced has an old one.
    let runToken: UUID
    let createdBy: UUID?
    let taskName: String
    let taskDescription: String
    let projectName: String
    let pages: [Page]
}
