import Clients
import Database

extension ObjectStore {
    /// Runs a body that stores objects and then commits rows which name them; if it fails, the objects are deleted.
    ///
    /// They stay where the commit may have taken place all the same: rows would name objects that are gone. What nobody
    /// names after that takes up room, and nobody sees it.
    func withObjects<T>(
        _ keys: [ObjectKey], isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> T
    ) async throws -> T {
        do {
            return try await body()
        } catch {
            if (error as? DatabaseError)?.isCommitUnknown != true {
                for key in keys { try await delete(key) }
            }
            throw error
        }
    }
}
