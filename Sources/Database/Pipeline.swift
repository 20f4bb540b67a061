/// The statements that are on the way to the server or back, in order: what each of libpq's results belongs to.
///
/// A segment is what lies between two sync points: its preludes (the `begin` of a transaction and the
/// settings of its task), at most one preparation, one execution. Per step libpq hands out a result and then nothing (nil); after the last step one result
/// that stands for the sync, and no nil. A failure skips the rest of its segment only. A statement is done at its
/// sync, not before: in autocommit, that is where the server commits.
struct Pipeline<Request> {
    /// What a segment consists of.
    struct Shape: Equatable {
        /// Statements before everything, whose results nobody wants.
        var preludeCount = 0
        /// A preparation before the execution.
        var preparesStatement = false

        var stepCount: Int { 1 + preludeCount + (preparesStatement ? 1 : 0) }
        /// The step at which the statement is prepared; after it the server has it.
        var preparationStep: Int { preludeCount }
    }

    /// What the owner does with a result.
    enum Action {
        /// Nothing; the result may be freed.
        case discard
        /// It holds the rows of the execution: keep it for the request.
        case keepRows(Request)
        /// It holds the error that the request fails with: keep it.
        case keepFailure(Request)
        /// The request is done. `statementIsPrepared` is false when the preparation did not take place.
        case finish(Request, statementIsPrepared: Bool)
        /// libpq said what it may not say here: the connection cannot be used further.
        case violation(String)
    }

    fileprivate struct Segment {
        let request: Request
        let shape: Shape
        var step = 0
        var hasResult = false
        var hasFailed = false
        var statementIsPrepared: Bool
    }

    private var segments = Fifo<Segment>()

    /// Segments whose sync has not come back.
    var count: Int { segments.count }
    var isEmpty: Bool { segments.isEmpty }
    /// The request that the server works on, as far as this side can know.
    var first: Request? { segments.first?.request }

    /// A segment was handed to libpq.
    mutating func submitted(_ request: Request, shape: Shape) {
        segments.append(Segment(request: request, shape: shape, statementIsPrepared: !shape.preparesStatement))
    }

    /// libpq handed out a result.
    mutating func resultReceived(_ kind: ResultHandle.Kind) -> Action {
        if kind == .sync {
            guard let segment = segments.popFirst() else { return .violation("a sync that nobody sent") }
            guard segment.step == segment.shape.stepCount else { return .violation("a sync before the last result") }
            return .finish(segment.request, statementIsPrepared: segment.statementIsPrepared)
        }
        return segments.updateFirst { $0.resultReceived(kind) } ?? .violation("a result that nobody asked for")
    }

    /// libpq handed out nothing: a step ended.
    ///
    /// False when no step can have ended, so that there is nothing to read.
    mutating func stepEnded() -> Bool {
        segments.updateFirst { segment in
            guard segment.hasResult else { return false }
            segment.hasResult = false
            segment.step += 1
            return true
        } ?? false
    }

    /// The connection is lost: everything that has not come back, in order.
    mutating func connectionLost() -> [Request] { segments.removeAll().map(\.request) }

    /// All requests under way, in order.
    func forEach(_ body: (Request) -> Void) { segments.forEach { body($0.request) } }
}

extension Pipeline.Segment {
    fileprivate mutating func resultReceived(_ kind: ResultHandle.Kind) -> Pipeline<Request>.Action {
        hasResult = true
        switch kind {
        case .success:
            if shape.preparesStatement && step == shape.preparationStep { statementIsPrepared = true }
            // An error after the last step comes at the commit; it is kept below and wins over the rows.
            return step == shape.stepCount - 1 && !hasFailed ? .keepRows(request) : .discard
        case .failure:
            if step == shape.stepCount { hasResult = false }
            guard !hasFailed else { return .discard }
            hasFailed = true
            return .keepFailure(request)
        case .aborted:
            return .discard
        case .sync, .copyIn, .unexpected:
            return .violation("a result of another kind than a statement has")
        }
    }
}
