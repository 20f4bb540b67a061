import JSON
import Testing

@testable import Server

@Suite("Parts of a GraphQL multipart request")
struct UploadFormTests {
    /// Gives a form its texts, and the keys of files; returns what it makes of them.
    private func read(
        _ operations: String, _ map: String, files: [String], maximumFiles: Int = 3
    ) throws -> JSONValue {
        var form = UploadForm(maximumFiles: maximumFiles)
        for (name, text) in [("operations", operations), ("map", map)] {
            #expect(try form.partBegan(name: name) == .collect)
            try form.collected(Array(text.utf8))
            try form.partEnded()
        }
        for key in files {
            #expect(try form.partBegan(name: key) == .file(key: key))
            try form.partEnded()
        }
        return try form.request(naming: Dictionary(uniqueKeysWithValues: files.map { ($0, "name of \($0)") }))
    }

    @Test
    func `Each file's name stands where the map says, in lists, inputs and batches, and more than once`() throws {
        #expect(
            try read(
                #"{"query":"q","variables":{"f":null,"i":{"l":[1,null]}}}"#,
                #"{"0":["variables.f"],"x":["variables.i.l.1"]}"#, files: ["0", "x"])
                == ["query": "q", "variables": ["f": "name of 0", "i": ["l": [1, "name of x"]]]])
        #expect(
            try read(
                #"[{"variables":{"f":null}},{"variables":{"f":null}}]"#,
                #"{"0":["0.variables.f","1.variables.f"]}"#, files: ["0"])
                == [["variables": ["f": "name of 0"]], ["variables": ["f": "name of 0"]]])
    }

    @Test(arguments: [
        #"{"0":["variables.g"]}"#, #"{"0":["variables.s"]}"#, #"{"0":["variables.l.7"]}"#, #"{"0":["variables"]}"#,
        #"{"0":[""]}"#, #"{"0":[]}"#, #"{"0":[1]}"#, #"{"0":"variables.f"}"#, "[]", "{", "null",
        #"{"0":["variables.f"],"1":["variables.f"]}"#,
        #"{"0":["variables.f"],"1":["a"],"2":["b"],"3":["c"]}"#,
    ])
    func `A map that does not fit is refused`(map: String) {
        #expect(throws: OperationRefusal.self) {
            try read(#"{"variables":{"f":null,"s":"x","l":[null]}}"#, map, files: ["0"])
        }
    }

    @Test
    func `A file that was not sent is refused; one that nobody asked for is passed over`() throws {
        #expect(throws: OperationRefusal.self) {
            try read(#"{"variables":{"f":null}}"#, #"{"0":["variables.f"]}"#, files: [])
        }
        var form = UploadForm(maximumFiles: 3)
        _ = try form.partBegan(name: "operations")
        _ = try form.partBegan(name: "map")
        try form.collected(Array("{}".utf8))
        try form.partEnded()
        #expect(try form.partBegan(name: "0") == .ignore)
    }

    @Test(arguments: [["map"], ["0"], ["operations", "0"], ["operations", "operations"]])
    func `Another order than operations, map, files is refused`(names: [String]) {
        #expect(throws: OperationRefusal.self) {
            var form = UploadForm(maximumFiles: 3)
            for name in names { _ = try form.partBegan(name: name) }
        }
    }

    @Test
    func `The texts may have a megabyte together`() throws {
        var form = UploadForm(maximumFiles: 3)
        _ = try form.partBegan(name: "operations")
        try form.collected(Array(repeating: 0x20, count: UploadForm.maximumTextBytes))
        #expect(throws: OperationRefusal.self) { try form.collected([0x20]) }
    }
}
