// Printing and parsing again.

import GraphQL
import Testing

@Suite("Printer")
struct PrinterTests {
    @Test(
        "Documents in the uniform layout print as they are",
        arguments: [
            "{\n  a\n}\n",
            "query {\n  a\n}\n\nfragment F on T @d {\n  ...G\n}\n".replacing("query {", with: "{"),
            """
            query Q($a: Int! = 1 @x, $b: [String!]) @y(z: $a) {
              alias: name(x: 1.50, y: "s\\n", z: [RED, null, true, { a: $b }]) @include(if: $a) {
                ... on T {
                  id
                }
                ... @skip(if: false) {
                  id
                }
                ...F
              }
            }

            """,
            """
            "described"
            mutation M(
              "the variable"
              $v: Int
              $w: Int
            ) {
              a
            }

            """,
            """
            {
              field(
                first: "a long argument that makes the line longer than eighty characters"
                second: 2
              ) @d {
                a
              }
            }

            """,
            """
            \"\"\"
            A block
              with indentation and \\\"""
            \"\"\"
            schema @a {
              query: Q
            }

            extend schema @b

            scalar S @s

            type T implements A & B @d {
              "f"
              a(x: Int = 1 @q, y: [Int!]! = [1]): String @deprecated(reason: "no")
              b(
                "described"
                c: Int
              ): Int
            }

            extend type T implements C

            interface I implements J {
              a: Int
            }

            union U @d = A | B

            enum E {
              A
              "b"
              B @x
            }

            input In @oneOf {
              a: Int = 5
              b: [In!]
            }

            directive @foo(a: Int = 1) repeatable on FIELD | OBJECT

            type Empty

            """,
        ])
    func printsUniformLayout(_ text: String) throws {
        #expect(try Document(parsing: text).description == text)
    }

    @Test(
        "What is printed prints the same again",
        arguments: [
            "query($a:Int){a}", "{a(b:\"\"\"  indented\n  block\"\"\")}", "{a(b:\"\\u{1F600}\\u0007\\\"\")}",
            "\"\"\"  leading space\"\"\" type T", "\"\"\"\n\n\"\"\" type T", "type T query { a }",
            "extend schema @b query { a }", "{ a(b: {}) c(d: []) }", "query @a { b } subscription S { c }",
            "query ($aVeryLongVariableName: Int, $anotherVeryLongVariableName: String, $third: Boolean) { a }",
        ])
    func isStable(_ text: String) throws {
        let printed = try Document(parsing: text).description
        #expect(try Document(parsing: printed).description == printed)
    }

    @Test("A query behind a type without braces is not printed in shorthand")
    func keepsQueriesApartFromTypes() throws {
        let document = try Document(parsing: "type T query { a }")
        #expect(document.description == "type T\n\nquery {\n  a\n}\n")
    }

    @Test("Strings keep their meaning")
    func keepsStrings() throws {
        for literal in [
            #""\u{1F600}\u0007\"\\""#, "\"\"\"  a\n  b\"\"\"", "\"\"\"\n  a\n    b \\\"\"\"\n\"\"\"", "\"\"",
        ] {
            let text = try stringValue(literal)
            let printed = try Document(parsing: "{ f(a: \(literal)) }").description
            let again = try Document(parsing: printed)
            #expect(again.stringValue(again.arguments[0].value) == text)
        }
    }
}
