// Any bytes as a document: refused with a syntax error, or parsed; and what is parsed prints to a text that parses
// again and prints the same.

import GraphQL

@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let text = [UInt8](UnsafeBufferPointer(start: data, count: count))
    guard let document = try? Document(parsing: text) else { return 0 }
    let printed = document.description
    do throws(SyntaxError) {
        let again = try Document(parsing: printed, limits: .trusted)
        precondition(again.definitions.count == document.definitions.count, "Printing lost a definition:\n\(printed)")
        precondition(again.description == printed, "Printing is not stable:\n\(printed)\n\(again.description)")
    } catch {
        preconditionFailure("What was printed does not parse: \(error)\n\(printed)")
    }
    return 0
}
