import Testing

@testable import SchemaGenerator

@Suite("Tags, enums, access and the published document")
struct TypeMappingTests {
    @Test("Every composite type has a tag")
    func tags() throws {
        let swift = try generate(
            .tags,
            """
            "A thing." type Thing implements Node @access(rule: PUBLIC) { id: ID! }
            type Place @access(rule: PUBLIC) { id: ID! }
            union Found = Thing | Place
            """)
        expectLines(
            """
            /// A thing.
            public enum ThingType: NodeTypeTag {
                /// `Thing`.
                public static let typeName = "Thing"

                /// What identifiers of this type begin with.
                public static let idPrefix = "Thing_"
            }
            """, in: swift)
        expectLines(
            """
            public enum PlaceType: ObjectTypeTag {
                /// `Place`.
                public static let typeName = "Place"
            }
            """, in: swift)
        expectLines("public enum FoundType: AbstractTypeTag {", in: swift)
        expectLines(
            """
            public enum PossibleType: String, CaseIterable, Sendable {
                /// A thing.
                case thing = "Thing"
                /// `Place`.
                case place = "Place"
            }
            """, in: swift)
        #expect(!swift.contains("QueryType"))
    }

    @Test("An interface that no object implements has no list of possible types")
    func lonelyInterface() throws {
        let swift = try generate(.tags, "")
        expectLines("public enum NodeType: AbstractTypeTag {", in: swift)
        #expect(!swift.contains("PossibleType"))
    }

    @Test("Enums write their names as bytes and read them back")
    func enums() throws {
        let swift = try generate(
            .enums,
            """
            "How grave." enum Severity { "Very." HIGH_RISK  DEFAULT @deprecated(reason: "Say it.")  A_1  A1_2 }
            """)
        expectLines(
            """
            /// How grave.
            public enum Severity: String, CaseIterable, Sendable {
                /// Very.
                case highRisk = "HIGH_RISK"
                /// `DEFAULT`.
                ///
                /// Deprecated: Say it.
                case `default` = "DEFAULT"
                /// `A_1`.
                case a1 = "A_1"
                /// `A1_2`.
                case a1_2 = "A1_2"
            }
            """, in: swift)
        expectLines(#"case .highRisk: out.json.writeRaw("\"HIGH_RISK\"")"#, in: swift)
        expectLines("guard let value = Self(rawValue: try String(input: input)) else {", in: swift)
        #expect(!swift.contains("AccessRule"))
    }

    @Test("Access rules are an enum and a table of all object types")
    func access() throws {
        let swift = try generate(.access, "type Thing @access(rule: PROJECT_MEMBER) { id: ID! }")
        expectLines(
            """
            public enum AccessRule: String, CaseIterable, Sendable {
                /// `PUBLIC`.
                case `public` = "PUBLIC"
            """, in: swift)
        expectLines(
            """
            public static let rules: [String: AccessRule] = [
                "Query": .`public`,
                "Thing": .projectMember,
            ]
            """, in: swift)
    }

    @Test("The published document has neither the build's directives nor their enum")
    func document() throws {
        let swift = try generate(
            .document, #"type Thing @access(rule: PUBLIC) { a: Int! @loaded  b: Int @deprecated(reason: "c") }"#)
        #expect(!swift.contains("@access") && !swift.contains("AccessRule") && !swift.contains("@loaded"))
        expectLines(
            """
            type Thing {
              a: Int!
              b: Int @deprecated(reason: "c")
            }
            """, in: swift)
    }

    @Test("A description can't end or bend the literal of the document")
    func rawString() throws {
        let swift = try generate(.document, ####"type Thing @access(rule: PUBLIC) { "\\#(x) \\##" a: Int! }"####)
        expectLines(####"public static let sdl = ###""""####, in: swift)
    }

    @Test(
        "Names of enum values become names of cases",
        arguments: [
            ("RISK", "risk"), ("GENERAL_NG_REVIEW", "generalNgReview"), ("PPTX", "pptx"), ("_HIDDEN", "_hidden"),
            ("END_", "end_"), ("_2D", "_2d"), ("V_2_0", "v2_0"), ("already", "already"), ("Mixed_Case", "mixed_Case"),
        ])
    func caseNames(name: String, expected: String) {
        #expect(SwiftNames.caseName(name) == expected)
    }

    @Test(
        "Names of types become labels",
        arguments: [
            ("Project", "project"), ("HTTPHeader", "httpHeader"), ("RPD", "rpd"), ("ReviewRPD", "reviewRPD"),
            ("S3Object", "s3Object"), ("_Thing", "_Thing"),
        ])
    func labels(name: String, expected: String) {
        #expect(SwiftNames.lowerCamel(name) == expected)
    }
}
