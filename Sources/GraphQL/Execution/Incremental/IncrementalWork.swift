/// What one task of an incremental response does: it resolves and writes one thing that was put off, for all objects of
/// one wave that have it.
// Handed between the request's tasks, which all run on its serial executor, one after the other.
final class IncrementalWork: @unchecked Sendable {
    enum Subject {
        /// The objects of a deferred selection, and per object the number of its execution group.
        case selection(PlannedBatch, groups: [Int])
        /// The rest of lists, and per list its parent and the number of its stream.
        case lists(StreamedRest, [(parent: Int, stream: Int)])
    }

    let subject: Subject
    /// Per object or list, where it is in the response.
    private let paths: [[PathSegment]]
    /// Per object or list what came out; empty until the work is done.
    private(set) var parts: [SerializedPart] = []

    init(_ subject: Subject, paths: [[PathSegment]]) {
        self.subject = subject
        self.paths = paths
    }

    func run(_ executor: Executor, document: Document) async {
        switch subject {
        case .selection(let batch, _):
            await executor.resolve([batch])
            var serializer = Serializer(document: document, context: executor.context)
            parts = paths.indices.map { serializer.part(of: batch, $0, at: paths[$0]) }
        case .lists(let rest, let lists):
            await executor.resolve(rest)
            var serializer = Serializer(document: document, context: executor.context)
            parts = zip(lists, paths).map { serializer.part(of: rest, parent: $0.parent, at: $1) }
        }
    }
}
