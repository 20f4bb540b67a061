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
        for type in objects {
            #expect(structs.contains("public struct \(type.name)Fields"), "\(type.name)")
            #expect(table.contains("\(SwiftNames.lowerCamel(type.name)).install(into: &self)"), "\(type.name)")
            #expect(TypeAccess.rules[type.name] != nil, "\(type.name)")
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
