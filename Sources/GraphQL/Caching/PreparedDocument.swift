import Synchronization

/// A parsed and valid document with the plans that were made of it.
final class PreparedDocument: Sendable {
    /// What tells the plans of one document apart.
    struct PlanKey: Hashable {
        /// The offset of the operation.
        let operation: UInt32
        let conditions: ConditionValues
        let delivery: Delivery
    }

    private struct KeptPlan {
        let key: PlanKey
        let plan: OperationPlan
        var lastUse: UInt64
    }

    private struct Plans {
        var kept: [KeptPlan] = []
        var bytes = 0
        var clock: UInt64 = 0

        mutating func keep(_ plan: OperationPlan, for key: PlanKey, maximumBytes: Int) {
            // Two requests may have planned the same at once.
            guard plan.heapBytes <= maximumBytes, !kept.contains(where: { $0.key == key }) else { return }
            clock += 1
            kept.append(KeptPlan(key: key, plan: plan, lastUse: clock))
            bytes += plan.heapBytes
            while kept.count > maximumPlans || bytes > maximumBytes,
                let oldest = kept.indices.min(by: { kept[$0].lastUse < kept[$1].lastUse })
            {
                bytes -= kept.remove(at: oldest).plan.heapBytes
            }
        }
    }

    let document: Document
    /// Coerces what the document and its requests bring along.
    let coercion: InputCoercion
    private let operations: [PreparedOperation]
    /// Whether there is a `@defer` or `@stream`.
    let isIncremental: Bool
    private let fragments: FragmentTable
    private let documentBytes: Int
    private let maximumPlanBytes: Int
    private let plans = Mutex(Plans())

    /// How many plans are kept: a client can choose 2ⁿ combinations of conditions, nobody needs more than a few.
    static let maximumPlans = 16

    /// Takes a valid document; its plans may together take so many bytes.
    init(_ coercion: InputCoercion, maximumPlanBytes: Int) {
        let document = coercion.document
        self.document = document
        self.coercion = coercion
        self.maximumPlanBytes = maximumPlanBytes
        let conditionNames = ConditionValues.names(in: document)
        operations = document.operations.map {
            PreparedOperation($0, in: document, conditionNames: conditionNames, schema: coercion.schema)
        }
        isIncremental = document.directives.contains { document.isIncremental($0) }
        fragments = FragmentTable(document)
        documentBytes =
            HeapSize.object(88) + HeapSize.object(24) + document.heapBytes + fragments.heapBytes
            + HeapSize.array(conditionNames.names)
            + conditionNames.names.reduce(0) { $0 + HeapSize.string($1) } + HeapSize.array(deep: operations)
    }

    /// The operation to run (specification section 6.1, GetOperation).
    func operation(named name: String?) throws(RequestError) -> PreparedOperation {
        if let name {
            // An anonymous operation has no name, so the empty string does not name it.
            if let operation = operations.first(where: {
                !$0.definition.name.isEmpty && document.isEqual($0.definition.name, name)
            }) {
                return operation
            }
            throw RequestError(
                GraphQLError("Unknown operation named \"\(name)\".", code: .operationResolutionFailure))
        }
        guard let only = operations.first else {
            throw RequestError(GraphQLError("Must provide an operation.", code: .operationResolutionFailure))
        }
        guard operations.count == 1 else {
            throw RequestError(
                GraphQLError(
                    "Must provide operation name if query contains multiple operations.",
                    code: .operationResolutionFailure))
        }
        return only
    }

    /// The plan that was kept under the key.
    func plan(for key: PlanKey) -> OperationPlan? {
        plans.withLock { plans in
            guard let index = plans.kept.firstIndex(where: { $0.key == key }) else { return nil }
            plans.clock += 1
            plans.kept[index].lastUse = plans.clock
            return plans.kept[index].plan
        }
    }

    /// Plans an operation and keeps the plan; the least recently used leave for it.
    func makePlan(
        _ operation: OperationDefinition, for key: PlanKey, in context: PlanningContext
    ) throws(RequestError) -> OperationPlan {
        var planner = Planner(
            document: document, fragments: fragments, conditions: key.conditions, delivery: key.delivery,
            context: context)
        let plan = try planner.plan(operation)
        plans.withLock { $0.keep(plan, for: key, maximumBytes: maximumPlanBytes) }
        return plan
    }
}

extension PreparedDocument: HeapSized {
    /// The document and the plans that it keeps now.
    var heapBytes: Int { documentBytes + plans.withLock { $0.bytes } }
}
