// The directives of the schema as numbers, read once: what each type, field and argument weighs, and how long lists are.

/// The weights and list sizes of a schema.
struct CostModel: Sendable {
    /// What the values of a type cost.
    private struct TypeCosts {
        let weight: Double
        /// By `FieldDefinition.index`.
        let fields: [FieldCosts]
        /// By `InputValueDefinition.index`.
        let inputFields: [Double]
    }

    /// What a field costs.
    ///
    /// A class, because each planned field looks at it: a struct's arrays were retained one by one.
    final class FieldCosts: Sendable {
        let weight: Double
        let listSize: ListSize?
        /// By `InputValueDefinition.index`.
        let arguments: [Double]

        init(weight: Double, listSize: ListSize?, arguments: [Double]) {
            self.weight = weight
            self.listSize = listSize
            self.arguments = arguments
        }

        static let free = FieldCosts(weight: 0, listSize: nil, arguments: [0])
    }

    let options: CostOptions
    private let types: [TypeCosts]

    init(_ schema: GraphQLSchema, _ options: CostOptions) {
        self.options = options
        types = schema.types.map { type in
            if type.isIntrospection { return TypeCosts(weight: 0, fields: [], inputFields: []) }
            let own = type.isComposite || type.kind == .inputObject ? options.compositeWeight : options.leafWeight
            return TypeCosts(
                weight: type.directives.weight ?? own,
                fields: type.fields.map { field in
                    FieldCosts(
                        weight: field.directives.weight ?? Self.weight(of: field.type, schema, options),
                        listSize: ListSize(field, schema),
                        arguments: Self.weights(of: field.arguments, schema, options))
                },
                inputFields: Self.weights(of: type.inputFields, schema, options))
        }
    }

    /// The weight of one value of a type.
    func weight(of type: TypeID) -> Double { types[type.index].weight }

    /// What a field of an object type costs; the meta fields cost nothing.
    func costs(of field: FieldDefinition) -> FieldCosts {
        field.index < 0 ? .free : types[field.parent.index].fields[field.index]
    }

    /// What a value given to an argument or input field costs, all that is inside it included; weights may be negative.
    func inputCost(
        _ value: InputValue, _ type: TypeReference, weight: Double, _ schema: GraphQLSchema
    ) -> (fieldCost: Double, typeCost: Double) {
        var (fieldCost, typeCost) = (weight, 0.0)
        addInput(value, type, schema, &fieldCost, &typeCost)
        return (fieldCost, typeCost)
    }

    private func addInput(
        _ value: InputValue, _ type: TypeReference, _ schema: GraphQLSchema, _ fieldCost: inout Double,
        _ typeCost: inout Double
    ) {
        switch value {
        case .null: break
        case .list(let items):
            for item in items { addInput(item, type.item, schema, &fieldCost, &typeCost) }
        case .object(let values):
            typeCost += types[type.type.index].weight
            for (field, value) in zip(schema[type.type].inputFields, values) {
                guard let value else { continue }
                fieldCost += types[type.type.index].inputFields[field.index]
                addInput(value, field.type, schema, &fieldCost, &typeCost)
            }
        default: typeCost += types[type.type.index].weight
        }
    }

    private static func weight(of type: TypeReference, _ schema: GraphQLSchema, _ options: CostOptions) -> Double {
        let kind = schema[type.type].kind
        return kind == .scalar || kind == .enum ? options.leafWeight : options.compositeWeight
    }

    private static func weights(
        of values: [InputValueDefinition], _ schema: GraphQLSchema, _ options: CostOptions
    ) -> [Double] {
        values.map { $0.directives.weight ?? weight(of: $0.type, schema, options) }
    }
}

/// What `@listSize` says of a field.
struct ListSize: Sendable {
    /// An argument that bounds the size: its index, and the indices of the input fields below it.
    struct SlicingArgument {
        let argument: Int
        let path: [Int]
    }

    let slicingArguments: [SlicingArgument]
    /// The size when none of the arguments is given; nil: the default of the options.
    let otherwise: Double?
    /// The names of the lists that have the size; empty: the field itself.
    let sizedFields: [String]
    let requiresOne: Bool

    init?(_ field: FieldDefinition, _ schema: GraphQLSchema) {
        guard let directive = field.directives.first(named: "listSize") else { return nil }
        slicingArguments = directive.strings("slicingArguments").compactMap { path in
            SlicingArgument(path, of: field, schema)
        }
        let slicingDefault = slicingArguments.isEmpty ? nil : directive.int("slicingArgumentDefaultValue")
        otherwise = (slicingDefault ?? directive.int("assumedSize")).map(Double.init)
        sizedFields = directive.strings("sizedFields")
        requiresOne = !slicingArguments.isEmpty && directive["requireOneSlicingArgument"] != .boolean(false)
    }
}

extension ListSize.SlicingArgument {
    /// Finds `argument` or `argument.field.field`; nil if there is no such thing or it is no Int.
    init?(_ text: String, of field: FieldDefinition, _ schema: GraphQLSchema) {
        let names = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard let first = names.first, let argument = field.argument(named: first) else { return nil }
        var type = argument.type
        var path: [Int] = []
        for name in names.dropFirst() {
            guard !type.isList, let next = schema[type.type].inputField(named: name) else { return nil }
            path.append(next.index)
            type = next.type
        }
        guard !type.isList, schema[type.type].name == "Int" else { return nil }
        self.argument = argument.index
        self.path = path
    }
}

extension [AppliedDirective] {
    /// The weight that `@cost` gives.
    fileprivate var weight: Double? { first(named: "cost").flatMap(\.weight) }
}

extension AppliedDirective {
    /// The weight of `@cost`; nil if it is no finite number.
    var weight: Double? {
        guard case .string(let text)? = self["weight"], let weight = Double(text), weight.isFinite else { return nil }
        return weight
    }

    /// A list of strings; a single one counts as a list.
    func strings(_ argument: String) -> [String] {
        switch self[argument] {
        case .list(let items): items.compactMap { if case .string(let text) = $0 { text } else { nil } }
        case .string(let text): [text]
        default: []
        }
    }

    /// An integer.
    func int(_ argument: String) -> Int64? {
        if case .int(let value)? = self[argument] { value } else { nil }
    }
}
