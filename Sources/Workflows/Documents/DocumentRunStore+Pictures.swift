import Clients
import Database
import FoundationEssentials

extension DocumentRunStore {
    /// The hashes of the pictures that the document has already.
    func pictureHashes(of plan: Plan) async throws -> Swift.Set<String> {
        let rows = try await pool.query(
            "select sha256 from document_pictures where document_id = \(plan.documentID)")
        return Swift.Set(rows.map { $0.string(0) })
    }

    /// Stores a page's pictures as files of the project, as part of the transaction that stores the page.
    func store(
        _ pictures: DocumentPictures, ofPage number: Int, saying text: String, _ plan: Plan, _ transaction: Transaction
    ) async throws {
        for (index, found) in pictures.found.enumerated() {
            let name = Self.pictureName(text, document: plan.name, page: number, position: index + 1)
            let assetID = try await found.insertAsset(
                projectID: plan.projectID, purpose: "DOCUMENT_PICTURE", fileName: "page-\(number)-\(index + 1).png",
                createdBy: plan.createdBy, in: transaction)
            _ = try await transaction.query(
                """
                insert into document_pictures (
                    project_id, document_id, page_number, position, name, asset_id, sha256
                )
                values (
                    \(plan.projectID), \(plan.documentID), \(number), \(index + 1), \(name), \(assetID),
                    \(found.sha256)
                )
                """)
        }
    }

    /// The most of a page's words that go into the name of its pictures, in characters.
    private static let maximumWords = 60

    /// What a picture is called at first: what its page says first, or else the document's name.
    static func pictureName(_ text: String, document: String, page: Int, position: Int) -> String {
        let line = text.split(whereSeparator: \.isNewline).lazy
            .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
            .first { !$0.isEmpty }
        let words = line.map { String($0.prefix(maximumWords)) } ?? String(document.prefix(200))
        return "\(words) (p.\(page)-\(position))"
    }
}
