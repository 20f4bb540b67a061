import Testing

@Suite("5.5.2.3 Fragment Spread Is Possible")
struct FragmentSpreadIsPossibleRuleTests {
    @Test func `an object in itself is possible`() throws {
        try expectValid("{ dog { ... on Dog { barkVolume } ... { name } } }")
    }

    @Test func `another object is not`() throws {
        try expectErrors(
            """
            { dog { ... on Cat { meowVolume } ...cat } }
            fragment cat on Cat { meowVolume }
            """,
            "Fragment cannot be spread here as objects of type \"Dog\" can never be of type \"Cat\". (1:9)",
            "Fragment \"cat\" cannot be spread here as objects of type \"Dog\" can never be of type \"Cat\". (1:35)")
    }

    @Test func `abstract types in an object that is one of them are possible`() throws {
        try expectValid(
            """
            { dog { ...petNameFragment ...catOrDogFragment } }
            fragment petNameFragment on Pet { name }
            fragment catOrDogFragment on CatOrDog { ... on Cat { meowVolume } }
            """)
    }

    @Test func `abstract types in another object are not`() throws {
        try expectErrors(
            "{ dog { ... on Sentient { name } ... on HumanOrAlien { __typename } } }",
            "Fragment cannot be spread here as objects of type \"Dog\" can never be of type \"Sentient\". (1:9)",
            "Fragment cannot be spread here as objects of type \"Dog\" can never be of type \"HumanOrAlien\". (1:34)")
    }

    @Test func `objects in abstract types they belong to are possible`() throws {
        try expectValid("{ pet { ... on Dog { barkVolume } } catOrDog { ... on Cat { meowVolume } } }")
    }

    @Test func `objects in other abstract types are not`() throws {
        try expectErrors(
            "{ sentient { ... on Dog { barkVolume } } humanOrAlien { ... on Cat { meowVolume } } }",
            "Fragment cannot be spread here as objects of type \"Sentient\" can never be of type \"Dog\". (1:14)",
            "Fragment cannot be spread here as objects of type \"HumanOrAlien\" can never be of type \"Cat\". (1:57)")
    }

    @Test func `abstract types that share an object are possible in each other`() throws {
        try expectValid(
            """
            { pet { ...dogOrHumanFragment ... on Canine { barkVolume } } dogOrHuman { ... on CatOrDog { __typename } } }
            fragment dogOrHumanFragment on DogOrHuman { ... on Dog { barkVolume } }
            """)
    }

    @Test func `abstract types that share none are not`() throws {
        try expectErrors(
            """
            { pet { ...sentientFragment } }
            fragment sentientFragment on Sentient { name }
            """,
            "Fragment \"sentientFragment\" cannot be spread here as objects of type \"Pet\" can never be of type "
                + "\"Sentient\". (1:9)")
    }

    @Test func `an interface is possible in one that it implements, even without objects`() throws {
        try expectValid(
            """
            { node(id: 1) { id ...resourceFragment } resource { ... on Resource { url } } }
            fragment resourceFragment on Resource { url }
            """)
    }
}
