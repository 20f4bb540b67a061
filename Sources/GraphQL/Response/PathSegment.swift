import JSON

/// One step of a response path: a response key or a list index (specification section 7.1.4).
public enum PathSegment: Hashable, Sendable {
    /// The response key of a field: its alias, or its name.
    case key(String)
    /// The position in a list, from 0.
    case index(Int)
}

extension ArraySlice<PathSegment> {
    /// Writes the path as a JSON array.
    func write(to json: inout JSONWriter) {
        json.writeByte(UInt8(ascii: "["))
        for (index, segment) in enumerated() {
            if index > 0 { json.writeByte(UInt8(ascii: ",")) }
            switch segment {
            case .key(let key): json.writeString(key)
            case .index(let position): json.writeInt(position)
            }
        }
        json.writeByte(UInt8(ascii: "]"))
    }
}
