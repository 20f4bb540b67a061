public import EventLoop
public import Imaging

// The model that needs no account: it compares real pixels and says what it measured.
// What it cannot judge it leaves to a person by an `alert`, never by silence or by `safe`.

/// The local review model.
///
/// Deterministic: the same request gives the same verdict. Everything runs on the blocking pool, in stages of at most some
/// hundred milliseconds.
public struct LocalReviewModel: ReviewModel {
    private let pool: BlockingPool
    private let textReader: TextReader?
    private let limits: PictureLimits

    /// Makes the model; without a text reader, texts of notices are not read, and the findings say so.
    public init(
        pool: BlockingPool = .shared, textReader: TextReader? = nil, limits: PictureLimits = .standard
    ) {
        self.pool = pool
        self.textReader = textReader
        self.limits = limits
    }

    /// `local`.
    public var provider: String { "local" }

    /// The version of the rules by which it decides.
    public func modelName(for mode: ReviewMode) -> String { mode == .quality ? "local-1-quality" : "local-1-speed" }

    /// Compares pictures and colours; reads text only with a reader.
    public var capabilities: ModelCapabilities {
        ModelCapabilities(
            automatedKinds: [.generalNG, .visual, .copyright], readsText: textReader != nil, understandsMeaning: false)
    }

    /// Checks one review point by measuring.
    public func review(_ request: ReviewRequest) async throws -> ReviewVerdict {
        let signal = CancellationSignal()
        let run = LocalRun(request: request, pool: pool, limits: limits, signal: signal)
        return try await withTaskCancellationHandler {
            do {
                try Swift.Task.checkCancellation()
                return try await verdict(run)
            } catch let failure as LocalFailure {
                return .failed(code: failure.code, run.text(failure.text))
            } catch let error as CancellationError {
                throw error
            } catch {
                // Whatever else goes wrong, the check was not made, and its outcome must say so.
                return .failed(code: "localModelFailed", String(describing: error))
            }
        } onCancel: {
            signal.set()
        }
    }

    private func verdict(_ run: LocalRun) async throws -> ReviewVerdict {
        switch run.request.kind {
        case .visual: return try await run.visualReview()
        case .copyright: return try await run.copyrightReview(textReader)
        case .generalNG: return try await run.forbiddenMotifReview()
        case .settings, .design:
            _ = try await run.loadPicture()
            return .ok([run.humanCheck(LocalTexts.notAutomated(run.request.title))])
        case .text: return .skipped(run.text(LocalTexts.textOnPicture))
        }
    }
}
