import Database
import FoundationEssentials

/// What a worker needs to know to make an export.
struct ExportPlan: Sendable {
    /// One task.
    struct Part: Sendable {
        let id: UUID
        let name: String
        let description: String
        let status: String
        /// The presentation from which it was imported.
        let sourceKey: String?
        var pages: [Page]
    }

    /// One version of a material.
    struct Page: Sendable {
        let title: String
        /// As it is stored: `PICTURE`, `VIDEO` and so on.
        let kind: String
        let status: ReviewedPicture.Status
        let contentVersion: Int
        /// The slide of the presentation from which it was imported, from 1.
        let slideNumber: Int?
        /// Whether there is no later version.
        let isNewest: Bool
        /// Nil until the bytes have been checked.
        let objectKey: String?
        /// Where the picture is that everything reads: of a TIFF or a drawing another object.
        let pictureKey: String?
        let fileName: String
        /// Of a picture or video that could be read.
        let size: Size?
        /// How long a video or recording lasts, in seconds.
        let durationSeconds: Double?
        var findings: [ExportFinding]
        /// What tables say beside each of the findings.
        var findingRecords: [ExportRecord]
        var failures: [ExportFailure]
        var threads: [Thread]
    }

    /// A thread of annotations.
    struct Thread: Sendable {
        let comment: ExportComment
        /// When in a video or recording it begins, in seconds.
        let startSeconds: Double?
        /// The pictures of its posts, in their order.
        let attachments: [Attachment?]
        /// What tables say beside each of its posts.
        let records: [ExportRecord]
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
    let format: ExportFormat
    let options: ExportOptions
    let projectName: String
    let parts: [Part]
}

extension ExportPlan {
    /// What the whole is called: the task, or the project of several.
    var name: String { parts.count == 1 ? parts[0].name : projectName }
}

/// What a table says of a finding or a post beside what slides show.
struct ExportRecord: Sendable {
    /// The kind of the review point, as it is stored; empty for a post.
    var kind = ""
    /// The status of a finding, as it is stored; empty for a post.
    var status = ""
    /// Who made it; empty if that is not known any more.
    let author: String
    let createdAt: Timestamp
    let updatedAt: Timestamp
    var startSeconds: Double?
    var endSeconds: Double?
    var solvedAt: Timestamp?
}
