import JSON

/// What the parts of a GraphQL multipart request mean, in their order: `operations`, `map`, then files; pure.
struct UploadForm {
    /// What to do with the bytes of a part.
    enum Part: Hashable {
        /// Collect them here.
        case collect
        /// They are the file of this key.
        case file(key: String)
        /// Nobody asked for them.
        case ignore
    }

    /// How long `operations` and `map` may be together.
    static let maximumTextBytes = 1 << 20
    /// How many places the files may have together.
    static let maximumPaths = 100

    private enum Text { case operations, map }

    private let maximumFiles: Int
    private var current: Text?
    private var textBytes = 0
    private var operations: [UInt8]?
    private var map: [UInt8]?
    /// Where each file belongs.
    private var paths: [(key: String, paths: [String])] = []
    private var received: Set<String> = []

    init(maximumFiles: Int) {
        self.maximumFiles = maximumFiles
    }

    mutating func partBegan(name: String) throws(OperationRefusal) -> Part {
        current = nil
        switch name {
        case "operations" where operations == nil && map == nil:
            operations = []
            current = .operations
            return .collect
        case "map" where operations != nil && map == nil:
            map = []
            current = .map
            return .collect
        case "operations", "map":
            throw Self.wrong("\"operations\" comes first, then \"map\", each once.")
        default:
            guard operations != nil, map != nil else {
                throw Self.wrong("Files come behind \"operations\" and \"map\".")
            }
            guard paths.contains(where: { $0.key == name }) else { return .ignore }
            guard received.insert(name).inserted else { throw Self.wrong("A file was sent twice.") }
            return .file(key: name)
        }
    }

    mutating func collected(_ bytes: [UInt8]) throws(OperationRefusal) {
        textBytes += bytes.count
        guard textBytes <= Self.maximumTextBytes else {
            throw Self.wrong("\"operations\" and \"map\" are too long.")
        }
        if current == .operations { operations?.append(contentsOf: bytes) } else { map?.append(contentsOf: bytes) }
    }

    mutating func partEnded() throws(OperationRefusal) {
        defer { current = nil }
        guard current == .map, let map else { return }
        guard case .object(let object) = try RequestParameters.read(map) else {
            throw Self.wrong("\"map\" must be an object.")
        }
        guard object.members.count <= maximumFiles else { throw Self.wrong("At most \(maximumFiles) files are taken.") }
        for member in object.members {
            guard let list = member.value.array, !list.isEmpty else {
                throw Self.wrong("\"map\" names a list of paths for each file.")
            }
            let paths = list.compactMap(\.string)
            guard paths.count == list.count else { throw Self.wrong("A path in \"map\" must be a string.") }
            self.paths.append((member.key, paths))
        }
        guard paths.reduce(0, { $0 + $1.paths.count }) <= Self.maximumPaths else {
            throw Self.wrong("\"map\" has more than \(Self.maximumPaths) paths.")
        }
    }

    /// The requests with a text in the place of each file: its name in the context of this request.
    func request(naming names: [String: String]) throws(OperationRefusal) -> JSONValue {
        guard let operations, map != nil else { throw Self.wrong("\"operations\" and \"map\" are missing.") }
        var value = try RequestParameters.read(operations)
        for (key, paths) in paths {
            guard let name = names[key] else { throw Self.wrong("A file of \"map\" was not sent.") }
            for path in paths {
                guard let replaced = value.replacingNull(at: path.split(separator: ".")[...], with: .string(name))
                else { throw Self.wrong("A path of \"map\" does not lead to a null in \"operations\".") }
                value = replaced
            }
        }
        return value
    }

    private static func wrong(_ message: String) -> OperationRefusal { OperationRefusal(.malformed, message) }
}

extension JSONValue {
    /// The value with another in the place of a null; nil if no null is there.
    fileprivate func replacingNull(at path: ArraySlice<Substring>, with value: JSONValue) -> JSONValue? {
        guard let first = path.first else {
            // Not `? :`, where `nil` would be a JSON null.
            guard isNull else { return nil }
            return value
        }
        switch self {
        case .object(var object):
            guard let member = object[String(first)],
                let replaced = member.replacingNull(at: path.dropFirst(), with: value)
            else { return nil }
            object[String(first)] = replaced
            return .object(object)
        case .array(var elements):
            guard let index = Int(first), elements.indices.contains(index),
                let replaced = elements[index].replacingNull(at: path.dropFirst(), with: value)
            else { return nil }
            elements[index] = replaced
            return .array(elements)
        default: return nil
        }
    }
}
