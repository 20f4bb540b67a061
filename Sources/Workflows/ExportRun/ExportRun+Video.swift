import Clients
import FoundationEssentials

// A video becomes a slide for each moment at which something that people or the AI say of it begins.

extension ExportPlan.Page {
    /// The video at a moment; nil for the whole of it.
    struct Moment: Sendable {
        let seconds: Double?
        let page: ExportPlan.Page
    }

    /// The moments of a video in their order, each with what begins then.
    ///
    /// What has no time comes first, with the review points that could not be judged; without anything else it is the whole.
    var moments: [Moment] {
        let times = Swift.Set(findings.map(\.startSeconds) + threads.map(\.startSeconds))
        var result: [Moment] = []
        for seconds in times.compactMap({ $0 }).sorted() {
            var page = self
            page.findings = findings.filter { $0.startSeconds == seconds }
            page.threads = threads.filter { $0.startSeconds == seconds }
            page.failures = []
            result.append(Moment(seconds: seconds, page: page))
        }
        if times.contains(nil) || result.isEmpty || !failures.isEmpty {
            var page = self
            page.findings = findings.filter { $0.startSeconds == nil }
            page.threads = threads.filter { $0.startSeconds == nil }
            result.insert(Moment(seconds: nil, page: page), at: 0)
        }
        return result
    }
}

extension PictureFiles {
    /// The frame that a video shows at a moment; nil when it cannot be had, which ends no export.
    mutating func frame(
        at seconds: Double, of page: ExportPlan.Page, _ reader: MediaReader?
    ) async throws -> DeckPicture? {
        try Swift.Task.checkCancellation()
        guard let reader, let size = page.size, let video = try await video(page.objectKey) else { return nil }
        let stem = nextStem()
        do {
            let file = try await blocking.run(stoppable: "drawing a frame") { check in
                let frame = try reader.frame(
                    at: seconds, of: video, width: size.width, height: size.height, checkCancellation: check)
                try Data(frame).write(to: URL(filePath: "\(stem).frame"))
                return try ExportPicture.prepare("\(stem).frame", to: "\(stem).picture")
            }
            return DeckPicture(
                source: .file(path: file.path), format: file.format, pixelWidth: size.width, pixelHeight: size.height)
        } catch let error as CancellationError {
            throw error
        } catch {
            // Whatever is wrong with a frame: its slide says that it is missing.
            return nil
        }
    }
}
