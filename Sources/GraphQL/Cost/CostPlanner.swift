/// Compiles the cost of a planned operation.
struct CostPlanner {
    private let model: CostModel
    private let coercion: InputCoercion
    private var plan = CostPlan()
    /// By the number of the plan: the index of its node, or -1.
    private var nodes: [Int]
    /// The same for plans whose lists have a size from the field above.
    private var sizedNodes: [SizedPlan: Int] = [:]
    private var isVariable = false

    private struct SizedPlan: Hashable {
        let plan: Int
        let sized: Sized
    }

    /// The size of the lists that the field above names.
    private struct Sized: Hashable {
        let fields: [String]
        let size: CostPlan.Size
    }

    private init(_ model: CostModel, _ coercion: InputCoercion, planCount: Int) {
        self.model = model
        self.coercion = coercion
        nodes = Array(repeating: -1, count: planCount)
    }

    /// The cost of everything below the root.
    ///
    /// - Throws: what is wrong whatever the variables: a missing slicing argument.
    static func plan(
        _ root: SelectionPlan, _ model: CostModel, _ coercion: InputCoercion
    ) throws(RequestError) -> CostPlan {
        var planner = CostPlanner(model, coercion, planCount: root.number + 1)
        _ = try planner.node(of: root, sized: nil)
        planner.plan.rootWeight = model.weight(of: root.type.id)
        if !planner.isVariable { planner.plan.constant = planner.plan.total(sizes: [], inputs: []) }
        return planner.plan
    }

    private mutating func node(of selection: SelectionPlan, sized: Sized?) throws(RequestError) -> Int {
        let known =
            sized.map { sizedNodes[SizedPlan(plan: selection.number, sized: $0)] ?? -1 } ?? nodes[selection.number]
        if known >= 0 { return known }
        var node = CostPlan.Node()
        // Introspection is bounded by its depth; its answers don't grow with the data.
        if !selection.type.isIntrospection {
            for field in selection.fields { try add(field, to: &node, sized: sized) }
        }
        let index = plan.nodes.count
        plan.nodes.append(node)
        if let sized {
            sizedNodes[SizedPlan(plan: selection.number, sized: sized)] = index
        } else {
            nodes[selection.number] = index
        }
        return index
    }

    private mutating func add(
        _ field: PlannedField, to node: inout CostPlan.Node, sized: Sized?
    ) throws(RequestError) {
        let costs = model.costs(of: field.definition)
        let inputs = inputs(of: field, costs)
        let size = try size(of: field, costs)
        let isSized = costs.listSize.map { !$0.sizedFields.isEmpty } ?? false
        // The size that a field gives its own lists wins over the one that the field above gives it.
        let own: CostPlan.Size =
            if let size, !isSized { size } else if let sized, sized.fields.contains(field.definition.name) {
                sized.size
            } else {
                .constant(field.type.isList ? model.options.defaultListSize : 1)
            }
        var children: [CostPlan.Child] = []
        if let plans = field.children?.plans {
            let below = isSized ? size.map { Sized(fields: costs.listSize?.sizedFields ?? [], size: $0) } : nil
            for plan in plans {
                children.append(
                    CostPlan.Child(
                        weight: model.weight(of: plan.type.id), node: try self.node(of: plan, sized: below)))
            }
        }
        let leafWeight = field.children == nil && !isFree(field) ? model.weight(of: field.type.type) : 0
        let (fieldCost, typeCost) = (costs.weight + inputs.fieldCost, inputs.typeCost)
        if children.isEmpty, inputs.indices.isEmpty, leafWeight == 0 {
            node.fieldCost += OperationCost.saturated(fieldCost)
            node.typeCost += typeCost
        } else {
            node.terms.append(
                CostPlan.Term(
                    fieldCost: fieldCost, typeCost: typeCost, inputs: inputs.indices, size: own,
                    leafWeight: leafWeight, children: children))
        }
    }

    /// Whether the field is a meta field: they cost nothing.
    private func isFree(_ field: PlannedField) -> Bool { field.definition.index < 0 }

    private mutating func inputs(
        of field: PlannedField, _ costs: CostModel.FieldCosts
    ) -> (fieldCost: Double, typeCost: Double, indices: [Int]) {
        var (fieldCost, typeCost) = (0.0, 0.0)
        var indices: [Int] = []
        switch field.arguments {
        case .constant(let values):
            for (definition, value) in zip(field.definition.arguments, values.values) {
                guard let value, isCostly(definition, costs) else { continue }
                let cost = model.inputCost(
                    value, definition.type, weight: costs.arguments[definition.index], coercion.schema)
                fieldCost += cost.fieldCost
                typeCost += cost.typeCost
            }
        case .variable(let definitions, let literals):
            for (definition, literal) in zip(definitions, literals) {
                guard let literal, isCostly(definition, costs) else { continue }
                isVariable = true
                indices.append(plan.inputs.count)
                plan.inputs.append(
                    CostPlan.Input(
                        literal: literal, definition: definition, weight: costs.arguments[definition.index]))
            }
        }
        return (fieldCost, typeCost, indices)
    }

    /// Whether values of the argument can cost anything.
    private func isCostly(_ definition: InputValueDefinition, _ costs: CostModel.FieldCosts) -> Bool {
        definition.index < costs.arguments.count && costs.arguments[definition.index] != 0
            || coercion.schema[definition.type.type].kind == .inputObject
            || model.weight(of: definition.type.type) != 0
    }

    /// The size that `@listSize` gives; nil when it says nothing.
    private mutating func size(
        of field: PlannedField, _ costs: CostModel.FieldCosts
    ) throws(RequestError) -> CostPlan.Size? {
        guard let listSize = costs.listSize else { return nil }
        let otherwise = listSize.otherwise ?? model.options.defaultListSize
        guard !listSize.slicingArguments.isEmpty else { return .constant(otherwise) }
        let definitions = field.definition.arguments
        var slices: [CostPlan.Slice] = []
        for slice in listSize.slicingArguments {
            let definition = definitions[slice.argument]
            let source: CostPlan.Slice.Source =
                switch field.arguments {
                case .constant(let values): .constant(values.values[slice.argument])
                case .variable(_, let literals): .literal(literals[slice.argument])
                }
            slices.append(CostPlan.Slice(source: source, definition: definition, path: slice.path))
        }
        let sliced = CostPlan.SlicedSize(
            arguments: slices, otherwise: otherwise, requiresOne: listSize.requiresOne,
            fieldName: field.definition.name, offset: field.offset)
        if case .constant = field.arguments { return .constant(try sliced.value(.none, coercion)) }
        isVariable = true
        plan.sizes.append(sliced)
        return .sliced(plan.sizes.count - 1)
    }
}
