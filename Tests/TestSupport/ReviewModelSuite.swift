public import Clients
import Imaging
import Testing

// What every review model must do, whatever it can do. Run once per implementation.

/// The conformance suite of `ReviewModel`.
public struct ReviewModelSuite: Sendable {
    private let model: any ReviewModel

    /// Takes a model.
    public init(_ model: any ReviewModel) { self.model = model }

    /// Runs every check.
    public func run() async throws {
        #expect(!model.provider.isEmpty)
        for mode in ReviewMode.allCases { #expect(!model.modelName(for: mode).isEmpty) }
        let picture = PictureSource.bytes(
            try DemoIllustration.render(figure: .momo, seed: 5, width: 320, height: 240))
        let references = [PictureSource.bytes(try DemoIllustration.reference(.badge, figure: .momo))]
        for kind in ReviewKind.allCases {
            let request = ReviewRequest(kind: kind, title: "suite", references: references, picture: picture)
            try await answersWell(request)
            try await refusesBrokenPictures(request)
            await stopsWhenCancelled(request)
        }
    }

    private func answersWell(_ request: ReviewRequest) async throws {
        let verdict = try await model.review(request)
        switch verdict.status {
        case .ok:
            #expect(!verdict.findings.isEmpty, "\(request.kind): success must be said by a finding")
        case .skippedIrrelevant(let reason):
            #expect(!reason.isEmpty && verdict.findings.isEmpty)
        case .error(let failure):
            Issue.record("\(request.kind): \(failure.message)")
        }
        for finding in verdict.findings {
            #expect(!finding.description.isEmpty)
            #expect(finding.method?.isEmpty == false, "\(request.kind): a finding says how it was found")
            #expect((0...1).contains(finding.confidence ?? 0))
        }
        let isAutomated = model.capabilities.automatedKinds.contains(request.kind)
        #expect(isAutomated || verdict.severity != .safe, "\(request.kind) is not automated, so it is never safe")
        #expect(try await model.review(request).severity == verdict.severity, "the same request, the same severity")
    }

    private func refusesBrokenPictures(_ request: ReviewRequest) async throws {
        var broken = request
        broken.picture = .bytes(Array("no picture".utf8))
        let verdict = try await model.review(broken)
        if case .ok = verdict.status { Issue.record("\(request.kind): a broken picture was reviewed") }
        #expect(verdict.findings.isEmpty)
    }

    private func stopsWhenCancelled(_ request: ReviewRequest) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                withUnsafeCurrentTask { $0?.cancel() }
                await #expect(throws: CancellationError.self) { try await model.review(request) }
            }
        }
    }
}
