import Clients
import Database
import EventLoop
import FoundationEssentials

extension ExportRun {
    /// What the file shows, with the pictures lying in `folder` where they had to be changed.
    func deck(of plan: ExportPlan, in folder: String) async throws -> ReviewDeck {
        var slides: [ReviewedPicture] = []
        for (index, page) in plan.pages.enumerated() {
            try Swift.Task.checkCancellation()
            let picture = try await picture(of: page, in: folder, number: index)
            slides.append(
                ReviewedPicture(
                    title: page.title, note: "v\(page.contentVersion)", source: picture.map { .file(path: $0.path) },
                    format: picture?.format ?? .png, pixelWidth: page.width, pixelHeight: page.height,
                    findings: page.findings, failures: page.failures))
        }
        return ReviewDeck(
            title: plan.taskName, subtitle: plan.projectName,
            details: plan.taskDescription.isEmpty ? [] : [plan.taskDescription], slides: slides, language: language,
            createdAt: Timestamp(unixSeconds: Timestamp.now().unixSeconds).description)
    }

    /// A file of the picture that presentations show; nil when the picture is gone from the store.
    private func picture(
        of page: ExportPlan.Page, in folder: String, number: Int
    ) async throws -> ExportPicture? {
        let key = try ObjectKey(page.objectKey)
        guard try await objects.size(of: key) != nil else { return nil }
        let original: String
        if let path = objects.localPath(of: key) {
            original = path
        } else {
            original = "\(folder)/\(number).original"
            try await objects.download(key, to: original)
        }
        return try await blocking.run("preparing a picture") {
            try ExportPicture.prepare(original, to: "\(folder)/\(number).picture")
        }
    }
}
