import Database
import FoundationEssentials
import JSON

/// The events of exports.
///
/// The callers hold the lock of the export's row.
enum ExportEvents {
    /// Tells how far the export is now.
    static func progressed(_ exportID: UUID, in transaction: Transaction) async throws {
        let rows = try await transaction.query(
            "select status, slides_done, slides_total from exports where id = \(exportID)")
        guard let row = rows.first else { return }
        try await EventStore.append(
            .exportProgressed,
            [
                "exportId": .string(exportID.text), "status": .string(row.string(0)),
                "slidesDone": .int(Int64(row.int(1))), "slidesTotal": .int(Int64(row.int(2))),
            ], to: .export(exportID), in: transaction)
    }

    /// Tells who has asked for the export that it has come to its end.
    static func ended(_ exportID: UUID, in transaction: Transaction) async throws {
        let row = try await transaction.queryFirst(
            "select created_by, project_id, task_id from exports where id = \(exportID)")
        guard let row else { return }
        try await NotificationStore.tell(
            row.optionalUUID(0), .exportEnded,
            at: .init(projectID: row.uuid(1), taskID: row.optionalUUID(2), exportID: exportID), by: nil,
            in: transaction)
    }
}
