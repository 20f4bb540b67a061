// Which types are alike enough to share their struct of resolvers (Sources/Schema/SharedFields.swift): seen by their
// fields, so that a type with one field more has a struct of its own again.

extension ModelBuilder {
    /// Marks the object types, and the tags, that share a struct.
    mutating func shareFields() {
        let objects = Dictionary(model.objects.map { ($0.tagName, $0) }, uniquingKeysWith: { first, _ in first })
        for index in model.objects.indices {
            model.objects[index].shared = Self.sharedFields(of: model.objects[index], among: objects)
        }
        // An edge that no connection of the kind leads to is a type like any other.
        let edges = Set(
            model.objects.compactMap { object -> String? in
                if case .connection(let edge) = object.shared { edge } else { nil }
            })
        for index in model.objects.indices where model.objects[index].isSharedEdge {
            if !edges.contains(model.objects[index].tagName) { model.objects[index].shared = nil }
        }
        let shared = Dictionary(
            model.objects.map { ($0.tagName, $0.shared) }, uniquingKeysWith: { first, _ in first })
        for index in model.tags.indices {
            if let fields = shared[model.tags[index].name] ?? nil { model.tags[index].kind = .shared(fields) }
        }
    }

    private static func sharedFields(of object: ObjectModel, among objects: [String: ObjectModel]) -> SharedFields? {
        let names = object.fields.map(\.fieldName)
        let shapes = object.fields.map(\.shape)
        if names == ["edges", "pageInfo", "totalCount"], case .storedObjects(let edge) = shapes[0],
            shapes[1] == .storedObjects(tag: "PageInfoType"), shapes[2] == .loadedLeaf(arguments: nil, value: "Int32"),
            let edgeObject = objects[edge], case .edge = sharedFields(of: edgeObject, among: objects)
        {
            return .connection(edge: edge)
        }
        if names == ["cursor", "node"], shapes[0] == .storedLeaf(value: "Text"),
            case .storedObjects(let node) = shapes[1]
        {
            return .edge(node: node)
        }
        guard object.area == .payload, names.count == 2, names[1] == "userErrors",
            shapes[1] == .storedObjects(tag: "UserErrorType")
        else { return nil }
        if case .loadedObjects(nil, let changed) = shapes[0] {
            return .changePayload(field: names[0], changed: changed)
        }
        return shapes[0] == .storedLeaf(value: "ID?") ? .deletionPayload(field: names[0]) : nil
    }
}

extension ObjectModel {
    fileprivate var isSharedEdge: Bool {
        if case .edge = shared { true } else { false }
    }
}
