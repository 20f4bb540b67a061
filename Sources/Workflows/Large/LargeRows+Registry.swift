import Database
import FoundationEssentials

// What projects know and keep: characters, reference pictures, sets, documents, and the marks of daily work. Every list of
// the API has something in it, and the newest thing of each kind has something of everything in its lists.

extension LargeRows {
    /// Things of a kind that a project has: more than a page of most, so that a list without its index has to sort them.
    private static let tags = 150
    private static let characters = 150
    private static let items = 500
    private static let sets = 150
    private static let ips = 10
    private static let documents = 150
    private static let pages = 10
    private static let batchJobs = 150
    private static let batchItems = 5
    private static let generated = 500
    private static let rpdTests = 500
    private static let imports = 150
    private static let importItems = 5
    private static let scenes = 150

    func writeRegistry() async throws {
        try await writeTags()
        try await writeCharacters()
        try await writeItems()
        try await writeSets()
        try await writeDocuments()
        try await writeDocumentPictures()
        try await writeBatchJobs()
        try await writeImports()
        try await writeGenerated()
        try await writeScenes()
        try await writeRpdTests()
    }

    /// Each project's material has scenes, as if it were a video.
    private func writeScenes() async throws {
        try await copy(
            "video_scenes",
            [
                "project_id", "asset_id", "number", "start_seconds", "end_seconds", "start_frame", "end_frame",
                "middle_seconds", "frame_key", "thumbnail_key",
            ], count: scale.projects * Self.scenes
        ) { number, rows in
            let (project, place) = number.quotientAndRemainder(dividingBy: Self.scenes)
            rows.append(
                LargeID.project(project), LargeID.asset(project), Int32(place + 1), Double(place), Double(place + 1),
                Int32(place * 25), Int32(place * 25 + 24), Double(place) + 0.5, "scenes/\(number)",
                "scenes/\(number)-small")
        }
    }

    /// The project of a thing of which each project has so many.
    private func project(_ number: Int, _ perProject: Int) -> UUID { LargeID.project(number / perProject) }

    private func writeTags() async throws {
        try await copy(
            "task_tags", ["id", "project_id", "name", "created_at"], count: scale.projects * Self.tags
        ) { number, rows in
            rows.append(
                LargeID.thing(.tag, number), project(number, Self.tags),
                "\(pick(LargeWords.goods, number)) \(number % Self.tags)",
                moment(number, among: scale.projects * Self.tags))
        }
        try await copy("task_tag_links", ["task_id", "tag_id", "project_id"], count: scale.tasks) { number, rows in
            let project = number / scale.tasksPerProject
            rows.append(
                LargeID.task(number), LargeID.thing(.tag, project * Self.tags + number % Self.tags),
                LargeID.project(project))
        }
    }

    private func writeCharacters() async throws {
        try await copy(
            "ips", ["id", "organization_id", "name", "created_by", "created_at"], count: scale.projects * Self.ips
        ) { number, rows in
            rows.append(
                LargeID.thing(.ip, number), LargeID.organization, "\(pick(LargeWords.titles, number)) \(number)",
                LargeID.user(number % scale.users), moment(number, among: scale.projects * Self.ips))
        }
        try await copy(
            "project_ips", ["project_id", "ip_id", "organization_id"], count: scale.projects * Self.ips
        ) { number, rows in
            rows.append(project(number, Self.ips), LargeID.thing(.ip, number), LargeID.organization)
        }
        let count = scale.projects * Self.characters
        try await copy(
            "characters", ["id", "project_id", "name", "description", "ip_id", "created_by", "created_at"],
            count: count
        ) { number, rows in
            let project = number / Self.characters
            rows.append(
                LargeID.thing(.character, number), LargeID.project(project),
                "\(pick(LargeWords.people, number)) \(number)", "\(pick(LargeWords.titles, number))の登場人物。",
                LargeID.thing(.ip, project * Self.ips + number % Self.ips), LargeID.user(number % scale.users),
                moment(number, among: count))
        }
        try await copy("character_rpds", ["character_id", "rpd_id", "project_id"], count: count) { number, rows in
            let project = number / Self.characters
            rows.append(
                LargeID.thing(.character, number),
                LargeID.rpd(project * scale.rpdsPerProject + number % scale.rpdsPerProject),
                LargeID.project(project))
        }
    }

    /// The pictures have not been sent yet: as files they would fill the disk and tell nothing more.
    private func writeItems() async throws {
        let count = scale.projects * Self.items
        try await writeAnnouncedFiles(.item, count: count, perProject: Self.items, mediaType: "image/png")
        try await copy(
            "items", ["id", "project_id", "asset_id", "description", "tags", "created_by", "created_at"], count: count
        ) { number, rows in
            rows.append(
                LargeID.thing(.item, number), project(number, Self.items), LargeID.file(.item, number),
                "\(pick(LargeWords.goods, number))の見本", [pick(LargeWords.parts, number)],
                LargeID.user(number % scale.users), moment(number, among: count))
        }
    }

    private func writeAnnouncedFiles(
        _ kind: LargeID.Kind, count: Int, perProject: Int, mediaType: String
    ) async throws {
        try await copy(
            "assets", ["id", "project_id", "purpose", "file_name", "media_type", "byte_count", "created_at"],
            count: count
        ) { number, rows in
            rows.append(
                LargeID.file(kind, number), project(number, perProject), "SUBTASK_CONTENT", "file \(number)",
                mediaType, 1 as Int64, moment(number, among: count))
        }
    }

    private func writeSets() async throws {
        let count = scale.projects * Self.sets
        try await copy(
            "review_sets", ["id", "project_id", "name", "created_by", "created_at"], count: count
        ) { number, rows in
            rows.append(
                LargeID.thing(.set, number), project(number, Self.sets), "監修セット \(number)",
                LargeID.user(number % scale.users), moment(number, among: count))
        }
        for (table, column, perProject, target) in [
            ("review_set_rpds", "rpd_id", scale.rpdsPerProject, { LargeID.rpd($0) }),
            ("review_set_characters", "character_id", Self.characters, { LargeID.thing(.character, $0) }),
            ("review_set_tags", "tag_id", Self.tags, { LargeID.thing(.tag, $0) }),
        ] as [(String, String, Int, (Int) -> UUID)] {
            try await copy(table, ["review_set_id", column, "project_id"], count: count) { number, rows in
                let project = number / Self.sets
                rows.append(
                    LargeID.thing(.set, number), target(project * perProject + number % perProject),
                    LargeID.project(project))
            }
        }
    }

    private func writeDocuments() async throws {
        let count = scale.projects * Self.documents
        try await writeAnnouncedFiles(
            .document, count: count, perProject: Self.documents, mediaType: "application/pdf")
        try await copy(
            "documents",
            [
                "id", "project_id", "asset_id", "kind", "name", "status", "pages_total", "pages_done", "created_by",
                "created_at", "finished_at",
            ], count: count
        ) { number, rows in
            let made = moment(number, among: count)
            rows.append(
                LargeID.thing(.document, number), project(number, Self.documents), LargeID.file(.document, number),
                "PDF", "設定資料 \(number)", "COMPLETED", Int32(Self.pages), Int32(Self.pages),
                LargeID.user(number % scale.users), made, made + .seconds(20))
        }
        try await copy(
            "document_pages", ["id", "project_id", "document_id", "number", "text"], count: count * Self.pages
        ) { number, rows in
            let document = number / Self.pages
            rows.append(
                LargeID.thing(.page, number), project(document, Self.documents), LargeID.thing(.document, document),
                Int32(number % Self.pages + 1), "\(pick(LargeWords.parts, number))についての説明。")
        }
    }

    /// Each document has a picture embedded in its first page, which has not been sent either.
    private func writeDocumentPictures() async throws {
        let count = scale.projects * Self.documents
        try await writeAnnouncedFiles(
            .documentPicture, count: count, perProject: Self.documents, mediaType: "image/png")
        try await copy(
            "document_pictures",
            ["id", "project_id", "document_id", "page_number", "position", "name", "asset_id", "sha256"], count: count
        ) { number, rows in
            rows.append(
                LargeID.thing(.documentPicture, number), project(number, Self.documents),
                LargeID.thing(.document, number), 1 as Int32, 1 as Int32,
                "\(pick(LargeWords.parts, number)) (p.1-1)", LargeID.file(.documentPicture, number), "\(number)")
        }
    }

    /// Each item stands for a review that has been made.
    private func writeBatchJobs() async throws {
        let count = scale.projects * Self.batchJobs
        try await copy(
            "batch_jobs",
            ["id", "project_id", "trigger", "mode", "status", "created_by", "created_at", "finished_at"], count: count
        ) { number, rows in
            let made = moment(number, among: count)
            rows.append(
                LargeID.thing(.batchJob, number), project(number, Self.batchJobs), "COPYRIGHT_CHECK", "SPEED",
                "COMPLETED", LargeID.user(number % scale.users), made, made + .seconds(60))
        }
        try await copy(
            "batch_job_items",
            ["id", "project_id", "batch_job_id", "position", "subtask_id", "status", "finished_at"],
            count: count * Self.batchItems
        ) { number, rows in
            let job = number / Self.batchItems
            let task = job / Self.batchJobs * scale.tasksPerProject + number % Self.batchItems
            rows.append(
                LargeID.thing(.batchItem, number), project(job, Self.batchJobs), LargeID.thing(.batchJob, job),
                Int32(number % Self.batchItems + 1), LargeID.subtask(task), "SUCCEEDED",
                moment(job, among: count) + .seconds(30))
        }
    }

    /// Each file has become a material of a task.
    private func writeImports() async throws {
        let count = scale.projects * Self.imports
        try await copy(
            "imports", ["id", "project_id", "target", "status", "created_by", "created_at", "finished_at"], count: count
        ) { number, rows in
            let made = moment(number, among: count)
            rows.append(
                LargeID.thing(.importJob, number), project(number, Self.imports), "TASKS", "COMPLETED",
                LargeID.user(number % scale.users), made, made + .seconds(60))
        }
        try await copy(
            "import_items",
            [
                "id", "project_id", "import_id", "position", "unit", "name", "status", "task_id", "made_count",
                "finished_at",
            ], count: count * Self.importItems
        ) { number, rows in
            let owner = number / Self.importItems
            let place = Int32(number % Self.importItems + 1)
            let task = owner / Self.imports * scale.tasksPerProject + number % Self.importItems
            rows.append(
                LargeID.thing(.importItem, number), project(owner, Self.imports), LargeID.thing(.importJob, owner),
                place, place, "\(pick(LargeWords.goods, number)).png", "SUCCEEDED", LargeID.task(task), 1 as Int32,
                moment(owner, among: count) + .seconds(30))
        }
    }

    /// Tries of the first review point of each project on lines; nobody waited for them.
    private func writeRpdTests() async throws {
        let count = scale.projects * Self.rpdTests
        try await copy(
            "rpd_tests",
            [
                "id", "project_id", "rpd_id", "batch_key", "number", "kind", "title", "instruction", "tags",
                "special_rules", "mode", "line_speaker", "line_text", "status", "created_by", "created_at",
                "finished_at",
            ], count: count
        ) { number, rows in
            let made = moment(number, among: count)
            rows.append(
                LargeID.thing(.rpdTest, number), project(number, Self.rpdTests),
                LargeID.rpd(number / Self.rpdTests * scale.rpdsPerProject), LargeID.thing(.rpdTest, number / 5),
                Int32(number % 5 + 1),
                "TEXT_REVIEW", pick(LargeWords.parts, number), "", [String](), JSONB("[]"), "SPEED",
                pick(LargeWords.people, number), pick(LargeWords.goods, number), "CANCELLED",
                LargeID.user(number % scale.users), made, made + .seconds(4))
        }
    }

    /// A third is the admin's; nobody's model answered.
    private func writeGenerated() async throws {
        let count = scale.projects * Self.generated
        try await copy(
            "generated_references",
            [
                "id", "project_id", "created_by", "prompt", "enhanced_prompt", "negative_prompt", "aspect_ratio",
                "number",
                "status", "error_code", "created_at", "finished_at", "style", "lighting",
            ], count: count
        ) { number, rows in
            let made = moment(number, among: count)
            let prompt = "\(pick(LargeWords.parts, number))の\(pick(LargeWords.goods, number))"
            rows.append(
                LargeID.thing(.generated, number), project(number, Self.generated),
                LargeID.user(number.isMultiple(of: 3) ? 0 : number % scale.users), prompt, prompt, "", "SQUARE",
                1 as Int32, "FAILED", "AI_DOWN", made, made + .seconds(5), pick(["水彩", "油彩", "線画"], number), "soft")
        }
    }
}
