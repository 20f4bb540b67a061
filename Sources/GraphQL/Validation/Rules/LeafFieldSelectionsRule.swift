// Specification, section 5.3.3, https://spec.graphql.org/September2025/#sec-Leaf-Field-Selections

/// A field of an object, interface or union type has a selection set; a field of a scalar or enum type has none.
enum LeafFieldSelectionsRule {
    /// Compares a field's selection set with its type.
    @inline(__always)
    static func check(
        _ field: Selection, isComposite: Bool, _ type: TypeReference, _ context: inout ValidationContext
    ) {
        if isComposite == field.selections.isEmpty { report(field, type, &context) }
    }

    @inline(never)
    private static func report(_ field: Selection, _ type: TypeReference, _ context: inout ValidationContext) {
        let name = context.text(field.name)
        let typeText = context.schema.text(type)
        if field.selections.isEmpty {
            context.report(
                "Field \"\(name)\" of type \"\(typeText)\" must have a selection of subfields. "
                    + "Did you mean \"\(name) { ... }\"?", at: field.start)
        } else {
            context.report(
                "Field \"\(name)\" must not have a selection since type \"\(typeText)\" has no subfields.",
                at: braceOffset(of: field, context.document))
        }
    }

    /// The offset of the `{`, which nodes don't keep: the first brace behind the field that is in no argument.
    private static func braceOffset(of field: Selection, _ document: Document) -> UInt32 {
        document.source.withUnsafeBufferPointer { bytes in
            var lexer = Lexer(bytes)
            lexer.position = Int(field.start)
            var depth = 0
            // The parser has read these tokens before, so there is no error to see.
            while let token = try? lexer.next(), token.kind != .end {
                switch token.kind {
                case .parenLeft: depth += 1
                case .parenRight: depth -= 1
                case .braceLeft where depth == 0: return token.start
                default: break
                }
            }
            return field.start
        }
    }
}
