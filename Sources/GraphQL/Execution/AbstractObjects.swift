/// Collects what a field with an interface or union type gives: values of several object types in one column.
///
/// Append one entry per parent, in order; ``appendList(_:)`` makes one entry of many, and nests.
public struct AbstractObjects<Tag: AbstractTypeTag>: Sendable {
    private var groups: [any Group] = []
    private var groupByType: [ObjectIdentifier: Int] = [:]
    /// The groups of sources whose type was named when they were added.
    private var groupByName: [String: [ObjectIdentifier: Int]] = [:]
    private var places: [(batch: Int32, index: Int32)] = []
    private var tokens: [Int32] = []
    private var starts: [Int32] = []
    private var failures: [FieldError] = []
    /// How many entries each open list has so far, the outermost first.
    private var openLists: [Int32] = []

    /// Makes an empty column.
    public init() {}

    /// Adds an object.
    ///
    /// Its type must be a possible type of `Tag`; the executor refuses it otherwise.
    public mutating func append<Source: ObjectSource>(_ source: Source) {
        let key = ObjectIdentifier(Source.self)
        if let group = groupByType[key] { return append(source, to: group) }
        let group = addGroup(SourceGroup<Source>(typeName: Source.Object.typeName))
        groupByType[key] = group
        append(source, to: group)
    }

    /// Adds an object of the object type `typeName`, for schemas that are known only at run time.
    ///
    /// One Swift type may so stand for many object types. Its type must be a possible type of `Tag`; the executor
    /// refuses it otherwise.
    public mutating func append<Source: ObjectSource>(_ source: Source, typeName: String) {
        let key = ObjectIdentifier(Source.self)
        if let group = groupByName[typeName]?[key] { return append(source, to: group) }
        let group = addGroup(SourceGroup<Source>(typeName: typeName))
        groupByName[typeName, default: [:]][key] = group
        append(source, to: group)
    }

    private mutating func append(_ source: some ObjectSource, to group: Int) {
        beginEntry()
        tokens.append(Int32(places.count))
        places.append((Int32(group), Int32(groups[group].add(source))))
    }

    private mutating func addGroup(_ group: any Group) -> Int {
        groups.append(group)
        return groups.count - 1
    }

    /// Adds a null.
    public mutating func appendNull() {
        beginEntry()
        tokens.append(ObjectsColumn.null)
    }

    /// Adds a failure.
    public mutating func append(failure: FieldError) {
        beginEntry()
        tokens.append(ObjectsColumn.failureBase - Int32(failures.count))
        failures.append(failure)
    }

    /// Adds a list, whose elements are what `body` appends.
    public mutating func appendList(_ body: (inout Self) throws -> Void) rethrows {
        beginEntry()
        let countPosition = tokens.count + 1
        tokens.append(ObjectsColumn.list)
        tokens.append(0)
        openLists.append(0)
        defer { tokens[countPosition] = openLists.removeLast() }
        try body(&self)
    }

    private mutating func beginEntry() {
        if openLists.isEmpty {
            starts.append(Int32(tokens.count))
        } else {
            openLists[openLists.count - 1] += 1
        }
    }

    /// The finished column.
    public func finish() -> Objects<Tag> {
        Objects(
            column: ObjectsColumn(
                batches: groups.map { ($0.typeName, $0.batch()) },
                places: places,
                shape: .tokens(tokens, starts: starts),
                failures: failures,
                parentCount: starts.count))
    }
}

private protocol Group: Sendable {
    var typeName: String { get }
    mutating func add(_ source: any ObjectSource) -> Int
    func batch() -> AnyObjectBatch
}

private struct SourceGroup<Source: ObjectSource>: Group {
    let typeName: String
    private var sources: [Source] = []

    init(typeName: String) { self.typeName = typeName }

    mutating func add(_ source: any ObjectSource) -> Int {
        guard let source = source as? Source else {
            preconditionFailure("AbstractObjects sorted a source into the wrong group")
        }
        sources.append(source)
        return sources.count - 1
    }

    func batch() -> AnyObjectBatch { ObjectBatch(sources) }
}
