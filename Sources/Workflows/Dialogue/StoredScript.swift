import Database
import FoundationEssentials

/// The stored copy of a spreadsheet with what was found in it.
struct StoredScript: Sendable {
    let objectKey: String
    let fileName: String
    let byteCount: Int
    /// 64 hexadecimal digits.
    let sha256: String

    /// Makes the file of the project and gives its id.
    func insert(projectID: UUID, in transaction: Transaction) async throws -> UUID {
        let row = try await transaction.queryFirst(
            """
            insert into assets (project_id, purpose, state, file_name, media_type, byte_count, object_key, sha256)
            values (
                \(projectID), 'ANNOTATED_SCRIPT', 'READY', \(fileName), \(DocumentKind.excel.mediaType), \(byteCount),
                \(objectKey), \(sha256)
            )
            returning id
            """)
        guard let row else { throw WorkflowError(.inconsistentData, "A file got no id.") }
        return row.uuid(0)
    }
}
