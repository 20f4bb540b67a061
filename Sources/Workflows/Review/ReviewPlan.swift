import Clients
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
        /// With the groups of motifs in words.
        let instruction: String
        let tags: [String]
        let ngSubcategory: String?
        /// The object keys of the reference pictures, in order.
        let referenceKeys: [String]
        /// Whether the version could be executed when the plan was made.
        let readiness: RpdReadiness
        /// What sort of visual check it is, once that is known.
        let visualCheck: VisualCheck?
        /// How characters call each other; nil without a table.
        let appellations: JSONValue?
        let specialRules: [SpecialRule]
    }

    /// What sort of material is reviewed.
    enum Medium: Sendable, Hashable {
        case picture
        case script
        case video(assetID: UUID)
        case recording

        /// The sort of a checked file; nil for one that is not reviewed.
        init?(mediaType: String, assetID: UUID, isMeasured: Bool) {
            if MediaInspector.videoTypes.contains(mediaType) {
                self = .video(assetID: assetID)
            } else if MediaInspector.soundTypes.contains(mediaType) {
                self = .recording
            } else if let kind = DocumentKind(mediaType: mediaType), DocumentKind.scripts.contains(kind) {
                self = .script
            } else if isMeasured {
                self = .picture
            } else {
                return nil
            }
        }
    }

    let reviewID: UUID
    let projectID: UUID
    /// The token under which this run writes; a run that has been replaced has an old one.
    let runToken: UUID
    let mode: String
    let contentKey: String
    let mediaType: String
    let medium: Medium
    /// Nil for what cannot be seen.
    let imageWidth: Int?
    let imageHeight: Int?
    let checks: [Check]
}
