import JSON

/// Why a value is not one of its type.
struct InputError: Swift.Error {
    let message: String
    /// Where the argument's value is written; nil if it is not.
    let offset: UInt32?

    init(_ message: String, at offset: UInt32? = nil) {
        self.message = message
        self.offset = offset
    }
}

/// The coerced variables of a request, by the order of the operation's definitions.
public struct VariableValues: Sendable, Hashable {
    let names: NameIndex
    /// nil: the client gave no value and there is no default.
    let values: [InputValue?]

    static let none = VariableValues(names: NameIndex([]), values: [])
}

/// Turns literals, JSON values and defaults into checked input values (specification section 3, "Input Coercion").
///
/// One per document, shared by its requests.
final class InputCoercion: Sendable {
    let document: Document
    let schema: GraphQLSchema
    /// By custom scalar: what refuses its values.
    let scalars: [String: @Sendable (InputValue) throws -> Void]

    init(document: Document, schema: GraphQLSchema, scalars: [String: @Sendable (InputValue) throws -> Void]) {
        self.document = document
        self.schema = schema
        self.scalars = scalars
    }

    // MARK: Literals

    /// A literal, or its absence, as the value of an argument or input field; nil if it has none.
    func coerce(
        _ literal: Value?, of definition: InputValueDefinition, variables: VariableValues, what: String
    ) throws(InputError) -> InputValue? {
        guard let literal, !isAbsent(literal, variables) else {
            if let value = definition.defaultValue { return try coerce(value, as: definition.type) }
            guard definition.type.isNonNull else { return nil }
            throw InputError(
                "\(what) \"\(definition.name)\" of required type \"\(schema.text(definition.type))\" was not provided.",
                at: literal?.start)
        }
        do {
            return try coerce(literal, as: definition.type, variables: variables)
        } catch {
            throw InputError("\(what) \"\(definition.name)\" has invalid value: \(error.message)", at: literal.start)
        }
    }

    private func isAbsent(_ literal: Value, _ variables: VariableValues) -> Bool {
        guard literal.kind == .variable else { return false }
        guard let index = index(of: literal.text, in: variables) else { return true }
        return variables.values[index] == nil
    }

    private func index(of name: Name, in variables: VariableValues) -> Int? {
        variables.names.index(of: name, in: document)
    }

    /// A literal as a value of `type`; a variable without a value counts as null.
    func coerce(_ literal: Value, as type: TypeReference, variables: VariableValues) throws(InputError) -> InputValue {
        if literal.kind == .variable {
            let value = index(of: literal.text, in: variables).flatMap { variables.values[$0] } ?? .null
            guard value != .null || !type.isNonNull else { throw nullError(type) }
            return value
        }
        if literal.kind == .null {
            guard !type.isNonNull else { throw nullError(type) }
            return .null
        }
        if type.isList {
            guard literal.kind == .list else {
                return .list([try coerce(literal, as: type.item, variables: variables)])
            }
            var items: [InputValue] = []
            for item in document[literal.items] {
                items.append(try coerce(item, as: type.item, variables: variables))
            }
            return .list(items)
        }
        let named = schema[type.type]
        switch named.kind {
        case .inputObject: return try coerceObject(literal, as: named, variables: variables)
        case .enum:
            guard literal.kind == .enum, let value = named.enumValue(named: literal.text, in: document) else {
                throw InputError("Value \(text(literal)) does not exist in \"\(named.name)\" enum.")
            }
            return .enumValue(value.name)
        default: return try coerceScalar(raw(literal, variables, isID: named.isID), as: named) { text(literal) }
        }
    }

    /// Why a custom scalar refuses a literal; nil when it does not, or when a variable in it leaves that open.
    func problem(_ literal: Value, asScalar type: NamedType) -> String? {
        guard !hasVariable(literal) else { return nil }
        do {
            _ = try coerceScalar(raw(literal, .none), as: type) { text(literal) }
            return nil
        } catch {
            return error.message
        }
    }

    private func coerceObject(
        _ literal: Value, as type: NamedType, variables: VariableValues
    ) throws(InputError) -> InputValue {
        guard literal.kind == .object else {
            throw InputError("Expected value of type \"\(type.name)\", found \(text(literal)).")
        }
        let fields = document[literal.fields]
        for field in fields where type.inputField(named: field.name, in: document) == nil {
            throw InputError("Field \"\(document.string(field.name))\" is not defined by type \"\(type.name)\".")
        }
        var values: [InputValue?] = []
        for definition in type.inputFields {
            let value = fields.first { document.isEqual($0.name, definition.name) }?.value
            values.append(try coerce(value, of: definition, variables: variables, what: "Field"))
        }
        try checkOneOf(values, of: type)
        return .object(values)
    }

    /// A literal for a scalar, in the shape in which it was written.
    ///
    /// An `ID` is an integer of any size: one beyond 64 bits becomes its digits.
    private func raw(
        _ literal: Value, _ variables: VariableValues, isID: Bool = false
    ) throws(InputError) -> InputValue {
        switch literal.kind {
        case .variable: return index(of: literal.text, in: variables).flatMap { variables.values[$0] } ?? .null
        case .null: return .null
        case .true: return .boolean(true)
        case .false: return .boolean(false)
        case .int:
            let digits = document.string(literal.text)
            if let value = Int64(digits) { return .int(value) }
            return isID ? .string(digits) : try float(digits)
        case .float: return try float(document.string(literal.text))
        case .string, .blockString: return .string(document.stringValue(literal))
        case .enum: return .enumValue(document.string(literal.text))
        case .list:
            var items: [InputValue] = []
            for item in document[literal.items] { items.append(try raw(item, variables)) }
            return .list(items)
        case .object:
            var members: [InputMember] = []
            for field in document[literal.fields] {
                members.append(InputMember(document.string(field.name), try raw(field.value, variables)))
            }
            return .record(members)
        }
    }

    private func float(_ digits: String) throws(InputError) -> InputValue {
        guard let value = Double(digits), value.isFinite else {
            throw InputError("The number \(digits) is out of range.")
        }
        return .float(value)
    }

    // MARK: JSON

    /// A JSON value, as a variable has it, as a value of `type`.
    func coerce(_ json: JSONValue, as type: TypeReference) throws(InputError) -> InputValue {
        if case .null = json {
            guard !type.isNonNull else { throw nullError(type) }
            return .null
        }
        if type.isList {
            guard case .array(let elements) = json else { return .list([try coerce(json, as: type.item)]) }
            var items: [InputValue] = []
            for (index, element) in elements.enumerated() {
                do {
                    items.append(try coerce(element, as: type.item))
                } catch {
                    throw InputError("at index \(index): \(error.message)")
                }
            }
            return .list(items)
        }
        let named = schema[type.type]
        switch named.kind {
        case .inputObject: return try coerceObject(json, as: named)
        case .enum:
            guard case .string(let name) = json, let value = named.enumValue(named: name) else {
                throw InputError("Value \(text(json)) does not exist in \"\(named.name)\" enum.")
            }
            return .enumValue(value.name)
        default: return try coerceScalar(raw(json, as: named), as: named) { text(json) }
        }
    }

    private func coerceObject(_ json: JSONValue, as type: NamedType) throws(InputError) -> InputValue {
        guard case .object(let object) = json else {
            throw InputError("Expected type \"\(type.name)\" to be an object.")
        }
        for member in object.members where type.inputField(named: member.key) == nil {
            throw InputError("Field \"\(member.key)\" is not defined by type \"\(type.name)\".")
        }
        var values: [InputValue?] = []
        for definition in type.inputFields {
            if let member = json[definition.name] {
                do {
                    values.append(try coerce(member, as: definition.type))
                } catch {
                    throw InputError("at \"\(definition.name)\": \(error.message)")
                }
            } else if let value = definition.defaultValue {
                values.append(try coerce(value, as: definition.type))
            } else if definition.type.isNonNull {
                throw InputError(
                    "Field \"\(definition.name)\" of required type \"\(schema.text(definition.type))\" was not provided."
                )
            } else {
                values.append(nil)
            }
        }
        try checkOneOf(values, of: type)
        return .object(values)
    }

    /// A JSON number is an integer by its value, not by its spelling: `1.0` is an `Int` (specification section 3.5.1).
    private func raw(_ json: JSONValue, as scalar: NamedType) throws(InputError) -> InputValue {
        switch json {
        case .double(let number) where scalar.name == "Int" || scalar.isID:
            if let exact = Int64(exactly: number) { return .int(exact) }
        case .numberText(let text) where scalar.isID && text.isInteger: return .string(text)
        default: break
        }
        return try raw(json)
    }

    private func raw(_ json: JSONValue) throws(InputError) -> InputValue {
        switch json {
        case .null: return .null
        case .bool(let value): return .boolean(value)
        case .int(let value): return .int(value)
        case .double(let value): return .float(value)
        case .numberText(let text): return try float(text)
        case .string(let value): return .string(value)
        case .array(let elements):
            var items: [InputValue] = []
            for element in elements { items.append(try raw(element)) }
            return .list(items)
        case .object(let object):
            var members: [InputMember] = []
            for member in object.members { members.append(InputMember(member.key, try raw(member.value))) }
            return .record(members)
        }
    }

    // MARK: Defaults

    /// A default value of the schema as a value of `type`.
    ///
    /// The schema's validation has checked it.
    func coerce(_ constant: ConstantValue, as type: TypeReference) throws(InputError) -> InputValue {
        if case .null = constant { return .null }
        if type.isList {
            guard case .list(let elements) = constant else { return .list([try coerce(constant, as: type.item)]) }
            var items: [InputValue] = []
            for element in elements { items.append(try coerce(element, as: type.item)) }
            return .list(items)
        }
        let named = schema[type.type]
        guard named.kind == .inputObject else {
            let value = raw(constant, isID: named.isID)
            return named.kind == .enum ? value : try coerceScalar(value, as: named) { "default" }
        }
        var values: [InputValue?] = []
        for definition in named.inputFields {
            if let given = constant[definition.name] ?? definition.defaultValue {
                values.append(try coerce(given, as: definition.type))
            } else {
                values.append(nil)
            }
        }
        return .object(values)
    }

    private func raw(_ constant: ConstantValue, isID: Bool = false) -> InputValue {
        switch constant {
        case .null: .null
        case .boolean(let value): .boolean(value)
        case .int(let value): .int(value)
        case .float(let value): .float(value)
        case .bigNumber(let text): isID ? .string(text) : .float(Double(text) ?? .infinity)
        case .string(let value): .string(value)
        case .enumValue(let name): .enumValue(name)
        case .list(let elements): .list(elements.map { raw($0) })
        case .object(let fields): .record(fields.map { InputMember($0.name, raw($0.value)) })
        }
    }

    // MARK: Scalars

    /// Checks a value against a scalar (specification section 3.5.1 to 3.5.6).
    private func coerceScalar(
        _ value: InputValue, as type: NamedType, text: () -> String
    ) throws(InputError) -> InputValue {
        switch (type.name, value) {
        case ("Int", .int(let number)):
            guard Int32(exactly: number) != nil else {
                throw InputError("Int cannot represent non 32-bit signed integer value: \(text())")
            }
            return value
        case ("Float", .int(let number)): return .float(Double(number))
        case ("Float", .float), ("String", .string), ("Boolean", .boolean), ("ID", .string): return value
        case ("ID", .int(let number)): return .string(String(number))
        case ("Int", _): throw InputError("Int cannot represent non-integer value: \(text())")
        case ("Float", _): throw InputError("Float cannot represent non numeric value: \(text())")
        case ("String", _): throw InputError("String cannot represent a non string value: \(text())")
        case ("Boolean", _): throw InputError("Boolean cannot represent a non boolean value: \(text())")
        case ("ID", _): throw InputError("ID cannot represent a non-string and non-integer value: \(text())")
        default:
            do {
                try scalars[type.name]?(value)
            } catch {
                let reason = (error as? InputDecodingError)?.message ?? "invalid value"
                throw InputError("\(type.name) cannot represent \(text()): \(reason)")
            }
            return value
        }
    }

    private func checkOneOf(_ values: [InputValue?], of type: NamedType) throws(InputError) {
        guard type.isOneOf else { return }
        let given = values.compactMap { $0 }
        guard given.count == 1, given[0] != .null else {
            throw InputError(
                "Exactly one key must be specified for OneOf type \"\(type.name)\", with a non-null value.")
        }
    }

    private func nullError(_ type: TypeReference) -> InputError {
        InputError("Expected value of type \"\(schema.text(type))\", found null.")
    }

    /// Whether a literal is a variable or has one in it.
    func hasVariable(_ value: Value) -> Bool {
        switch value.kind {
        case .variable: true
        case .list: document[value.items].contains(where: hasVariable)
        case .object: document[value.fields].contains { hasVariable($0.value) }
        default: false
        }
    }

    private func text(_ literal: Value) -> String {
        switch literal.kind {
        case .variable: "$" + document.string(literal.text)
        case .true: "true"
        case .false: "false"
        case .null: "null"
        case .string, .blockString: "\"\(document.stringValue(literal))\""
        case .list: "[…]"
        case .object: "{…}"
        case .int, .float, .enum: document.string(literal.text)
        }
    }

    private func text(_ json: JSONValue) -> String {
        var writer = JSONWriter(capacity: 64)
        writer.write(json)
        return String(decoding: writer.finish(), as: UTF8.self)
    }
}

extension NamedType {
    /// Whether it is the scalar `ID`.
    fileprivate var isID: Bool { name == "ID" }
}

extension String {
    /// Whether a number's text has neither fraction nor exponent.
    fileprivate var isInteger: Bool { !utf8.contains { ".eE".utf8.contains($0) } }
}
