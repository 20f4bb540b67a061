import Testing

@Suite("5.5.1.3 Fragments on Object, Interface or Union Types")
struct FragmentsOnCompositeTypesRuleTests {
    @Test func `objects, interfaces and unions are valid`() throws {
        try expectValid(
            """
            { dog { ...object ...interface ...union ... on Pet { name } } }
            fragment object on Dog { name }
            fragment interface on Pet { name }
            fragment union on CatOrDog { ... on Dog { name } }
            """)
    }

    @Test(arguments: ["Int", "DogCommand", "ComplexInput", "JSON"])
    func `other types are refused`(type: String) throws {
        try expectErrors(
            """
            { dog { ...F ... on \(type) { something } } }
            fragment F on \(type) { something }
            """,
            "Fragment cannot condition on non composite type \"\(type)\". (1:21)",
            "Fragment \"F\" cannot condition on non composite type \"\(type)\". (2:15)")
    }
}
