/// Collects what a field with an interface or union type gives: values of several object types in one column.
///
/// Append one entry per parent, in order; ``appendList(_:)`` makes one entry of many.
public struct AbstractObjects<Tag: AbstractTypeTag>: Sendable {
    private var groups: [any Group] = []
    private var groupByType: [ObjectIdentifier: Int] = [:]
    private var places: [(batch: Int32, index: Int32)] = []
    private var tokens: [Int32] = []
    private var starts: [Int32] = []
    private var failures: [FieldError] = []
    private var isInList = false

    /// Makes an empty column.
    public init() {}

    /// Adds an object.
    ///
    /// Its type must be a possible type of `Tag`; the executor refuses it otherwise.
    public mutating func append<Source: ObjectSource>(_ source: Source) {
        beginEntry()
        let key = ObjectIdentifier(Source.self)
        let group: Int
        if let known = groupByType[key] {
            group = known
        } else {
            group = groups.count
            groups.append(SourceGroup<Source>())
            groupByType[key] = group
        }
        tokens.append(Int32(places.count))
        places.append((Int32(group), Int32(groups[group].add(source))))
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
        isInList = true
        let before = entryCount
        try body(&self)
        tokens[countPosition] = Int32(entryCount - before)
        isInList = false
    }

    private var entryCount = 0

    private mutating func beginEntry() {
        entryCount += 1
        if !isInList { starts.append(Int32(tokens.count)) }
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
    var sources: [Source] = []

    var typeName: String { Source.Object.typeName }

    mutating func add(_ source: any ObjectSource) -> Int {
        guard let source = source as? Source else {
            preconditionFailure("AbstractObjects sorted a source into the wrong group")
        }
        sources.append(source)
        return sources.count - 1
    }

    func batch() -> AnyObjectBatch { ObjectBatch(sources) }
}
