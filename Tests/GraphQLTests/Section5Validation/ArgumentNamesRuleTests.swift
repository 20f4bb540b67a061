import Testing

@Suite("5.4.1 Argument Names")
struct ArgumentNamesRuleTests {
    @Test func `defined arguments are valid in any order`() throws {
        try expectValid(
            "{ dog { doesKnowCommand(dogCommand: SIT) isHouseTrained(atOtherHomes: true) @include(if: true) } }")
        try expectValid("{ arguments { a: multipleRequirements(x: 1, y: 2) b: multipleRequirements(y: 2, x: 1) } }")
        try expectValid(#"{ dog { name @tag(weight: 2, name: "x") } }"#)
    }

    @Test func `an unknown argument of a field is refused`() throws {
        try expectErrors(
            "{ dog { isHouseTrained(atOtherHome: true, xyz: 1) } }",
            "Unknown argument \"atOtherHome\" on field \"Dog.isHouseTrained\". Did you mean \"atOtherHomes\"? (1:24)",
            "Unknown argument \"xyz\" on field \"Dog.isHouseTrained\". (1:43)")
    }

    @Test func `an unknown argument of a directive is refused`() throws {
        try expectErrors(
            "{ dog { name @include(if: true, unless: false) @tag(nam: 1, name: \"x\") } }",
            "Unknown argument \"unless\" on directive \"@include\". (1:33)",
            "Unknown argument \"nam\" on directive \"@tag\". Did you mean \"name\"? (1:53)")
    }

    @Test func `the type is the one in scope`() throws {
        try expectErrors(
            "{ pet { name(surname: true) } }", "Unknown argument \"surname\" on field \"Pet.name\". (1:14)")
    }

    @Test func `an argument of an unknown field is not reported as well`() throws {
        try expectErrors("{ dog { zzz(x: 1) } }", "Cannot query field \"zzz\" on type \"Dog\". (1:9)")
    }

    @Test func `the meta fields have their arguments`() throws {
        try expectErrors(
            #"{ __type(nme: "x", name: "y") { name } __typename(x: 1) }"#,
            "Unknown argument \"nme\" on field \"Query.__type\". Did you mean \"name\"? (1:10)",
            "Unknown argument \"x\" on field \"Query.__typename\". (1:51)")
    }
}
