/// What a job does.
///
/// The name is stored; a kind that no worker knows waits until one does.
public struct JobKind: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    /// The stored name.
    public let rawValue: String

    /// Makes a kind of a stored name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Runs one review; the key is the review's id.
    public static let review = JobKind(rawValue: "review")
    /// Makes one export; the key is the export's id.
    public static let export = JobKind(rawValue: "export")
    /// Reads one document; the key is the document's id.
    public static let document = JobKind(rawValue: "document")

    /// Starts the review of one item of a batch job; the key is the item's id and the number of the attempt.
    public static let batchItem = JobKind(rawValue: "batch-item")
    /// Imports one file, or the pictures of one folder; the key is the import's id, the unit's number and the number of the
    /// start.
    public static let importUnit = JobKind(rawValue: "import-unit")
    /// Measures how one picture looks; the key is the file's id.
    public static let vector = JobKind(rawValue: "vector")
    /// Prepares one version of a review point; the key is the version's id and the number of the attempt.
    public static let preparation = JobKind(rawValue: "preparation")
    /// Tries one review point on one material; the key is the try's id.
    public static let rpdTest = JobKind(rawValue: "rpd-test")
    /// Has one picture generated; the key is the picture's id.
    public static let generation = JobKind(rawValue: "generation")
    /// Finds the scenes of one video; the key is the search's id and the number of the attempt.
    public static let scenes = JobKind(rawValue: "scenes")
    /// Looks at one picture; the key is the analysis' id.
    public static let analysis = JobKind(rawValue: "analysis")
    /// Sends one invitation; the key is the invitation's id.
    public static let invitationMail = JobKind(rawValue: "invitation-mail")
    /// Deletes one stored object that no row names any more.
    ///
    /// The payload has its key. Triggers of the database ask for it.
    public static let objectDeletion = JobKind(rawValue: "object-deletion")

    /// The stored name.
    public var description: String { rawValue }
}
