// Any bytes as a schema and a request to it: `schema`, a byte 0, `document`, and perhaps a byte 0 and variables in JSON.

import GraphQL

@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let parts = UnsafeBufferPointer(start: data, count: count).split(separator: 0, maxSplits: 2).map(Array.init)
    guard parts.count > 1, let engine = FuzzedEngine(schema: parts[0]) else {
        return 0
    }
    engine.run(document: parts[1], variables: parts.count > 2 ? parts[2] : [])
    return 0
}
