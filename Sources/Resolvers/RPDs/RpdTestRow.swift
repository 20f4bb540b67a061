import Clients
import Database
import Foundation
import GraphQL
import JSON
import Schema
import Workflows

/// A row of `rpd_tests`.
struct RpdTestRow: RunEntity {
    typealias Object = RpdTestType
    static let table = "rpd_tests"
    static let columns = [
        "id", "project_id", "rpd_id", "rpd_version_id", "batch_key", "number", "kind", "title", "instruction", "mode",
        "asset_id", "line_speaker", "line_text", "expected_severity", "status", "outcome", "severity", "passed",
        "finding_count", "model_name", "measurements", "duration_milliseconds", "error_code", "error_message",
        "created_by", "created_at", "started_at", "finished_at",
    ]
    static let statusColumn = 14
    static let accessColumn = "project_id"

    let row: Row

    static let fields = RpdTestFields<RpdTestRow>(
        id: { $0.id },
        status: { $0.row.enumeration(14) },
        kind: { $0.row.enumeration(6) },
        title: { $0.row.leaf(7) },
        instruction: { $0.row.leaf(8) },
        mode: { $0.row.enumeration(9) },
        batchKey: { UUIDScalar($0.row.uuid(4)) },
        number: { $0.row.int32(5) },
        asset: { tests, call in try await call.one(tests, { $0.row.optionalUUID(10) }, as: AssetRow.self) },
        line: { tests in Objects(tests.map { $0.row.isNull(12) ? nil : SpokenLineSource(row: $0.row) }) },
        outcome: { $0.row.optionalEnumeration(15) },
        severity: { $0.row.optionalEnumeration(16) },
        expectedSeverity: { $0.row.optionalEnumeration(13) },
        hasPassed: { $0.row.isNull(17) ? nil : $0.row.bool(17) },
        findingCount: { $0.row.int32(18) },
        findings: { tests, arguments, call in
            try await RpdTestFindingSource.load(tests, first: arguments.first, call)
        },
        measurements: { $0.row.optionalJSONB(20).map { JSONScalar(owner: $0.owner, uncheckedText: $0.bytes) } },
        modelName: { $0.row.optionalLeaf(19) },
        durationMilliseconds: { $0.row.optionalInt32(21) },
        errorCode: { $0.row.optionalLeaf(22) },
        errorMessage: { $0.row.optionalLeaf(23) },
        project: { tests, call in try await call.one(tests, { $0.row.uuid(1) }, as: ProjectRow.self) },
        rpd: { tests, call in try await call.one(tests, { $0.row.optionalUUID(2) }, as: RpdRow.self) },
        rpdVersion: { tests, call in
            try await call.one(tests, { $0.row.optionalUUID(3) }, as: RpdVersionRow.self)
        },
        createdBy: { tests, call in try await call.one(tests, { $0.row.optionalUUID(24) }, as: UserRow.self) },
        createdAt: { $0.row.dateTime(25) },
        startedAt: { $0.row.optionalDateTime(26) },
        finishedAt: { $0.row.optionalDateTime(27) })

    /// A project's tries, newest first.
    static let ofProject = ListDefinition<RpdTestRow>.newestFirst(of: "project_id")

    /// The tries of a review point, newest first.
    static let ofRpd = ListDefinition<RpdTestRow>.newestFirst(of: "rpd_id")

    /// A filter as a condition; nil if it filters nothing.
    static func condition(_ filter: RpdTestFilter) -> SQL? {
        SQL.filter(
            SQL.column("entity.status", isOneOf: filter.statuses), SQL.column("entity.kind", isOneOf: filter.kinds),
            filter.hasPassed.map { "entity.passed = \($0)" },
            filter.batchKey.map { "entity.batch_key = \($0.uuid)" },
            SQL.moment("entity.created_at", isFrom: filter.createdFrom),
            SQL.moment("entity.created_at", isBefore: filter.createdBefore))
    }
}

/// The object of `SpokenLine`.
struct SpokenLineSource: ObjectSource {
    typealias Object = SpokenLineType

    /// The row of a try.
    let row: Row

    static let fields = SpokenLineFields<SpokenLineSource>(
        speaker: { $0.row.leaf(11) }, text: { $0.row.leaf(12) })
}

/// The object of `RpdTestFinding`.
struct RpdTestFindingSource: ObjectSource {
    typealias Object = RpdTestFindingType

    let row: Row

    static let fields = RpdTestFindingFields<RpdTestFindingSource>(
        description: { $0.row.leaf(0) },
        severity: { $0.row.enumeration(1) },
        suggestion: { $0.row.optionalLeaf(2) },
        tag: { $0.row.optionalLeaf(3) },
        area: { findings in Objects(findings.map { FindingAreaSource($0.row, from: 4) }) },
        lineNumber: { $0.row.optionalInt32(10) },
        dialogue: { findings in Objects(findings.map { DialogueFindingSource($0.row, 11) }) },
        startSeconds: { $0.row.optionalDouble(15) },
        endSeconds: { $0.row.optionalDouble(16) },
        scene: { findings, call in
            try await call.one(findings, { $0.row.optionalUUID(17) }, as: VideoSceneRow.self)
        },
        confidence: { $0.row.optionalDouble(12) },
        method: { $0.row.optionalLeaf(13) })

    /// The first findings of each try, the worst first.
    static func load(
        _ tests: [RpdTestRow], first: Int32, _ call: FieldCall
    ) async throws -> Objects<RpdTestFindingType> {
        guard (1...100).contains(first) else {
            throw FieldError("\"first\" is from 1 to 100.", code: .badUserInput)
        }
        let rows = try await call.request.services.pool.query(
            """
            select description, severity, suggestion, tag, area_x, area_y, area_width, area_height, image_width,
                image_height, line_number, dialogue, confidence, method, rpd_test_id,
                start_seconds, end_seconds, scene_id
            from rpd_test_findings
            where rpd_test_id = any(\(tests.map(\.key)))
            and ordinal <= \(Int(first))
            order by rpd_test_id, ordinal
            """)
        var found: [UUID: [RpdTestFindingSource]] = [:]
        for row in rows { found[row.uuid(14), default: []].append(RpdTestFindingSource(row: row)) }
        return Objects(lists: tests.map { found[$0.key] ?? [] })
    }
}

/// The object of `RpdTestSummary`: counted when asked.
struct RpdTestSummarySource: ObjectSource {
    typealias Object = RpdTestSummaryType

    /// All, those that wait or run, completed, failed and cancelled ones, those that passed and those that did not.
    var counts: [Int32] = Array(repeating: 0, count: 7)

    static let fields = RpdTestSummaryFields<RpdTestSummarySource>(
        total: { $0.counts[0] }, open: { $0.counts[1] }, completed: { $0.counts[2] }, failed: { $0.counts[3] },
        cancelled: { $0.counts[4] }, passed: { $0.counts[5] }, notPassed: { $0.counts[6] })

    /// Counts the tries of each project that fit.
    static func load(
        _ projects: [ProjectRow], _ filter: SQL?, _ call: FieldCall
    ) async throws -> Objects<RpdTestSummaryType> {
        let viewer = try call.request.requireViewer()
        var statement: SQL = """
            select entity.project_id, count(*), count(*) filter (where entity.status in ('PENDING', 'PROCESSING')),
                count(*) filter (where entity.status = 'COMPLETED'), count(*) filter (where entity.status = 'FAILED'),
                count(*) filter (where entity.status = 'CANCELLED'), count(*) filter (where entity.passed),
                count(*) filter (where not entity.passed)
            from rpd_tests as entity
            where entity.project_id = any(\(projects.map(\.key)))
            and \(RpdTestRow.isVisible(to: viewer))
            """
        if let filter { statement += " and \(filter)" }
        statement += " group by entity.project_id"
        var found: [UUID: RpdTestSummarySource] = [:]
        for row in try await call.request.services.pool.query(statement) {
            found[row.uuid(0)] = RpdTestSummarySource(counts: (1...7).map { row.int32($0) })
        }
        return Objects(projects.map { found[$0.key] ?? RpdTestSummarySource() })
    }
}
