import Database
import FoundationEssentials
import Testing

@testable import Database

@Suite("SQL")
struct SQLTests {
    @Test("Interpolated values become numbered parameters with their types")
    func valuesBecomeParameters() {
        let id = UUID()
        let sql: SQL = "select * from t where id = \(id) and name = \("x'; drop table t; --") and n > \(3)"
        #expect(sql.text == "select * from t where id = $1 and name = $2 and n > $3")
        #expect(sql.parameters.map(\.type) == [.uuid, .text, .int8])
        #expect(sql.parameters.map(\.length) == [16, 20, 8])
    }

    @Test("A nil is null and keeps its type, an empty text is no null")
    func nilIsNull() {
        let sql: SQL = "\(nil as UUID?) \("") \(nil as [UInt8]?) \([] as [UInt8])"
        #expect(sql.parameters.map(\.length) == [-1, 0, -1, 0])
        #expect(sql.parameters.map(\.type) == [.uuid, .text, .bytea, .bytea])
    }

    @Test("Parts are put together and their parameters numbered on, beyond ten too")
    func partsAreNumberedOn() {
        var list: SQL = "values (\(0))"
        for number in 1..<12 { list += ", (\(number))" }
        let whole: SQL =
            "insert into t (\(identifier: "na\"me")) \(list) returning \("é") || \(unsafeSQL: "now()::text")"
        let rows = (1...12).map { "($\($0))" }.joined(separator: ", ")
        #expect(whole.text == "insert into t (\"na\"\"me\") values \(rows) returning $13 || now()::text")
        let nested: SQL = "\("ü") \(whole) \(true)"
        #expect(nested.text.contains("values ($2), ($3)"))
        #expect(nested.text.hasSuffix("returning $14 || now()::text $15"))
        #expect(nested.parameterCount == 15)
        #expect(nested.parameters.map(\.type).suffix(2) == [.text, .bool])
        let offsets = nested.parameters.map(\.offset)
        #expect(offsets == offsets.sorted())
        #expect(Set(offsets).count == 15)
    }

    @Test("Arrays are encoded with dimensions, nulls and element type")
    func arraysAreEncoded() {
        let sql: SQL = "\([1, nil, 3] as [Int?]) \([] as [String])"
        #expect(sql.parameters.map(\.type) == [.int8Array, .textArray])
        // Header 20; an element is a length of 4 and, unless null, 8 bytes. An empty array has a header of 12.
        let lengths: [Int32] = [48, 12]
        #expect(sql.parameters.map(\.length) == lengths)
    }
}
