import Testing

@testable import Database

extension Pipeline.Action {
    /// A short text to compare with.
    fileprivate var word: String {
        switch self {
        case .discard: "discard"
        case .keepRows(let request): "rows \(request)"
        case .keepFailure(let request): "failure \(request)"
        case .finish(let request, let isPrepared): "finish \(request) \(isPrepared ? "prepared" : "unprepared")"
        case .violation: "violation"
        }
    }
}

@Suite("Pipeline")
struct PipelineTests {
    private static let withPreparation = Pipeline<Int>.Shape(preparesStatement: true)
    private static let whole = Pipeline<Int>.Shape(preludeCount: 1, preparesStatement: true)

    @Test("Rows, nothing, sync: the statement is done at the sync, not before")
    func doneAtSync() {
        var pipeline = Pipeline<Int>()
        pipeline.submitted(1, shape: .init())
        #expect(pipeline.resultReceived(.success).word == "rows 1")
        #expect(pipeline.count == 1)
        #expect(pipeline.stepEnded() == true)
        #expect(pipeline.resultReceived(.sync).word == "finish 1 prepared")
        #expect(pipeline.isEmpty)
    }

    @Test("Begin, prepare and execute are three steps, of which only the last has rows")
    func threeSteps() {
        var pipeline = Pipeline<Int>()
        pipeline.submitted(1, shape: Self.whole)
        #expect(pipeline.resultReceived(.success).word == "discard")
        #expect(pipeline.stepEnded() == true)
        #expect(pipeline.resultReceived(.success).word == "discard")
        #expect(pipeline.stepEnded() == true)
        #expect(pipeline.resultReceived(.success).word == "rows 1")
        #expect(pipeline.stepEnded() == true)
        #expect(pipeline.resultReceived(.sync).word == "finish 1 prepared")
    }

    @Test("Every prelude is a step of its own, and the rows of none are kept")
    func preludes() {
        var pipeline = Pipeline<Int>()
        pipeline.submitted(1, shape: .init(preludeCount: 2))
        for _ in 0..<2 {
            #expect(pipeline.resultReceived(.success).word == "discard")
            #expect(pipeline.stepEnded() == true)
        }
        #expect(pipeline.resultReceived(.success).word == "rows 1")
        #expect(pipeline.stepEnded() == true)
        #expect(pipeline.resultReceived(.sync).word == "finish 1 prepared")
    }

    @Test("A failed preparation skips its execution, and the statement is not prepared")
    func failedPreparation() {
        var pipeline = Pipeline<Int>()
        pipeline.submitted(1, shape: Self.withPreparation)
        #expect(pipeline.resultReceived(.failure).word == "failure 1")
        #expect(pipeline.stepEnded() == true)
        #expect(pipeline.resultReceived(.aborted).word == "discard")
        #expect(pipeline.stepEnded() == true)
        #expect(pipeline.resultReceived(.sync).word == "finish 1 unprepared")
    }

    @Test("A failed execution leaves the statement prepared")
    func failedExecution() {
        var pipeline = Pipeline<Int>()
        pipeline.submitted(1, shape: Self.withPreparation)
        _ = pipeline.resultReceived(.success)
        #expect(pipeline.stepEnded() == true)
        #expect(pipeline.resultReceived(.failure).word == "failure 1")
        #expect(pipeline.stepEnded() == true)
        #expect(pipeline.resultReceived(.sync).word == "finish 1 prepared")
    }

    @Test("A failure belongs to its own statement, the neighbours get their rows")
    func failureIsIsolated() {
        var pipeline = Pipeline<Int>()
        for request in 1...3 { pipeline.submitted(request, shape: .init()) }
        var words: [String] = []
        for kind in [ResultHandle.Kind.success, .failure, .success] {
            words.append(pipeline.resultReceived(kind).word)
            #expect(pipeline.stepEnded() == true)
            words.append(pipeline.resultReceived(.sync).word)
        }
        #expect(
            words == [
                "rows 1", "finish 1 prepared", "failure 2", "finish 2 prepared", "rows 3", "finish 3 prepared",
            ])
    }

    @Test("An error at the commit comes after the rows and wins")
    func errorAtCommit() {
        var pipeline = Pipeline<Int>()
        pipeline.submitted(1, shape: .init())
        #expect(pipeline.resultReceived(.success).word == "rows 1")
        #expect(pipeline.stepEnded() == true)
        #expect(pipeline.resultReceived(.failure).word == "failure 1")
        #expect(pipeline.stepEnded() == false)
        #expect(pipeline.resultReceived(.sync).word == "finish 1 prepared")
    }

    @Test("Nothing when no step can have ended means that there is nothing to read")
    func nothingToRead() {
        var pipeline = Pipeline<Int>()
        #expect(pipeline.stepEnded() == false)
        pipeline.submitted(1, shape: .init())
        #expect(pipeline.stepEnded() == false)
    }

    @Test("Results and syncs that nobody asked for are violations")
    func violations() {
        var pipeline = Pipeline<Int>()
        #expect(pipeline.resultReceived(.sync).word == "violation")
        #expect(pipeline.resultReceived(.success).word == "violation")
        pipeline.submitted(1, shape: .init())
        #expect(pipeline.resultReceived(.unexpected).word == "violation")
        #expect(pipeline.resultReceived(.sync).word == "violation")
    }

    @Test("A lost connection returns everything under way, in order")
    func lostConnection() {
        var pipeline = Pipeline<Int>()
        for request in 1...100 { pipeline.submitted(request, shape: .init()) }
        _ = pipeline.resultReceived(.success)
        #expect(pipeline.stepEnded() == true)
        _ = pipeline.resultReceived(.sync)
        #expect(pipeline.connectionLost() == Array(2...100))
        #expect(pipeline.isEmpty)
    }
}
