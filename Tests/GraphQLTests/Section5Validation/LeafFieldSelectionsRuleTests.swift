import Testing

@Suite("5.3.3 Leaf Field Selections")
struct LeafFieldSelectionsRuleTests {
    @Test func `scalars and enums have no selection set`() throws {
        try expectValid("{ dog { barkVolume } }")
        try expectErrors(
            "{ dog { barkVolume { sinceWhen } } }",
            "Field \"barkVolume\" must not have a selection since type \"Int\" has no subfields. (1:20)")
    }

    @Test func `the error is at the brace, wherever that is`() throws {
        try expectErrors(
            """
            {
              dog {
                isHouseTrained(atOtherHomes: true) @tag(name: "# { (") # { here is none
                  { # {
                  , sinceWhen
                }
              }
            }
            """,
            "Field \"isHouseTrained\" must not have a selection since type \"Boolean!\" has no subfields. (4:7)")
        try expectErrors(
            "{ findDog(complex: { required: true }) { name { x } } }",
            "Field \"name\" must not have a selection since type \"String!\" has no subfields. (1:47)")
    }

    @Test(arguments: [("human", "Human"), ("pet", "Pet"), ("catOrDog", "CatOrDog"), ("dogs", "[Dog!]!")])
    func `objects, interfaces and unions need one`(field: String, type: String) throws {
        try expectErrors(
            "{ \(field) }",
            "Field \"\(field)\" of type \"\(type)\" must have a selection of subfields. "
                + "Did you mean \"\(field) { ... }\"? (1:3)")
    }
}
