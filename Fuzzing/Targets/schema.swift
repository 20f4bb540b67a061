// Any bytes as a schema: refused with issues, or built; and what is built prints to a text that builds again and prints
// the same.

import GraphQL

@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: data, count: count), as: UTF8.self)
    guard let schema = try? GraphQLSchema.build(from: text) else { return 0 }
    let printed = SchemaPrinter(schema).print()
    do throws(SchemaError) {
        let again = SchemaPrinter(try GraphQLSchema.build(from: printed)).print()
        precondition(again == printed, "Printing is not stable:\n\(printed)\n\(again)")
    } catch {
        preconditionFailure("What was printed is no schema: \(error)\n\(printed)")
    }
    return 0
}
