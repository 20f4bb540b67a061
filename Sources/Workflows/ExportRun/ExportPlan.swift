import FoundationEssentials

/// What a worker needs to know to make an export.
struct ExportPlan: Sendable {
    /// One task.
    struct Part: Sendable {
        let id: UUID
        let name: String
        let description: String
        let status: String
        var pages: [Page]
    }

    /// One version of a material.
    struct Page: Sendable {
        let title: String
        /// As it is stored: `PICTURE`, `VIDEO` and so on.
        let kind: String
        let status: ReviewedPicture.Status
        let contentVersion: Int
        /// Nil until the bytes have been checked.
        let objectKey: String?
        let fileName: String
        /// Of a picture that could be read.
        let size: Size?
        var findings: [ExportFinding]
        var failures: [ExportFailure]
        var threads: [Thread]
    }

    /// A thread of annotations.
    struct Thread: Sendable {
        let comment: ExportComment
        /// The pictures of its posts, in their order.
        let attachments: [Attachment?]
    }

    /// A picture beside a post.
    struct Attachment: Sendable {
        let objectKey: String
        let size: Size
    }

    /// In pixels.
    struct Size: Sendable {
        let width: Int
        let height: Int
    }

    let exportID: UUID
    let projectID: UUID
    /// The token under which this run writes; a run that has been replaced has an old one.
    let runToken: UUID
    let createdBy: UUID?
    let options: ExportOptions
    let projectName: String
    let parts: [Part]
}

extension ExportPlan {
    /// What the whole is called: the task, or the project of several.
    var name: String { parts.count == 1 ? parts[0].name : projectName }
}
