import Clients
import Database
public import FoundationEssentials

// Imports of files that lie in Google Drive.
extension ImportStore {
    /// The most files of such an import.
    static let maximumDriveFiles = 10

    /// A file of Google Drive, as a person names it.
    public struct DriveEntry: Sendable, Hashable {
        /// Drive's identifier.
        public var fileID: String
        /// The key that files shared by link need; nil for most.
        public var resourceKey: String?

        /// Names a file.
        public init(fileID: String, resourceKey: String? = nil) {
            self.fileID = fileID
            self.resourceKey = resourceKey
        }
    }

    /// Starts to import files of Google Drive with the access token of the person, and gives the import's id.
    ///
    /// The token is kept, sealed, until the files have been downloaded. A second call with the same request key gives the
    /// same import.
    public func startDrive(
        viewer: UUID, projectID: UUID, target: Target, accessToken: String, files: [DriveEntry],
        requestKey: UUID? = nil
    ) async throws -> UUID {
        try await pool.withTransaction { transaction in
            try await LiveRow.requireProject(projectID, viewer: viewer, transaction)
            let ids = try Self.checked(files, accessToken)
            let target = try await Self.checked(target, viewer: viewer, projectID: projectID, in: transaction)
            let made = try await Self.insert(
                target, source: "DRIVE", viewer: viewer, projectID: projectID, requestKey: requestKey, in: transaction)
            guard made.isNew else { return made.id }
            // Their names are known when they have been downloaded.
            _ = try await transaction.query(
                """
                insert into import_items (
                    project_id, import_id, position, unit, name, drive_file_id, drive_resource_key
                )
                select \(projectID), \(made.id), entries.position, entries.position, entries.id, entries.id,
                    nullif(entries.key, '')
                from unnest(\(ids.map(\.text)), \(ids.map { $0.resourceKey ?? "" }))
                    with ordinality as entries (id, key, position)
                """)
            try await tokens.keep(accessToken, for: made.id, in: transaction)
            try await ImportProgress.proceed(made.id, in: transaction)
            return made.id
        }
    }

    private static func checked(_ files: [DriveEntry], _ accessToken: String) throws -> [DriveFileID] {
        var check = InputCheck()
        ImportTokens.check(accessToken, ["accessToken"], &check)
        if files.isEmpty { check.fail(["files"], .required, "Name at least one file.") }
        if files.count > maximumDriveFiles {
            check.fail(["files"], .tooLong, "At most \(maximumDriveFiles) files are allowed.")
        }
        try check.finish()
        var ids: [DriveFileID] = []
        for (index, file) in files.enumerated() {
            let field = ["files", String(index), "fileId"]
            guard let id = DriveFileID(file.fileID, resourceKey: file.resourceKey) else {
                check.fail(field, .invalid, "This names no file of Google Drive.")
                continue
            }
            if ids.contains(where: { $0.text == id.text }) {
                check.fail(field, .duplicate, "The file stands here twice.")
            }
            ids.append(id)
        }
        try check.finish()
        return ids
    }

    /// Keeps a new token for files that have still to be downloaded; without such files none is needed.
    func keep(_ accessToken: String?, ifNeededBy importID: UUID, in transaction: Transaction) async throws {
        let missing = try await transaction.queryFirst(
            """
            select 1
            from import_items
            where import_id = \(importID)
            and status in ('FAILED', 'CANCELLED')
            and drive_file_id is not null
            and asset_id is null
            """)
        guard missing != nil else { return }
        var check = InputCheck()
        ImportTokens.check(accessToken ?? "", ["accessToken"], &check)
        try check.finish()
        try await tokens.keep(accessToken ?? "", for: importID, in: transaction)
    }
}
