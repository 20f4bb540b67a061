import Clients
import Database
import Foundation
import GraphQL
import Schema
import Workflows

/// A row of `picture_analyses`.
struct PictureAnalysisRow: Entity {
    typealias Object = PictureAnalysisType
    static let table = "picture_analyses"
    static let columns = [
        "id", "subtask_id", "content_id", "kind", "status", "model_name", "error_code", "error_message", "created_by",
        "created_at", "started_at", "finished_at",
    ]
    static let accessColumn = "project_id"
    static let ancestry: String? = Ancestry.subtask

    let row: Row

    static let fields = PictureAnalysisFields<PictureAnalysisRow>(
        id: { $0.id },
        kind: { $0.row.enumeration(3) },
        status: { $0.row.enumeration(4) },
        characters: { analyses, call in try await PredictedCharacterSource.load(analyses, call) },
        objects: { analyses, call in try await DetectedObjectSource.load(analyses, call) },
        modelName: { $0.row.optionalLeaf(5) },
        errorCode: { $0.row.optionalLeaf(6) },
        errorMessage: { $0.row.optionalLeaf(7) },
        subtask: { analyses, call in try await call.enclosing(analyses, { $0.row.uuid(1) }, as: SubtaskRow.self) },
        content: { analyses, call in
            try await call.enclosing(analyses, { $0.row.uuid(2) }, as: SubtaskContentRow.self)
        },
        createdBy: { analyses, call in
            try await call.one(analyses, { $0.row.optionalUUID(8) }, as: UserRow.self)
        },
        createdAt: { $0.row.dateTime(9) },
        startedAt: { $0.row.optionalDateTime(10) },
        finishedAt: { $0.row.optionalDateTime(11) })

    /// The newest look of a kind at the newest version of each of the subtasks, with the subtask's key.
    static func newest(_ kind: AnalysisKind, of subtasks: [UUID], viewer: UUID) -> SQL {
        """
        select distinct on (entity.subtask_id) \(unsafeSQL: selection), entity.subtask_id
        from picture_analyses as entity
        where entity.subtask_id = any(\(subtasks))
        and entity.kind = \(kind.rawValue)
        and entity.content_id = (
            select id
            from subtask_contents
            where subtask_id = entity.subtask_id
            order by version desc
            limit 1
        )
        and \(isVisible(to: viewer))
        order by entity.subtask_id, entity.kind, entity.created_at desc, entity.id desc
        """
    }
}

/// The object of `PredictedCharacter`.
struct PredictedCharacterSource: ObjectSource {
    typealias Object = PredictedCharacterType

    let characterID: UUID
    let confidence: Double
    let assetID: UUID?
    let area: BoundingBox?

    static let fields = PredictedCharacterFields<PredictedCharacterSource>(
        character: { sources, call in try await call.one(sources, { $0.characterID }, as: CharacterRow.self) },
        confidence: { $0.confidence },
        picture: { sources, call in try await call.one(sources, { $0.assetID }, as: AssetRow.self) },
        area: { sources in Objects(sources.map { $0.area.map(NormalizedAreaSource.init) }) })

    /// Whom each of the looks has seen, the surest first.
    static func load(_ analyses: [PictureAnalysisRow], _ call: FieldCall) async throws -> Objects<
        PredictedCharacterType
    > {
        // Who sees the look sees the project's characters.
        let rows = try await call.request.services.pool.query(
            """
            select analysis_id, character_id, confidence, asset_id, area_x, area_y, area_width, area_height
            from picture_analysis_characters as seen
            join characters on characters.id = seen.character_id
            where analysis_id = any(\(analyses.map(\.key)))
            and characters.deleted_at is null
            order by confidence desc, character_id
            """)
        var found: [UUID: [PredictedCharacterSource]] = [:]
        for row in rows {
            found[row.uuid(0), default: []].append(
                PredictedCharacterSource(
                    characterID: row.uuid(1), confidence: row.double(2), assetID: row.optionalUUID(3),
                    area: row.isNull(4) ? nil : row.box(4)))
        }
        return Objects(lists: analyses.map { found[$0.key] ?? [] })
    }
}

/// The object of `DetectedObject`.
struct DetectedObjectSource: ObjectSource {
    typealias Object = DetectedObjectType

    let label: String
    let confidence: Double
    let area: BoundingBox
    let sample: ItemSearch.Sample?

    static let fields = DetectedObjectFields<DetectedObjectSource>(
        label: { Text($0.label) },
        confidence: { $0.confidence },
        area: { sources in Objects(sources.map { NormalizedAreaSource(box: $0.area) }) },
        similarItems: { sources, arguments, call in
            try await SimilarItemSource.load(sources.map(\.sample), first: arguments.first, call)
        })

    /// What each of the looks has seen, in the model's order.
    static func load(_ analyses: [PictureAnalysisRow], _ call: FieldCall) async throws -> Objects<DetectedObjectType> {
        let rows = try await call.request.services.pool.query(
            """
            select objects.analysis_id, objects.label, objects.confidence, objects.area_x, objects.area_y,
                objects.area_width, objects.area_height, assets.id, assets.project_id, assets.picture_key
            from picture_analysis_objects as objects
            join picture_analyses as analyses on analyses.id = objects.analysis_id
            join subtask_contents as contents on contents.id = analyses.content_id
            join assets on assets.id = contents.asset_id
            where objects.analysis_id = any(\(analyses.map(\.key)))
            order by objects.analysis_id, objects.position
            """)
        var found: [UUID: [DetectedObjectSource]] = [:]
        for row in rows {
            guard let area = row.box(3) else { continue }
            found[row.uuid(0), default: []].append(
                DetectedObjectSource(
                    label: row.string(1), confidence: row.double(2), area: area, sample: Self.sample(row, area)))
        }
        return Objects(lists: analyses.map { found[$0.key] ?? [] })
    }

    private static func sample(_ row: Row, _ area: BoundingBox) -> ItemSearch.Sample? {
        // Keys are written by this program only.
        guard let text = row.optionalString(9), let key = try? ObjectKey(text) else { return nil }
        return ItemSearch.Sample(assetID: row.uuid(7), projectID: row.uuid(8), key: key, area: area)
    }
}

extension Row {
    /// The four columns of a box; the table's checks admit none that is empty or outside.
    fileprivate func box(_ column: Int) -> BoundingBox? {
        BoundingBox(
            x: double(column), y: double(column + 1), width: double(column + 2), height: double(column + 3))
    }
}
