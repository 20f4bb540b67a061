import Synchronization

/// A parsed and valid document with the plans that were made of it.
final class PreparedDocument: Sendable {
    let document: Document
    /// The variables that decide which fields there are.
    let conditionNames: [String]
    private let fragments: [String: FragmentDefinition]
    private let plans = Mutex<[PlanKey: OperationPlan]>([:])

    private struct PlanKey: Hashable {
        let operation: UInt32
        let conditions: ConditionValues
    }

    init(_ document: Document) {
        self.document = document
        conditionNames = ConditionValues.names(in: document)
        fragments = Dictionary(
            document.fragments.map { (document.string($0.name), $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The operation to run (specification section 6.1, GetOperation).
    func operation(named name: String?) throws(RequestError) -> OperationDefinition {
        if let name {
            if let operation = document.operations.first(where: { document.isEqual($0.name, name) }) {
                return operation
            }
            throw RequestError(
                GraphQLError("Unknown operation named \"\(name)\".", code: .operationResolutionFailure))
        }
        guard let only = document.operations.first else {
            throw RequestError(GraphQLError("Must provide an operation.", code: .operationResolutionFailure))
        }
        guard document.operations.count == 1 else {
            throw RequestError(
                GraphQLError(
                    "Must provide operation name if query contains multiple operations.",
                    code: .operationResolutionFailure))
        }
        return only
    }

    /// The plan of an operation under these conditions, made once.
    func plan(
        _ operation: OperationDefinition, conditions: ConditionValues, schema: GraphQLSchema,
        resolvers: ResolverTable, maximumFields: Int
    ) throws(RequestError) -> OperationPlan {
        let key = PlanKey(operation: operation.start, conditions: conditions)
        if let known = plans.withLock({ $0[key] }) { return known }
        var planner = Planner(
            document: document, fragments: fragments, schema: schema, resolvers: resolvers, conditions: conditions,
            maximumFields: maximumFields)
        let plan: OperationPlan
        do {
            plan = try planner.plan(operation)
        } catch {
            throw RequestError(error)
        }
        plans.withLock { plans in
            // A client can choose 2ⁿ combinations of conditions; nobody needs more than a few of them.
            if plans.count >= 64 { plans.removeAll() }
            plans[key] = plan
        }
        return plan
    }
}

/// Remembers what became of a document's text: bounded by bytes, the longest unused leave first.
final class DocumentCache: Sendable {
    typealias Entry = Result<PreparedDocument, RequestError>

    private struct State {
        var entries: [[UInt8]: (entry: Entry, lastUse: UInt64)] = [:]
        var bytes = 0
        var clock: UInt64 = 0
    }

    private let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int) {
        self.capacity = capacity
    }

    subscript(text: [UInt8]) -> Entry? {
        state.withLock { state in
            guard let index = state.entries.index(forKey: text) else { return nil }
            state.clock += 1
            state.entries.values[index].lastUse = state.clock
            return state.entries.values[index].entry
        }
    }

    func store(_ entry: Entry, for text: [UInt8]) {
        let cost = Self.cost(of: text)
        guard cost <= capacity / 4 else { return }
        state.withLock { state in
            state.clock += 1
            if state.entries.updateValue((entry, state.clock), forKey: text) == nil { state.bytes += cost }
            if state.bytes > capacity { evict(from: &state) }
        }
    }

    /// Drops the least recently used until a quarter is free, so that sorting is paid for once in many documents.
    private func evict(from state: inout State) {
        for (text, _) in state.entries.sorted(by: { $0.value.lastUse < $1.value.lastUse }) {
            if state.bytes <= capacity * 3 / 4 { return }
            state.entries[text] = nil
            state.bytes -= Self.cost(of: text)
        }
    }

    /// What a document costs in memory: its text, its nodes and one plan are about twenty times the text.
    private static func cost(of text: [UInt8]) -> Int {
        1024 + text.count * 20
    }
}
