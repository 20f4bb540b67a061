import Testing

@Suite("5.2.2.1 Operation Name Uniqueness")
struct OperationNameUniquenessRuleTests {
    @Test func `different names are valid`() throws {
        try expectValid(
            """
            query getDogName { dog { name } }
            query getOwnerName { dog { owner { name } } }
            """)
    }

    @Test func `a fragment may have the name of an operation`() throws {
        try expectValid(
            """
            query Foo { dog { ...Foo } }
            fragment Foo on Dog { name }
            """)
    }

    @Test func `equal names are refused`() throws {
        try expectErrors(
            """
            query getName { dog { name } }
            query getName { dog { owner { name } } }
            """,
            "There can be only one operation named \"getName\". (1:7, 2:7)")
    }

    @Test func `equal names of different kinds are refused, each against the first`() throws {
        try expectErrors(
            """
            query dogOperation { dog { name } }
            mutation dogOperation { renameDog(name: "Rex") { name } }
            subscription dogOperation { newMessage { body } }
            """,
            "There can be only one operation named \"dogOperation\". (1:7, 2:10)",
            "There can be only one operation named \"dogOperation\". (1:7, 3:14)")
    }
}
