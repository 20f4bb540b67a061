import Database
import FoundationEssentials
import JSON

/// The events of documents.
///
/// The callers hold the lock of the document's row.
enum DocumentEvents {
    /// Tells how far the reading is now.
    static func progressed(_ documentID: UUID, in transaction: Transaction) async throws {
        let row = try await transaction.queryFirst(
            "select status, pages_done, pages_total from documents where id = \(documentID)")
        guard let row else { return }
        try await EventStore.append(
            .documentProgressed,
            [
                "documentId": .string(documentID.text), "status": .string(row.string(0)),
                "pagesDone": .int(Int64(row.int(1))), "pagesTotal": .int(Int64(row.int(2))),
            ], to: .document(documentID), in: transaction)
    }
}
