import EventLoop
import Imaging

// One check of the local model while it runs: where its work goes, and what stops it.

/// A failure that ends a check with status `error`.
struct LocalFailure: Error {
    let code: String
    let text: LocalizedText
}

/// The stages of one check: each runs on the blocking pool, none begins after cancellation.
struct LocalRun: Sendable {
    let request: ReviewRequest
    let pool: BlockingPool
    let limits: PictureLimits
    let signal: CancellationSignal

    /// Runs a piece of work on the pool.
    func stage<Value: Sendable>(
        _ what: StaticString, _ body: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await pool.stage(what, signal, body)
    }

    /// Decodes the picture to be checked.
    func loadPicture() async throws -> Picture {
        try await stage("decoding a picture for review") { [request, limits] in
            do {
                return try Picture.decode(request.picture, limits: limits)
            } catch let error as ImagingError {
                throw LocalFailure(code: "pictureUnreadable", text: LocalTexts.pictureUnreadable(error.message))
            }
        }
    }

    /// Decodes all reference pictures, in order; one that cannot be read ends the check.
    func loadReferences() async throws -> [RegionTemplate] {
        var templates: [RegionTemplate] = []
        for (index, source) in request.references.enumerated() {
            templates.append(
                try await stage("decoding a reference picture") { [limits] in
                    do {
                        return try RegionTemplate(Picture.decode(source, limits: limits))
                    } catch let error as ImagingError {
                        throw LocalFailure(
                            code: "referenceUnreadable", text: LocalTexts.referenceUnreadable(index + 1, error.message))
                    }
                })
        }
        return templates
    }

    /// The text in the request's language.
    func text(_ text: LocalizedText) -> String { text.text(in: request.language) }

    /// The one finding of a check that only a person can make.
    func humanCheck(_ description: LocalizedText, method: LocalizedText = LocalMethods.notMeasured) -> FindingDraft {
        FindingDraft(
            description: text(description), severity: .alert,
            suggestion: FindingDraft.advice(from: request.instruction), tag: "human_check",
            method: text(method))
    }
}
