import Testing

@Suite("5.2.4.1 Single Root Field")
struct SingleRootFieldRuleTests {
    @Test func `one root field is valid`() throws {
        try expectValid("subscription sub { newMessage { body sender } }")
    }

    @Test func `one root field in fragments is valid`() throws {
        try expectValid(
            """
            subscription sub {
              ...messages
              ... on Subscription { newMessage { sender } }
            }
            fragment messages on Subscription { newMessage { body } }
            """)
    }

    @Test func `the same field twice is one field`() throws {
        try expectValid("subscription { newMessage { body } newMessage { sender } }")
    }

    @Test func `a second root field is refused`() throws {
        try expectErrors(
            """
            subscription sub {
              newMessage { body }
              typing { name }
            }
            """,
            "Subscription \"sub\" must select only one top level field. (3:3)")
    }

    @Test func `an alias makes a second root field`() throws {
        try expectErrors(
            """
            subscription {
              newMessage { body }
              again: newMessage { body }
              again: newMessage { sender }
            }
            """,
            "Anonymous Subscription must select only one top level field. (3:3, 4:3)")
    }

    @Test func `a second root field in a fragment is refused`() throws {
        try expectErrors(
            """
            subscription sub { ...both }
            fragment both on Subscription {
              newMessage { body }
              ...more
            }
            fragment more on Subscription { typing { name } }
            """,
            "Subscription \"sub\" must select only one top level field. (6:33)")
    }

    @Test func `an introspection field is refused`() throws {
        try expectErrors(
            "subscription sub { __typename }",
            "Subscription \"sub\" must not select an introspection top level field. (1:20)")
        try expectErrors(
            "subscription { alias: __typename }",
            "Anonymous Subscription must not select an introspection top level field. (1:16)")
    }

    @Test func `an introspection field beside another is refused twice`() throws {
        try expectErrors(
            "subscription sub { newMessage { body } __typename }",
            "Subscription \"sub\" must select only one top level field. (1:40)",
            "Subscription \"sub\" must not select an introspection top level field. (1:40)")
    }

    @Test func `skip and include are refused at the root`() throws {
        try expectErrors(
            """
            subscription sub($b: Boolean!) {
              newMessage @include(if: $b) { body }
              ... @skip(if: true) { typing { name } }
              ...rest @skip(if: $b)
            }
            fragment rest on Subscription {
              newMessage @skip(if: false) { sender }
            }
            """,
            "Subscription \"sub\" must not use `@skip` or `@include` directives in the top level selection. "
                + "(2:14, 3:7, 4:11, 7:14)")
        try expectErrors(
            "subscription { newMessage @skip(if: false) { body } }",
            "Anonymous Subscription must not use `@skip` or `@include` directives in the top level selection. (1:27)")
    }

    @Test func `skip and include below the root are valid`() throws {
        try expectValid("subscription($b: Boolean!) { newMessage { body @skip(if: $b) } }")
    }

    @Test func `each of several subscriptions is checked`() throws {
        try expectErrors(
            """
            subscription a { newMessage { body } }
            subscription b { newMessage { body } typing { name } }
            """,
            "Subscription \"b\" must select only one top level field. (2:38)")
    }
}
