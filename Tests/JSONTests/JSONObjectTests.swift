import JSON
import Testing

@Suite("JSONObject")
struct JSONObjectTests {
    @Test("keeps order and finds members, few or many", arguments: [1, 12, 13, 14, 500])
    func lookup(count: Int) {
        var object = JSONObject()
        for index in 0..<count { object["key\(index)"] = .int(Int64(index)) }
        #expect(object.count == count)
        #expect(object.keys == (0..<count).map { "key\($0)" })
        for index in 0..<count { #expect(object["key\(index)"] == .int(Int64(index))) }
        #expect(object["absent"] == nil)
    }

    @Test("nil removes a member, null keeps it", arguments: [5, 13, 14, 30])
    func removal(count: Int) {
        var object = JSONObject((0..<count).map { ("key\($0)", JSONValue.int(Int64($0))) })
        object["key1"] = nil
        object["key2"] = .null
        #expect(!object.contains("key1"))
        #expect(object.contains("key2"))
        #expect(object["key2"] == .null)
        #expect(object["key\(count - 1)"] == .int(Int64(count - 1)))
        #expect(object.count == count - 1)
    }

    @Test("equality and hash do not look at the order")
    func equality() {
        let one: JSONValue = ["a": 1, "b": [2, nil]]
        let other: JSONValue = ["b": [2, nil], "a": 1]
        #expect(one == other)
        #expect(one.hashValue == other.hashValue)
        #expect(one != ["a": 1])
        #expect(one != ["a": 1, "c": [2, nil]])
        #expect(JSONValue.array([1, 2]) != [2, 1])
    }

    @Test("prints as compact JSON")
    func text() {
        let value: JSONValue = ["a": [1, 2.5, true, nil], "b": ["c": "d\n"]]
        #expect(value.description == #"{"a":[1,2.5,true,null],"b":{"c":"d\n"}}"#)
    }
}
