// Specification, section 5.6.1, https://spec.graphql.org/September2025/#sec-Values-of-Correct-Type

/// A literal can be coerced to the type that is expected in its place.
///
/// Variables are the matter of `AllVariableUsagesAreAllowedRule`; what is in lists and input objects is visited on its
/// own. A custom scalar judges a literal as a whole, unless a variable in it leaves its value open.
enum ValuesOfCorrectTypeRule {
    /// Checks a literal as a whole.
    @inline(__always)
    static func check(_ value: Value, _ expected: ExpectedValue, _ context: inout ValidationContext) {
        guard expected.isChecked, let type = expected.type else { return }
        if !isAcceptable(value, as: type, context) { report(value, type, &context) }
    }

    private static func isAcceptable(
        _ value: Value, as type: TypeReference, _ context: borrowing ValidationContext
    ) -> Bool {
        guard value.kind != .null else { return !type.isNonNull }
        let named = context.schema[type.type]
        switch named.kind {
        case .scalar: return isAcceptable(value, asScalar: named, context)
        case .enum: return value.kind == .enum && named.enumValue(named: value.text, in: context.document) != nil
        default: return false
        }
    }

    private static func isAcceptable(
        _ value: Value, asScalar type: NamedType, _ context: borrowing ValidationContext
    ) -> Bool {
        let document = context.document
        return switch SpecifiedScalar(type) {
        case .int: value.kind == .int && Int32(document.string(value.text)) != nil
        case .float: value.kind == .int || value.kind == .float ? isFinite(value, document) : false
        case .string: value.isString
        case .boolean: value.kind == .true || value.kind == .false
        case .id: value.isString || value.kind == .int
        case nil: context.coercion.problem(value, asScalar: type) == nil
        }
    }

    private static func isFinite(_ value: Value, _ document: Document) -> Bool {
        // Short numbers without an exponent are finite: no need to read them.
        if value.text.length < 16, value.kind == .int { return true }
        return Double(document.string(value.text))?.isFinite ?? false
    }

    @inline(never)
    private static func report(_ value: Value, _ type: TypeReference, _ context: inout ValidationContext) {
        let named = context.schema[type.type]
        context.report(message(value, type, named, context), at: value.start)
    }

    private static func message(
        _ value: Value, _ type: TypeReference, _ named: NamedType, _ context: borrowing ValidationContext
    ) -> String {
        let text = context.text(value)
        if value.kind == .null || named.kind == .inputObject {
            return "Expected value of type \"\(context.schema.text(type))\", found \(text)."
        }
        if named.kind == .enum {
            let suggestion = context.suggestion(for: text, among: named.enumValues.lazy.map(\.name), "the enum value")
            return value.kind == .enum
                ? "Value \"\(text)\" does not exist in \"\(named.name)\" enum." + suggestion
                : "Enum \"\(named.name)\" cannot represent non-enum value: \(text)." + suggestion
        }
        switch SpecifiedScalar(named) {
        case .int where value.kind == .int: return "Int cannot represent non 32-bit signed integer value: \(text)"
        case .int: return "Int cannot represent non-integer value: \(text)"
        case .float where value.kind == .int || value.kind == .float:
            return "Float cannot represent non finite value: \(text)"
        case .float: return "Float cannot represent non numeric value: \(text)"
        case .string: return "String cannot represent a non string value: \(text)"
        case .boolean: return "Boolean cannot represent a non boolean value: \(text)"
        case .id: return "ID cannot represent a non-string and non-integer value: \(text)"
        case nil:
            return context.coercion.problem(value, asScalar: named)
                ?? "Expected value of type \"\(context.schema.text(type))\", found \(text)."
        }
    }
}

/// The scalars whose values the specification defines.
private enum SpecifiedScalar: String {
    case int = "Int"
    case float = "Float"
    case string = "String"
    case boolean = "Boolean"
    case id = "ID"

    init?(_ type: NamedType) {
        guard type.isBuiltIn else { return nil }
        self.init(rawValue: type.name)
    }
}
