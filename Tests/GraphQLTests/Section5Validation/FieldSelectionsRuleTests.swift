import GraphQL
import Testing

@Suite("5.3.1 Field Selections")
struct FieldSelectionsRuleTests {
    @Test func `fields of objects, interfaces and aliases are valid`() throws {
        try expectValid("{ dog { __typename name otherName: name } pet { __typename name } }")
    }

    @Test func `__typename is the only field of a union`() throws {
        try expectValid("{ catOrDog { __typename ... on Pet { name } ... on Dog { barkVolume } } }")
        try expectErrors(
            "{ catOrDog { name barkVolume } }",
            "Cannot query field \"name\" on type \"CatOrDog\". "
                + "Did you mean to use an inline fragment on \"Pet\", \"Canine\", \"Cat\", or \"Dog\"? (1:14)",
            "Cannot query field \"barkVolume\" on type \"CatOrDog\". "
                + "Did you mean to use an inline fragment on \"Canine\" or \"Dog\"? (1:19)")
    }

    @Test func `introspection fields belong to the query root only`() throws {
        try expectValid(#"{ __schema { queryType { name } } __type(name: "Dog") { name } __typename }"#)
        try expectErrors(
            "mutation { __schema { queryType { name } } renameDog(name: \"x\") { __type(name: \"Dog\") { name } } }",
            "Cannot query field \"__schema\" on type \"Mutation\". (1:12)",
            "Cannot query field \"__type\" on type \"Dog\". (1:67)")
    }

    @Test func `an unknown field is refused, with names that look like it`() throws {
        try expectErrors(
            "{ dog { meowVolume } }",
            "Cannot query field \"meowVolume\" on type \"Dog\". Did you mean \"barkVolume\"? (1:9)")
    }

    @Test func `an alias does not make a field known`() throws {
        try expectErrors(
            "{ dog { barkVolume: kawVolume } }",
            "Cannot query field \"kawVolume\" on type \"Dog\". Did you mean \"barkVolume\"? (1:9)")
    }

    @Test func `a field of an implementation is no field of its interface`() throws {
        try expectErrors(
            "{ pet { nickname } }",
            "Cannot query field \"nickname\" on type \"Pet\". "
                + "Did you mean to use an inline fragment on \"Cat\" or \"Dog\"? (1:9)")
    }

    @Test func `below an unknown field only what does not depend on types is checked`() throws {
        try expectErrors(
            "{ dog { zzz(x: 1) { deeper { still } ... on Cat { unknownToo } } } }",
            "Cannot query field \"zzz\" on type \"Dog\". (1:9)",
            "Cannot query field \"unknownToo\" on type \"Cat\". (1:51)")
    }

    @Test func `each place is reported`() throws {
        try expectErrors(
            """
            {
              dog { ...F }
              pet { ... on Dog { wrong } }
            }
            fragment F on Dog {
              wrong
            }
            """,
            "Cannot query field \"wrong\" on type \"Dog\". (3:22)",
            "Cannot query field \"wrong\" on type \"Dog\". (6:3)")
    }

    @Test func `suggestions can be switched off`() throws {
        let options = ValidationOptions(suggestions: false)
        #expect(
            try errors(in: "{ dog { meowVolume } pet { nickname } }", options: options) == [
                "Cannot query field \"meowVolume\" on type \"Dog\". (1:9)",
                "Cannot query field \"nickname\" on type \"Pet\". (1:28)",
            ])
    }
}
