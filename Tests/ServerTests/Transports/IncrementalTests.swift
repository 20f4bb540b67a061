import JSON
import Testing

@testable import Server

@Suite("Incremental delivery in parts")
struct IncrementalTests {
    @Test
    func `Parts are framed so that each is complete when it is sent`() {
        let body =
            PartFraming.start + PartFraming.part(Array("{1}".utf8)) + PartFraming.part(Array("{2}".utf8))
            + PartFraming.end
        let head = "content-type: application/json; charset=utf-8\r\n\r\n"
        #expect(
            String(decoding: body, as: UTF8.self)
                == "\r\n---\r\n\(head){1}\r\n---\r\n\(head){2}\r\n-----\r\n")
    }

    private func rewrite(_ payloads: [String]) throws -> [JSONValue] {
        var format = PathsFormat()
        return try payloads.map { try JSONReader.read(format.rewrite(Array($0.utf8))) }
    }

    @Test
    func `For clients of 2022 every entry has its own path and label`() throws {
        let rewritten = try rewrite([
            #"{"data":{"a":{}},"pending":[{"id":"0","path":["a"],"label":"L"}],"hasNext":true}"#,
            #"{"pending":[{"id":"1","path":["a"]}],"incremental":[{"id":"0","subPath":["b",2],"data":{"n":1}}],"completed":[{"id":"0"}],"hasNext":true}"#,
            #"{"completed":[{"id":"1","errors":[{"message":"no"}]}],"hasNext":false}"#,
        ])
        #expect(
            rewritten == [
                ["data": ["a": [:]], "hasNext": true],
                ["incremental": [["data": ["n": 1], "path": ["a", "b", 2], "label": "L"]], "hasNext": true],
                ["incremental": [["data": nil, "path": ["a"], "errors": [["message": "no"]]]], "hasNext": false],
            ])
    }

    @Test
    func `For clients of 2022 the items of a list say where they go`() throws {
        let rewritten = try rewrite([
            #"{"data":{"l":[1,2]},"pending":[{"id":"0","path":["l"]}],"hasNext":true}"#,
            #"{"incremental":[{"id":"0","items":[3,4]}],"hasNext":true}"#,
            #"{"incremental":[{"id":"0","items":[5]}],"completed":[{"id":"0"}],"hasNext":false}"#,
        ])
        #expect(rewritten[1] == ["incremental": [["items": [3, 4], "path": ["l", 2]]], "hasNext": true])
        #expect(rewritten[2] == ["incremental": [["items": [5], "path": ["l", 4]]], "hasNext": false])
    }
}
