import Testing

@Suite("5.3.2 Field Selection Merging")
struct FieldSelectionMergingRuleTests {
    private static let advice = " Use different aliases on the fields to fetch both if this was intentional."

    @Test func `equal fields merge`() throws {
        try expectValid("{ dog { name name otherName: nickname otherName: nickname } }")
        try expectValid("{ dog { name } dog { nickname } ...Q } fragment Q on Query { dog { name barks } }")
    }

    @Test func `equal arguments merge in any order`() throws {
        try expectValid("{ dog { doesKnowCommand(dogCommand: SIT) doesKnowCommand(dogCommand: SIT) } }")
        try expectValid("{ dog { isAt(x: 1, y: 2) isAt(y: 2, x: 1) } }")
        try expectValid(
            "query($c: DogCommand!) { dog { doesKnowCommand(dogCommand: $c) doesKnowCommand(dogCommand: $c) } }")
        try expectValid(
            #"""
            {
              findDog(complex: { name: "a\n", required: true, strings: ["x"] }) { name }
              findDog(complex: { strings: ["x"], name: "a\u000A", required: true }) { nickname }
            }
            """#)
    }

    @Test func `a key for different fields is refused`() throws {
        try expectErrors(
            """
            {
              dog {
                name: nickname
                name
              }
            }
            """,
            "Fields \"name\" conflict because \"nickname\" and \"name\" are different fields.\(Self.advice) (3:5, 4:5)")
    }

    @Test(arguments: [
        ("doesKnowCommand(dogCommand: SIT)", "doesKnowCommand(dogCommand: HEEL)"),
        ("doesKnowCommand(dogCommand: SIT)", "doesKnowCommand(dogCommand: $c)"),
        ("doesKnowCommand(dogCommand: $d)", "doesKnowCommand(dogCommand: $c)"),
        ("isHouseTrained(atOtherHomes: true)", "isHouseTrained"),
        ("isHouseTrained(atOtherHomes: true)", "isHouseTrained(atOtherHomes: null)"),
        ("isAt(x: 1)", "isAt(y: 1)"),
        ("knows(commands: [SIT])", "knows(commands: [SIT, SIT])"),
        ("knows(commands: [SIT])", "knows(commands: SIT)"),
        ("isAt(x: 1)", "isAt(x: 01)".replacing("01", with: "-1")),
    ])
    func `different arguments are refused`(one: String, other: String) throws {
        let key = one.prefix { $0 != "(" }
        let variables = (one + other).contains("$d") ? "$c: DogCommand!, $d: DogCommand!" : "$c: DogCommand!"
        let header = (one + other).contains("$") ? "query(\(variables)) {" : "{"
        try expectErrors(
            "\(header)\n  dog {\n    \(one)\n    \(other)\n  }\n}",
            "Fields \"\(key)\" conflict because they have differing arguments.\(Self.advice) (3:5, 4:5)")
    }

    @Test func `objects of different types may differ in fields and arguments`() throws {
        try expectValid(
            """
            {
              pet {
                ... on Dog { volume: barkVolume doesKnowCommand(dogCommand: SIT) }
                ... on Cat { volume: meowVolume doesKnowCommand(catCommand: JUMP) }
              }
            }
            """)
    }

    @Test func `with an interface they may not`() throws {
        try expectErrors(
            """
            {
              pet {
                ... on Dog { x: nickname }
                ... on Pet { x: name }
              }
            }
            """,
            "Fields \"x\" conflict because \"nickname\" and \"name\" are different fields.\(Self.advice) (3:18, 4:18)")
    }

    @Test func `an interface meets each of several object types`() throws {
        try expectErrors(
            """
            {
              box {
                ... on IntBox { x: unrelated }
                ... on StringBox { x: unrelated y: deep { unrelated } }
                deep { x: unrelated }
                ... on Box { y: deep { unrelated: __typename } }
              }
            }
            """,
            "Fields \"y\" conflict because subfields \"unrelated\" conflict because \"unrelated\" and \"__typename\" "
                + "are different fields.\(Self.advice) (4:37, 4:47, 6:18, 6:28)")
    }

    @Test func `shapes must agree even if objects can never be both`() throws {
        try expectErrors(
            """
            {
              pet {
                ... on Dog { someValue: nickname }
                ... on Cat { someValue: meowVolume }
              }
            }
            """,
            "Fields \"someValue\" conflict because they return conflicting types \"String\" and \"Int\"."
                + "\(Self.advice) (3:18, 4:18)")
    }

    @Test func `non-null and list are part of the shape`() throws {
        try expectErrors(
            """
            {
              box {
                ... on IntBox { x: scalar }
                ... on NonNullBox { x: scalar }
              }
            }
            """,
            "Fields \"x\" conflict because they return conflicting types \"Int\" and \"Int!\".\(Self.advice) (3:21, 4:25)"
        )
        try expectErrors(
            """
            {
              box {
                ... on IntBox { x: list { unrelated } }
                ... on StringBox { x: deep { unrelated } }
              }
            }
            """,
            "Fields \"x\" conflict because they return conflicting types \"[IntBox]\" and \"StringBox\"."
                + "\(Self.advice) (3:21, 4:24)")
        try expectErrors(
            """
            {
              box {
                ... on IntBox { x: list { unrelated } }
                ... on NonNullBox { x: list { unrelated } }
              }
            }
            """,
            "Fields \"x\" conflict because they return conflicting types \"[IntBox]\" and \"[IntBox!]\"."
                + "\(Self.advice) (3:21, 4:25)")
    }

    @Test func `a leaf and an object have different shapes`() throws {
        try expectErrors(
            """
            {
              box {
                ... on IntBox { x: deep { unrelated } }
                ... on StringBox { x: scalar }
              }
            }
            """,
            "Fields \"x\" conflict because they return conflicting types \"IntBox\" and \"String\"."
                + "\(Self.advice) (3:21, 4:24)")
    }

    @Test func `different objects have the same shape if their fields have`() throws {
        try expectValid(
            """
            {
              box {
                ... on IntBox { x: deep { value: unrelated } }
                ... on StringBox { x: other { value: unrelated } }
              }
            }
            """)
        try expectErrors(
            """
            {
              box {
                ... on IntBox { x: deep { scalar } }
                ... on StringBox { x: deep { scalar } }
              }
            }
            """,
            "Fields \"x\" conflict because subfields \"scalar\" conflict because they return conflicting types \"Int\" "
                + "and \"String\".\(Self.advice) (3:21, 3:31, 4:24, 4:34)")
    }

    @Test func `under objects that never meet, fields may differ at any depth`() throws {
        try expectValid(
            """
            {
              box {
                ... on IntBox { x: deep { value: scalar } }
                ... on StringBox { x: other { value: scalar } }
              }
              pet {
                ... on Dog { owner { tag: name(surname: true) } }
                ... on Cat { owner { tag: name(surname: false) } }
              }
            }
            """)
    }

    @Test func `the type name has a shape, too`() throws {
        try expectErrors(
            """
            {
              pet {
                ... on Dog { x: __typename }
                ... on Cat { x: meowVolume }
              }
            }
            """,
            "Fields \"x\" conflict because they return conflicting types \"String!\" and \"Int\".\(Self.advice) (3:18, 4:18)"
        )
    }

    @Test func `conflicts in nested sets name the way to them`() throws {
        try expectErrors(
            """
            {
              dog {
                x: name
              }
              dog {
                x: nickname
              }
            }
            """,
            "Fields \"dog\" conflict because subfields \"x\" conflict because \"name\" and \"nickname\" are different "
                + "fields.\(Self.advice) (2:3, 3:5, 5:3, 6:5)")
    }

    @Test func `several conflicts of one pair are one error`() throws {
        try expectErrors(
            """
            {
              dog {
                x: name
                y: nickname
              }
              dog {
                x: nickname
                y: name
              }
            }
            """,
            "Fields \"dog\" conflict because subfields \"x\" conflict because \"name\" and \"nickname\" are different "
                + "fields and subfields \"y\" conflict because \"nickname\" and \"name\" are different fields."
                + "\(Self.advice) (2:3, 3:5, 4:5, 6:3, 7:5, 8:5)")
    }

    @Test func `a deep conflict is reported at the nearest common set`() throws {
        try expectErrors(
            """
            {
              dog {
                mother {
                  x: name
                }
                mother {
                  x: nickname
                }
              }
              dog {
                mother {
                  barks
                }
              }
            }
            """,
            "Fields \"mother\" conflict because subfields \"x\" conflict because \"name\" and \"nickname\" are different "
                + "fields.\(Self.advice) (3:5, 4:7, 6:5, 7:7)")
    }

    @Test func `conflicts between fragments are found once`() throws {
        try expectErrors(
            """
            {
              dog { ...A ...B }
              again: dog { ...A ...B }
            }
            fragment A on Dog {
              x: name
            }
            fragment B on Dog {
              x: nickname
            }
            """,
            "Fields \"x\" conflict because \"name\" and \"nickname\" are different fields.\(Self.advice) (6:3, 9:3)")
    }

    @Test func `conflicts of a field with a nested fragment are found`() throws {
        try expectErrors(
            """
            {
              dog {
                x: name
                ...A
              }
            }
            fragment A on Dog { ...B }
            fragment B on Dog { ... { ...C } }
            fragment C on Dog {
              x: nickname
            }
            """,
            "Fields \"x\" conflict because \"name\" and \"nickname\" are different fields.\(Self.advice) (3:5, 10:3)")
    }

    @Test func `every set that spreads a fragment is compared with what it spreads`() throws {
        try expectErrors(
            """
            {
              one: dog { x: nickname ...A }
              two: dog { x: barks ...A }
            }
            fragment A on Dog { ...B }
            fragment B on Dog { x: name }
            """,
            "Fields \"x\" conflict because \"nickname\" and \"name\" are different fields.\(Self.advice) (2:14, 6:21)",
            "Fields \"x\" conflict because \"barks\" and \"name\" are different fields.\(Self.advice) (3:14, 6:21)")
    }

    @Test func `unused fragments are checked, too`() throws {
        try expectErrors(
            """
            { dog { name } }
            fragment A on Dog {
              x: name
              x: nickname
            }
            """,
            "Fragment \"A\" is never used. (2:1)",
            "Fields \"x\" conflict because \"name\" and \"nickname\" are different fields.\(Self.advice) (3:3, 4:3)")
    }

    @Test func `cycles of fragments end`() throws {
        try expectErrors(
            """
            { dog { ...A x: name } }
            fragment A on Dog { mother { ...B } ...B }
            fragment B on Dog { mother { ...A } ...A x: nickname }
            """,
            "Cannot spread fragment \"A\" within itself via \"B\". (2:37, 3:37)",
            "Cannot spread fragment \"A\" within itself via \"B\". (2:37, 3:30)",
            "Fields \"x\" conflict because \"name\" and \"nickname\" are different fields.\(Self.advice) (1:14, 3:42)")
    }

    @Test func `unknown fields are compared by what is known`() throws {
        try expectErrors(
            """
            {
              dog {
                x: zzz
                x: name
              }
            }
            """,
            "Cannot query field \"zzz\" on type \"Dog\". (3:5)",
            "Fields \"x\" conflict because \"zzz\" and \"name\" are different fields.\(Self.advice) (3:5, 4:5)")
    }

    @Test func `fields that are streamed in the same way are mergeable`() throws {
        try expectValid(
            """
            query($n: Int!) {
              dogs @stream(initialCount: $n, if: true) { name }
              ... { dogs @stream(if: true, initialCount: $n) { nickname } }
            }
            """)
    }

    @Test func `fields that are streamed differently, or only once, conflict`() throws {
        let reason = "conflict because they have differing stream directives.\(Self.advice)"
        try expectErrors("{ dogs @stream { name } dogs { name } }", "Fields \"dogs\" \(reason) (1:3, 1:25)")
        try expectErrors(
            "{ dogs @stream(initialCount: 1) { name } ...F } fragment F on Query { dogs @stream { name } }",
            "Fields \"dogs\" \(reason) (1:3, 1:71)")
    }
}
