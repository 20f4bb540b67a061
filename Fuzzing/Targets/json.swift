// Any bytes as JSON: refused, or read; and what is read, written, read and written again is the same text.

import JSON

@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard let value = try? JSONReader.read(UnsafeBufferPointer(start: data, count: count)) else { return 0 }
    let written = value.encoded()
    do throws(JSONError) {
        let again = try JSONReader.read(written)
        precondition(again.encoded() == written, "Writing is not stable: \(value)")
    } catch {
        preconditionFailure("What was written can't be read: \(error) \(value)")
    }
    return 0
}
