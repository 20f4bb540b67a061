import Archive
import JSON

/// Tables of appellations in files: square tables of a spreadsheet or CSV file, and JSON.
///
/// In a square table the first row and the first column have the same names; each row has what its character calls the others.
/// An empty cell where a character calls itself is 私, any other empty cell the other's name (DOMAIN §4.6).
enum AppellationFile {
    /// Why there is no table in a file.
    struct Refusal: Error, Hashable {
        /// For people, in English.
        let message: String
    }

    static let mediaTypes = [DocumentKind.excel.mediaType, "text/csv", "application/json"]

    /// What a character calls itself where the table does not say it.
    private static let firstPerson = "私"

    /// Reads a file of one of the media types; throws `Refusal`.
    ///
    /// Computes; call it on the blocking pool.
    static func table(_ bytes: [UInt8], mediaType: String) throws -> AppellationTable {
        if DocumentKind(mediaType: mediaType) == .excel {
            do {
                return try table(try Workbook(try OfficePackage(bytes: bytes)))
            } catch let error as OfficeError {
                throw Refusal(message: error.message)
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Refusal(message: "The bytes are not a text in UTF-8.")
        }
        if mediaType == "text/csv" { return try table(CSVRows(text).rows.map(\.cells)) }
        do {
            guard let table = AppellationTable(try JSONReader.read(bytes)) else { throw Refusal(message: shape) }
            return table
        } catch let error as JSONError {
            throw Refusal(message: "The bytes are no JSON: \(error).")
        }
    }

    private static let shape = """
        A table is an object of speakers, each an object of targets with their appellations as texts: 1 to \
        \(AppellationTable.maximumCharacters) characters, texts of 1 to \(AppellationTable.maximumLength).
        """

    /// The first sheet that people see and that has something in it.
    private static func table(_ workbook: Workbook) throws -> AppellationTable {
        guard let sheet = workbook.sheets.first(where: { !$0.isHidden && !$0.rows.isEmpty }) else {
            throw Refusal(message: "There is nothing in the sheets that people see.")
        }
        guard sheet.rows.count <= AppellationTable.maximumCharacters + 1,
            sheet.rows.allSatisfy({ $0.cells.count <= AppellationTable.maximumCharacters + 1 })
        else { throw Refusal(message: tooMany) }
        let columns = Swift.Set(sheet.rows.flatMap { $0.cells.map(\.column) }).sorted()
        return try table(sheet.rows.map { row in columns.map { row.text($0) } })
    }

    private static let tooMany = "At most \(AppellationTable.maximumCharacters) characters are allowed."

    private static func table(_ rows: [[String]]) throws -> AppellationTable {
        let rows = rows.map { $0.map(\.trimmedSpaces) }.filter { $0.contains { !$0.isEmpty } }
        guard let head = rows.first else { throw Refusal(message: "The table is empty.") }
        let targets = Array(head.dropFirst().reversed().drop(while: \.isEmpty).reversed())
        let speakers = rows.dropFirst().map { $0.first ?? "" }
        guard speakers.count == targets.count, Swift.Set(speakers) == Swift.Set(targets) else {
            throw Refusal(
                message: """
                    The table is not square: the first column has \(speakers.count) names, the first row \(targets.count), \
                    and they have to be the same.
                    """)
        }
        guard Swift.Set(speakers).count == speakers.count, !speakers.contains("") else {
            throw Refusal(message: "Each character needs a name of its own.")
        }
        guard speakers.count <= AppellationTable.maximumCharacters else { throw Refusal(message: tooMany) }
        let members = zip(speakers, rows.dropFirst()).map { speaker, row -> (String, JSONValue) in
            let words = targets.enumerated().map { index, target -> (String, JSONValue) in
                let word = row.indices.contains(index + 1) ? row[index + 1] : ""
                return (target, .string(word.isEmpty ? speaker == target ? firstPerson : target : word))
            }
            return (speaker, .object(JSONObject(words)))
        }
        guard let table = AppellationTable(.object(JSONObject(members))) else { throw Refusal(message: shape) }
        return table
    }
}
