import Clients
import Database
import EventLoop
import FoundationEssentials
import JSON

// What was found in a spreadsheet, written into a copy of it. The reviewed file stays as it is.
extension ReviewRun {
    /// Completes a review, of a spreadsheet with the annotated copy.
    func complete(_ plan: ReviewPlan) async throws {
        let path = "\(FileManager.default.temporaryDirectory.path)/\(UUID().text)"
        guard DocumentKind(mediaType: plan.mediaType) == .excel,
            let copy = try await annotatedCopy(of: plan, at: path)
        else {
            return try await store.complete(plan, annotatedScript: nil)
        }
        let key = try ObjectKey("projects/\(plan.projectID.text)/scripts/\(plan.reviewID.text)/\(plan.runToken.text)")
        try await objects.withObjects([key]) {
            do {
                try await objects.put(.movedFile(path), at: key)
            } catch {
                // The first error tells more than that of a file that cannot be removed from a temporary folder.
                try? FileManager.default.removeItem(atPath: path)
                throw error
            }
            let script = StoredScript(
                objectKey: key.text, fileName: try await store.annotatedName(of: plan), byteCount: copy.byteCount,
                sha256: copy.sha256)
            try await store.complete(plan, annotatedScript: script)
        }
    }

    /// Made from the stored findings, so that it has those of a run before this one; nil if nothing is known of any line.
    private func annotatedCopy(of plan: ReviewPlan, at path: String) async throws -> FileDigest? {
        let notes = try await store.scriptNotes(of: plan)
        if notes.isEmpty { return nil }
        return try await withFile(of: plan, "annotating a script") { original in
            do {
                return try AnnotatedWorkbook(notes: notes).copy(original, to: path) ? try FileDigest(of: path) : nil
            } catch is OfficeError {
                // Some workbooks can be read and not written into, such as those in UTF-16. The findings are there all the same.
                return nil
            }
        }
    }
}

extension ReviewRunStore {
    /// The name of the annotated copy of the reviewed file.
    func annotatedName(of plan: ReviewPlan) async throws -> String {
        let row = try await pool.queryFirst(
            """
            select assets.file_name
            from reviews
            join subtask_contents as contents on contents.id = reviews.content_id
            join assets on assets.id = contents.asset_id
            where reviews.id = \(plan.reviewID)
            """)
        let name = row?.string(0) ?? ""
        let ending = [".xlsx", ".xls"].first { name.lowercased().hasSuffix($0) } ?? ""
        let stem = name.dropLast(ending.count)
        return "\(String.UnicodeScalarView(stem.unicodeScalars.prefix(200)))_checked.xlsx"
    }

    /// What the AI has found, line by line; what several review points say of one line is one note.
    func scriptNotes(of plan: ReviewPlan) async throws -> [AnnotatedWorkbook.Note] {
        let rows = try await pool.query(
            """
            select findings.line_number, versions.title, findings.dialogue
            from findings
            join review_outcomes as outcomes on outcomes.id = findings.outcome_id
            join rpd_versions as versions on versions.id = findings.rpd_version_id
            where findings.review_id = \(plan.reviewID)
            and findings.is_by_ai
            and findings.line_number is not null
            and findings.dialogue is not null
            order by findings.line_number, outcomes.position
            """)
        var titles: Swift.Set<String> = []
        var lines: [(number: Int, entries: [(title: String, note: DialogueNote)])] = []
        for row in rows {
            guard let note = DialogueNote(try JSONReader.read(row.jsonb(2).bytes)) else { continue }
            titles.insert(row.string(1))
            if lines.last?.number != row.int(0) { lines.append((row.int(0), [])) }
            lines[lines.count - 1].entries.append((row.string(1), note))
        }
        return lines.map { AnnotatedWorkbook.Note(line: $0.number, $0.entries, withTitles: titles.count > 1) }
    }
}

extension AnnotatedWorkbook.Note {
    /// One note of what review points say of a line; with their titles where there are several.
    fileprivate init(line: Int, _ entries: [(title: String, note: DialogueNote)], withTitles: Bool) {
        let addresses = entries.flatMap(\.note.addresses)
        var names: [String] = []
        for address in addresses {
            let name =
                address.target == address.usedName ? address.target : "\(address.target)（\(address.usedName)）"
            if !names.contains(name) { names.append(name) }
        }
        self.line = line
        speaker = entries.lazy.compactMap(\.note.detectedSpeaker).first ?? "不明"
        addressed = names.joined(separator: "、")
        result = entries.map { title, note in
            "\(withTitles ? "【\(title)】" : "")\(note.status.label): \(note.message)"
        }.joined(separator: "\n")
        // Of two review points that disagree the worse one decides.
        marks = addresses.sorted { $0.status.weight > $1.status.weight }.map {
            (range: $0.start..<($0.start + $0.length), color: $0.status.color)
        }
    }
}

extension DialogueNote.Status {
    fileprivate var label: String {
        switch self {
        case .ok: "OK"
        case .warning: "注意"
        case .error: "エラー"
        case .unknownSpeaker: "話者不明"
        }
    }

    /// Green, orange, red and purple (DOMAIN §4.6), without transparency.
    fileprivate var color: String {
        switch self {
        case .ok: "FF00B050"
        case .warning: "FFED7D31"
        case .error: "FFFF0000"
        case .unknownSpeaker: "FF7030A0"
        }
    }

    fileprivate var weight: Int {
        switch self {
        case .ok: 0
        case .unknownSpeaker: 1
        case .warning: 2
        case .error: 3
        }
    }
}
