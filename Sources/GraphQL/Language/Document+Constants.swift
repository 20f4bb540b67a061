// Literals without variables as values.

extension Document {
    /// A literal as a constant; nil when there is a variable in it.
    public func constant(_ value: Value) -> ConstantValue? {
        switch value.kind {
        case .variable: return nil
        case .null: return .null
        case .true: return .boolean(true)
        case .false: return .boolean(false)
        case .int: return .number(string(value.text), isInteger: true)
        case .float: return .number(string(value.text), isInteger: false)
        case .string, .blockString: return .string(stringValue(value))
        case .enum: return .enumValue(string(value.text))
        case .list:
            var items: [ConstantValue] = []
            for item in self[value.items] {
                guard let item = constant(item) else { return nil }
                items.append(item)
            }
            return .list(items)
        case .object:
            var fields: [ConstantField] = []
            for field in self[value.fields] {
                guard let constant = constant(field.value) else { return nil }
                fields.append(ConstantField(name: string(field.name), value: constant))
            }
            return .object(fields)
        }
    }
}
