/// The cost of a planned operation as a function of its variables.
///
/// One node per selection plan, those below before those above, so that one pass over an array gives the cost however
/// often fragments share a selection.
struct CostPlan: Sendable {
    /// What one object costs with all that is below it.
    struct Node {
        /// What does not depend on variables or lists below.
        var fieldCost = 0.0
        var typeCost = 0.0
        var terms: [Term] = []
    }

    /// A field with objects below it, or whose cost depends on variables.
    struct Term {
        /// Its own weight, and that of constant arguments.
        let fieldCost: Double
        let typeCost: Double
        /// Arguments whose weight depends on variables: indices in `inputs`.
        let inputs: [Int]
        let size: Size
        /// The weight of an item that is a leaf.
        let leafWeight: Double
        /// For each possible type of an item.
        let children: [Child]
    }

    struct Child {
        let weight: Double
        let node: Int
    }

    /// How many items a field has.
    enum Size: Hashable {
        case constant(Double)
        /// An index in `sizes`.
        case sliced(Int)
    }

    /// A size that arguments with variables decide.
    struct SlicedSize {
        let arguments: [Slice]
        let otherwise: Double
        let requiresOne: Bool
        let fieldName: String
        let offset: UInt32
    }

    /// A slicing argument of a planned field.
    struct Slice {
        enum Source {
            /// Known when the plan was made; nil: not given.
            case constant(InputValue?)
            /// As the document has it; nil: not given.
            case literal(Value?)
        }

        let source: Source
        let definition: InputValueDefinition
        let path: [Int]
    }

    /// An argument with a variable in it.
    struct Input {
        let literal: Value
        let definition: InputValueDefinition
        let weight: Double
    }

    var nodes: [Node] = []
    var sizes: [SlicedSize] = []
    var inputs: [Input] = []
    /// The weight of the root object.
    var rootWeight = 0.0
    /// The cost, when no variable changes it.
    var constant: OperationCost?

    /// The cost under the values of variables.
    ///
    /// An argument that fails its coercion counts as absent: its field will report it.
    func cost(
        _ variables: VariableValues, _ coercion: InputCoercion, _ model: CostModel
    ) throws(RequestError) -> OperationCost {
        if let constant { return constant }
        var known: [Double] = []
        known.reserveCapacity(sizes.count)
        for size in sizes { known.append(try size.value(variables, coercion)) }
        let given = inputs.map { input -> (fieldCost: Double, typeCost: Double) in
            // What can't be coerced counts as absent.
            let value = try? coercion.coerce(
                input.literal, of: input.definition, variables: variables, what: "Argument")
            guard let value = value ?? nil else { return (0, 0) }
            return model.inputCost(value, input.definition.type, weight: input.weight, coercion.schema)
        }
        return total(sizes: known, inputs: given)
    }

    /// The cost for known sizes and arguments.
    func total(sizes: [Double], inputs: [(fieldCost: Double, typeCost: Double)]) -> OperationCost {
        withUnsafeTemporaryAllocation(of: OperationCost.self, capacity: nodes.count) { costs in
            for (index, node) in nodes.enumerated() {
                var (fieldCost, typeCost) = (node.fieldCost, node.typeCost)
                for term in node.terms {
                    let size = if case .sliced(let index) = term.size { sizes[index] } else { term.size.constant }
                    var below = (fieldCost: 0.0, typeCost: term.leafWeight)
                    for child in term.children {
                        below.fieldCost = max(below.fieldCost, costs[child.node].fieldCost)
                        below.typeCost = max(below.typeCost, child.weight + costs[child.node].typeCost)
                    }
                    var own = term.fieldCost
                    typeCost += term.typeCost + size * below.typeCost
                    for input in term.inputs {
                        own += inputs[input].fieldCost
                        typeCost += inputs[input].typeCost
                    }
                    fieldCost += OperationCost.saturated(own) + size * below.fieldCost
                }
                costs.initializeElement(at: index, to: OperationCost(fieldCost: fieldCost, typeCost: typeCost))
            }
            guard let root = nodes.indices.last else { return OperationCost(fieldCost: 0, typeCost: rootWeight) }
            return OperationCost(fieldCost: costs[root].fieldCost, typeCost: costs[root].typeCost + rootWeight)
        }
    }
}

extension CostPlan.Size {
    fileprivate var constant: Double { if case .constant(let size) = self { size } else { 0 } }
}

extension CostPlan.SlicedSize {
    /// The largest of the slicing arguments that are given.
    func value(_ variables: VariableValues, _ coercion: InputCoercion) throws(RequestError) -> Double {
        var (largest, given, explicit) = (0.0, 0, 0)
        for argument in arguments {
            guard let value = argument.value(variables, coercion) else { continue }
            given += 1
            // A default must not count as a second one beside that which the client gave.
            if argument.definition.defaultValue == nil { explicit += 1 }
            largest = max(largest, value)
        }
        if requiresOne, explicit > 1 || given == 0 {
            let names = arguments.map { "\"\($0.definition.name)\"" }.joined(separator: ", ")
            throw RequestError(
                GraphQLError(
                    "Field \"\(fieldName)\" needs exactly one of its arguments \(names).",
                    code: .slicingArgumentRequired, locations: [coercion.document.location(of: offset)]))
        }
        return given == 0 ? otherwise : largest
    }
}

extension CostPlan.Slice {
    /// The value given; nil if there is none.
    fileprivate func value(_ variables: VariableValues, _ coercion: InputCoercion) -> Double? {
        let coerced: InputValue? =
            switch source {
            case .constant(let value): value
            // What can't be coerced counts as absent.
            case .literal(let literal):
                (try? coercion.coerce(literal, of: definition, variables: variables, what: "Argument")) ?? nil
            }
        guard var value = coerced else { return nil }
        for index in path {
            guard case .object(let fields) = value, let field = fields[index] else { return nil }
            value = field
        }
        guard case .int(let number) = value else { return nil }
        return Double(max(0, number))
    }
}
