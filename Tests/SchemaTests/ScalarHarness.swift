import GraphQL
import JSON

/// The JSON that a leaf writes, or the message of its refusal.
func response(_ value: some LeafValue) -> String {
    var out = ResponseWriter()
    do throws(FieldError) {
        try value.write(to: &out)
    } catch {
        return "error: \(error.message)"
    }
    return out.json.withBytes { String(decoding: $0, as: UTF8.self) }
}
