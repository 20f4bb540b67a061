import Clients

/// What was made of the pictures embedded in a page.
struct DocumentPictures: Sendable {
    /// A picture that is kept.
    struct Found: Sendable {
        let key: ObjectKey
        let thumbnailKey: ObjectKey
        let width: Int
        let height: Int
        let digest: FileDigest
    }

    /// Those that are kept, in the order in which the page paints them.
    var found: [Found] = []
    /// How many were left out: too small, too large, unreadable, or the same as one before.
    var skipped = 0
}
