import Database
import FoundationEssentials

/// Reads the threads that an export shows.
struct ExportThreadReader {
    let transaction: Transaction
    let options: ExportOptions

    /// The threads that were begun on some versions, by version, numbered from 1, oldest first.
    ///
    /// `pages` are rows with the version's id at 1 and the width and height of its picture at 11 and 12.
    func threads(on pages: RowSet) async throws -> [UUID: [ExportPlan.Thread]] {
        let sizes = Dictionary(
            pages.map { ($0.uuid(1), ($0.optionalInt(11) ?? 0, $0.optionalInt(12) ?? 0)) }, uniquingKeysWith: { $1 })
        let roots = try await annotations(
            "annotations.parent_id is null and annotations.content_id = any(\(pages.map { $0.uuid(1) }))",
            solved: options.hasSolvedAnnotations)
        // A solved thread is solved at its beginning; its answers are what they are.
        let replies = Dictionary(
            grouping: try await annotations(
                "annotations.parent_id = any(\(roots.map { $0.uuid(0) }))", solved: true)
        ) { $0.uuid(2) }
        var result: [UUID: [ExportPlan.Thread]] = [:]
        for root in roots {
            let version = root.uuid(1)
            let number = (result[version]?.count ?? 0) + 1
            result[version, default: []].append(
                thread(root, number: number, replies: replies[root.uuid(0)] ?? [], sizes[version] ?? (0, 0)))
        }
        return result
    }

    private func annotations(_ condition: SQL, solved: Bool) async throws -> [Row] {
        var sql: SQL = """
            select annotations.id, annotations.content_id, annotations.parent_id, annotations.body, annotations.shape,
                annotations.area_x, annotations.area_y, annotations.area_width, annotations.area_height,
                annotations.color, annotations.drawing, annotations.start_seconds, annotations.end_seconds,
                annotations.solved_at is not null, annotations.is_by_ai, authors.name, annotations.created_at,
                pictures.picture_key, pictures.width, pictures.height, annotations.solved_at, annotations.updated_at,
                annotations.sampled_color, annotations.reference_color, annotations.opacity
            from annotations
            left join users as authors on authors.id = annotations.created_by
            left join assets as pictures
            on pictures.id = annotations.attachment_id and pictures.picture_key is not null and pictures.width is not null
            where \(condition)
            and annotations.deleted_at is null
            """
        if !solved { sql += " and annotations.solved_at is null" }
        if !options.hasAnnotations { sql += " and annotations.is_by_ai" }
        if !options.hasAIAnnotations { sql += " and not annotations.is_by_ai" }
        return Array(try await transaction.query(sql + " order by annotations.created_at, annotations.id"))
    }

    private func thread(
        _ root: Row, number: Int, replies: [Row], _ size: (width: Int, height: Int)
    ) -> ExportPlan.Thread {
        let drawing = root.optionalJSONB(10).flatMap { text in
            CanvasDrawing(json: Array(text.bytes), pixelWidth: size.width, pixelHeight: size.height)
        }
        let comment = ExportComment(
            number: number, post: Self.post(root), replies: replies.map(Self.post), isSolved: root.bool(13),
            isByAI: root.bool(14), shape: Self.shape(root.optionalString(4)), box: .init(root, from: 5),
            colour: root.optionalString(9).map { $0.dropFirst().uppercased() }, drawing: drawing,
            time: Self.time(root.optionalDouble(11), root.optionalDouble(12)), layer: Self.layer(root))
        let posts = [root] + replies
        return ExportPlan.Thread(
            comment: comment, startSeconds: root.optionalDouble(11), attachments: posts.map(Self.attachment),
            records: posts.map(Self.record))
    }

    private static func post(_ row: Row) -> ExportComment.Post {
        ExportComment.Post(
            author: author(row), date: moment(row.timestamp(16)),
            text: [row.string(3), colours(row).map { "\($0.sampled) → \($0.reference)" }].compactMap { $0 }
                .filter { !$0.isBlank }.joined(separator: "\n"))
    }

    /// The two colours of a sample.
    private static func colours(_ row: Row) -> (sampled: String, reference: String)? {
        guard let sampled = row.optionalString(22), let reference = row.optionalString(23) else { return nil }
        return (sampled, reference)
    }

    private static func layer(_ row: Row) -> ExportComment.Layer? {
        if let colours = colours(row) { return .colours(sampled: colours.sampled, reference: colours.reference) }
        return row.optionalDouble(24).map { .picture(opacity: $0) }
    }

    private static func author(_ row: Row) -> String { row.optionalString(15) ?? (row.bool(14) ? "AI" : "") }

    private static func record(_ row: Row) -> ExportRecord {
        ExportRecord(
            author: author(row), createdAt: row.timestamp(16), updatedAt: row.timestamp(21),
            startSeconds: row.optionalDouble(11), endSeconds: row.optionalDouble(12),
            solvedAt: row.optionalTimestamp(20))
    }

    private static func attachment(_ row: Row) -> ExportPlan.Attachment? {
        row.optionalString(17).map { key in
            ExportPlan.Attachment(
                objectKey: key, size: ExportPlan.Size(width: row.int(18), height: row.int(19)))
        }
    }

    private static func shape(_ stored: String?) -> ExportComment.Shape? {
        switch stored {
        case "RECTANGLE": .rectangle
        case "CIRCLE": .ellipse
        case "ARROW": .arrow
        case "TEXT": .text
        case "FREEHAND": .freehand
        default: nil
        }
    }

    /// As `2026/04/01 12:00 UTC`: readers are anywhere.
    private static func moment(_ moment: Timestamp) -> String {
        let text = moment.description
        return "\(text.prefix(10).replacing("-", with: "/")) \(text.dropFirst(11).prefix(5)) UTC"
    }

    /// As `0:12–0:15`; empty without a beginning.
    static func time(_ start: Double?, _ end: Double?) -> String {
        func clock(_ seconds: Double) -> String {
            let whole = Int(min(max(seconds, 0), 359_999))
            func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
            let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
            return hours > 0 ? "\(hours):\(two(minutes)):\(two(rest))" : "\(minutes):\(two(rest))"
        }
        guard let start else { return "" }
        guard let end, end > start else { return clock(start) }
        return "\(clock(start))–\(clock(end))"
    }
}
