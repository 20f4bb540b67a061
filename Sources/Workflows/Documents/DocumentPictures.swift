/// What was made of the pictures embedded in a page.
struct DocumentPictures: Sendable {
    /// Those that are kept, in the order in which the page paints them.
    var found: [StoredFile] = []
    /// How many were left out: too small, too large, unreadable, or the same as one before.
    var skipped = 0
}
