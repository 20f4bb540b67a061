import FoundationEssentials
import JSON

/// What a worker needs to know to run a review.
struct ReviewPlan: Sendable {
    /// One check that has not ended.
    struct Check: Sendable {
        let outcomeID: UUID
        let versionID: UUID
        let kind: String
        let title: String
        let instruction: String
        let tags: [String]
        let ngSubcategory: String?
        /// The object keys of the reference pictures, in order.
        let referenceKeys: [String]
        /// How characters call each other; nil without a table.
        let appellations: JSONValue?
        let specialRules: [SpecialRule]
    }

    let reviewID: UUID
    let projectID: UUID
    /// The token under which this run writes; a run that has been replaced has an old one.
    let runToken: UUID
    let mode: String
    let contentKey: String
    let mediaType: String
    /// Nil for what is no picture.
    let imageWidth: Int?
    let imageHeight: Int?
    let checks: [Check]
}
