import GraphQL
import Testing

@Suite("Names of a document")
struct DocumentTextTests {
    @Test("Names are compared by their spelling")
    func comparesNames() throws {
        let document = try Document(parsing: "{ same other same sam }")
        let names = document.selections.map(\.name)
        #expect(document.isEqual(names[0], names[2]) && !document.isEqual(names[0], names[1]))
        #expect(!document.isEqual(names[0], names[3]))
        #expect(document.isEqual(names[1], "other") && !document.isEqual(names[1], "othe"))
        let text = "ot" + "her"
        #expect(document.isEqual(names[1], text) && !document.isEqual(names[0], text))
        #expect(document.bytes(names[3]).elementsEqual("sam".utf8))
        #expect(document.withBytes(names[3]) { Array($0) } == Array("sam".utf8))
    }

    @Test("Equal names have equal hashes")
    func hashesNames() throws {
        let document = try Document(parsing: "{ same same }")
        var first = Hasher()
        var second = first
        document.hash(document.selections[0].name, into: &first)
        document.hash(document.selections[1].name, into: &second)
        #expect(first.finalize() == second.finalize())
    }
}
