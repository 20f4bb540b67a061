import Testing

@Suite("5.4.3 Required Arguments")
struct RequiredArgumentsRuleTests {
    @Test func `optional arguments may be left out`() throws {
        try expectValid(
            """
            {
              arguments {
                booleanArgField
                optionalNonNullBooleanArgField
                multipleOptional(two: 1)
                mixed(required: 1)
                nonNullBooleanArgField(nonNullBooleanArg: true)
              }
            }
            """)
    }

    @Test func `a required argument may not`() throws {
        try expectErrors(
            "{ arguments { nonNullBooleanArgField multipleRequirements(y: 1) } }",
            "Field \"nonNullBooleanArgField\" argument \"nonNullBooleanArg\" of type \"Boolean!\" is required, but it was "
                + "not provided. (1:15)",
            "Field \"multipleRequirements\" argument \"x\" of type \"Int!\" is required, but it was not provided. (1:38)"
        )
    }

    @Test func `null is no value for it`() throws {
        try expectErrors(
            "{ arguments { nonNullBooleanArgField(nonNullBooleanArg: null) } }",
            "Expected value of type \"Boolean!\", found null. (1:57)")
    }

    @Test func `null is no value for a non-null argument with a default either`() throws {
        try expectErrors(
            "{ arguments { optionalNonNullBooleanArgField(optionalBooleanArg: null) } }",
            "Expected value of type \"Boolean!\", found null. (1:66)")
    }

    @Test func `directives have required arguments, too`() throws {
        try expectErrors(
            "{ dog { name @include barks @skip(unless: true) @tag(weight: 1) } }",
            "Directive \"@include\" argument \"if\" of type \"Boolean!\" is required, but it was not provided. (1:14)",
            "Directive \"@skip\" argument \"if\" of type \"Boolean!\" is required, but it was not provided. (1:29)",
            "Unknown argument \"unless\" on directive \"@skip\". (1:35)",
            "Directive \"@tag\" argument \"name\" of type \"String!\" is required, but it was not provided. (1:49)")
    }

    @Test func `a wrong value does not count as missing`() throws {
        try expectErrors(
            #"{ arguments { multipleRequirements(x: "one", y: 1) } }"#,
            "Int cannot represent non-integer value: \"one\" (1:39)")
    }
}
