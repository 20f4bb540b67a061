import GraphQL
import Schema
import Testing

@testable import SchemaGenerator

@Suite("The schema of this package")
struct RealSchemaTests {
    private func schema() throws -> (schema: GraphQLSchema, files: [String: String]) {
        let sdl = try TextFile.read(packageFolder + "/schema.graphql")
        let files = try GeneratorPipeline.run(sdl: sdl, fileName: "schema.graphql")
        return (
            try GeneratorPipeline.parse(sdl, fileName: "schema.graphql"),
            Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.text) })
        )
    }

    @Test("Every object type has resolvers, a place in the table and a rule of access")
    func objectTypes() throws {
        let (schema, files) = try schema()
        let fields = OutputFile.allCases.filter { $0.rawValue.hasSuffix("Fields.swift") }
        let structs = fields.compactMap { files[$0.rawValue] }.joined()
        let table = try #require(files[OutputFile.resolverTable.rawValue])
        let objects = schema.types.filter { $0.kind == .object && !$0.isBuiltIn }
        #expect(objects.count > 40)
        // Types that are all alike share a struct, which the table names with the type.
        let tags = try #require(files[OutputFile.tags.rawValue])
        func isShared(_ type: NamedType) -> Bool {
            ["Connection", "Edge", "ChangePayload", "DeletionPayload"].contains {
                tags.contains("public enum \(type.name)Type: \($0)TypeTag")
            }
        }
        #expect(objects.count { isShared($0) } > 20)
        for type in objects where isShared(type) && !type.name.hasSuffix("Edge") {
            #expect(table.contains("Fields<\(type.name)Type>"), "\(type.name)")
        }
        #expect(objects.allSatisfy { TypeAccess.rules[$0.name] != nil })
        for type in objects where !isShared(type) {
            #expect(structs.contains("public struct \(type.name)Fields"), "\(type.name)")
            let label = SwiftNames.escaped(SwiftNames.lowerCamel(type.name))
            #expect(table.contains("\(label).install(into: &self)"), "\(type.name)")
            for field in type.fields {
                #expect(
                    structs.contains("table.set(\"\(type.name)\", \"\(field.name)\", "), "\(type.name).\(field.name)")
            }
        }
    }

    @Test("The build has used the schema as it is now")
    func buildIsCurrent() throws {
        let (schema, _) = try schema()
        #expect(SchemaDocument.sdl == PublicDocument.text(of: schema))
    }

    @Test("The published document is a schema by itself, with the same types")
    func documentIsComplete() throws {
        let published = try GraphQLSchema.build(from: SchemaDocument.sdl)
        let (schema, _) = try schema()
        #expect(published.types.map(\.name) == schema.types.map(\.name).filter { $0 != "AccessRule" })
    }

    @Test("Lines of the generated files fit the format")
    func width() throws {
        let (_, files) = try schema()
        for (name, text) in files where name != OutputFile.document.rawValue {
            #expect(text.split(separator: "\n").allSatisfy { $0.count <= SwiftText.width }, "\(name)")
        }
    }

    @Test("The plugin declares the files that the generator makes")
    func pluginOutputs() throws {
        let bytes = try TextFile.read(packageFolder + "/Sources/SchemaPlugin/plugin.swift")
        let plugin = String(decoding: bytes, as: UTF8.self)
        let declared = plugin.split(separator: "\"").filter { $0.hasSuffix(".swift") }.map(String.init)
        #expect(Set(declared) == Set(OutputFile.allCases.map(\.rawValue)))
        #expect(declared.count == OutputFile.allCases.count)
    }
}
