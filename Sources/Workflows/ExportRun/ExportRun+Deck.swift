import Clients
import Database
import EventLoop
import FoundationEssentials

extension ExportRun {
    /// What the file shows, with the pictures lying in `folder` where they had to be changed.
    func deck(of plan: ExportPlan, in folder: String) async throws -> ReviewDeck {
        var files = PictureFiles(objects: objects, blocking: blocking, folder: folder)
        var sections: [DeckSection] = []
        for part in plan.parts {
            var slides: [ReviewedPicture] = []
            for page in part.pages { slides += try await self.slides(of: page, &files) }
            let details = [part.status, part.description].filter { !$0.isEmpty }
            sections.append(
                DeckSection(title: part.name, subtitle: plan.projectName, details: details, slides: slides))
        }
        return ReviewDeck(
            title: plan.name, sections: sections, showsFindings: plan.options.hasFindings, language: language,
            createdAt: Timestamp(unixSeconds: Timestamp.now().unixSeconds).description)
    }

    /// Writes the presentation from which a task was imported, with the reviews on its slides, and gives its path.
    func writeOriginal(of plan: ExportPlan, in folder: String) async throws -> String {
        guard plan.parts.count == 1, let part = plan.parts.first, let source = part.sourceKey else {
            throw ExportRefusal.nothing
        }
        let original = try await objects.file(of: ObjectKey(source), elseTo: "\(folder)/original.pptx")
        let reviews = try await reviews(of: part, in: folder)
        let path = "\(folder)/\(Self.stem).pptx"
        let language = language
        let count = try await blocking.run(stoppable: "reading a presentation") { check in
            try OriginalDeck(path: original, reviews: reviews, language: language, checkCancellation: check).slideCount
        }
        try await tell(plan, total: count) { progress in
            let deck = try OriginalDeck(
                path: original, reviews: reviews, language: language, checkCancellation: { try progress(0) })
            try deck.write(to: path) { done in try progress(done) }
        }
        return path
    }

    /// What was found and said on the slides of a presentation.
    private func reviews(of part: ExportPlan.Part, in folder: String) async throws -> [OriginalDeck.Review] {
        var files = PictureFiles(objects: objects, blocking: blocking, folder: folder)
        var reviews: [OriginalDeck.Review] = []
        for page in part.pages {
            guard let number = page.slideNumber else { continue }
            let picture = try await slide(of: page, nil, isPicture: true, note: "", &files)
            reviews.append(OriginalDeck.Review(slide: number, picture: picture))
        }
        return reviews
    }

    /// Where a video is looked at as a whole, as a fraction of its length.
    private static let wholeMoment = 0.1

    private func slides(of page: ExportPlan.Page, _ files: inout PictureFiles) async throws -> [ReviewedPicture] {
        guard page.kind == "VIDEO" else {
            let isPicture = page.kind == "PICTURE"
            let picture = isPicture ? try await files.picture(page.pictureKey, page.size) : nil
            return [try await slide(of: page, picture, isPicture: isPicture, note: "", &files)]
        }
        var slides: [ReviewedPicture] = []
        for moment in page.moments {
            let seconds = moment.seconds ?? (page.durationSeconds ?? 0) * Self.wholeMoment
            let frame = try await files.frame(at: seconds, of: page, media)
            let time = ExportThreadReader.time(moment.seconds, nil)
            slides.append(
                try await slide(
                    of: moment.page, frame, isPicture: true, note: time.isEmpty ? "" : "　\(time)", &files))
        }
        return slides
    }

    private func slide(
        of page: ExportPlan.Page, _ picture: DeckPicture?, isPicture: Bool, note: String, _ files: inout PictureFiles
    ) async throws -> ReviewedPicture {
        var comments: [ExportComment] = []
        for thread in page.threads {
            var comment = thread.comment
            let attachments = thread.attachments
            comment.post.picture = try await files.picture(attachments[0]?.objectKey, attachments[0]?.size)
            for (index, attachment) in attachments.dropFirst().enumerated() {
                comment.replies[index].picture = try await files.picture(attachment?.objectKey, attachment?.size)
            }
            comments.append(comment)
        }
        let shown = try await files.picture(picture, with: comments.compactMap { PictureLayer($0) })
        return ReviewedPicture(
            title: page.title, note: "v\(page.contentVersion)\(note)", picture: shown, isPicture: isPicture,
            status: page.status, findings: page.findings, failures: page.failures, comments: comments)
    }
}

/// Pictures of the store as files that presentations show.
struct PictureFiles {
    let objects: any ObjectStore
    let blocking: BlockingPool
    let folder: String
    private var count = 0
    /// Videos that are here, by their keys.
    private var videos: [String: String] = [:]

    init(objects: any ObjectStore, blocking: BlockingPool, folder: String) {
        self.objects = objects
        self.blocking = blocking
        self.folder = folder
    }

    /// The picture of an object, in the size that it has as displayed; nil when it is gone from the store.
    mutating func picture(_ objectKey: String?, _ size: ExportPlan.Size?) async throws -> DeckPicture? {
        try Swift.Task.checkCancellation()
        guard let objectKey, let size else { return nil }
        let key = try ObjectKey(objectKey)
        guard try await objects.size(of: key) != nil else { return nil }
        let stem = nextStem()
        let original = try await objects.file(of: key, elseTo: "\(stem).original")
        let file = try await blocking.run("preparing a picture") {
            try ExportPicture.prepare(original, to: "\(stem).picture")
        }
        return DeckPicture(
            source: .file(path: file.path), format: file.format, pixelWidth: size.width, pixelHeight: size.height)
    }

    /// The picture with what people have laid over it.
    mutating func picture(_ picture: DeckPicture?, with layers: [PictureLayer]) async throws -> DeckPicture? {
        guard var picture, case .file(let path) = picture.source, !layers.isEmpty else { return picture }
        let target = "\(nextStem()).layers"
        let format = picture.format
        try await blocking.run("laying pictures over another") {
            try PictureLayer.draw(layers, over: path, as: format, to: target)
        }
        picture.source = .file(path: target)
        return picture
    }

    /// The path of a video, which is brought here once; nil when it is gone from the store.
    mutating func video(_ objectKey: String?) async throws -> String? {
        guard let objectKey else { return nil }
        if let path = videos[objectKey] { return path }
        let key = try ObjectKey(objectKey)
        guard try await objects.size(of: key) != nil else { return nil }
        let path = try await objects.file(of: key, elseTo: "\(nextStem()).video")
        videos[objectKey] = path
        return path
    }

    /// Where the next file may be written, without an ending.
    mutating func nextStem() -> String {
        count += 1
        return "\(folder)/\(count)"
    }
}
