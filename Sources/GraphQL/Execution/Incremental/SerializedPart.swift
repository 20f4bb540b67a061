/// A piece of a response: what one payload entry carries, and what was found in it that comes later.
struct SerializedPart: Sendable {
    /// The JSON of the data, or of the array of items; nil if there is none.
    var json: [UInt8]?
    /// The errors of fields inside it.
    var errors: [GraphQLError] = []
    /// Why it is incomplete: a null that had to go further up than it reaches.
    var failure: [GraphQLError]?
    var discoveries = Discoveries()
}

/// What the serialiser passed that comes later.
// Sent between the request's tasks, which all run on its serial executor, one after the other.
struct Discoveries: @unchecked Sendable {
    /// An object with deferred fields.
    struct Object {
        let batch: PlannedBatch
        let index: Int
        let path: [PathSegment]
        /// Where in the buffer it ends: it is forgotten if that is cut off.
        let end: Int
    }

    /// A list that goes on.
    struct List {
        let rest: StreamedRest
        let parent: Int
        let path: [PathSegment]
        /// Where in the buffer its first items end.
        let end: Int
    }

    var objects: [Object] = []
    var lists: [List] = []

    /// Forgets what was found in the part of the buffer that begins at `start`.
    mutating func cut(at start: Int) {
        while let last = objects.last, last.end > start { objects.removeLast() }
        while let last = lists.last, last.end > start { lists.removeLast() }
    }
}
