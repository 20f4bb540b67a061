// Specification, section 5.3.2, https://spec.graphql.org/September2025/#sec-Field-Selection-Merging
//
// Comparing all pairs of fields, as the specification writes it, is what attackers hope for. So documents are first
// checked set by set (`FieldMergeCheck`), which is near-linear and has the verdict; only a document that fails is
// searched pair by pair (`FieldConflictSearch`), for errors that name the fields as people expect it. Both have a budget.

/// Fields that answer under the same response key can be merged into one.
enum FieldSelectionMergingRule {
    /// Checks all selection sets; `reached` knows the fragments that operations reach.
    static func check(_ reached: FragmentWalk, _ context: inout ValidationContext) {
        var check = FieldMergeCheck(context)
        switch check.verdict(reached) {
        case .mergeable: break
        case .tooCostly: context.reportTooComplex("comparing its overlapping fields")
        case .conflict(let conflict):
            var search = FieldConflictSearch(context)
            let conflicts = search.conflicts()
            for conflict in conflicts.isEmpty ? [conflict] : conflicts where !context.errors.isFull {
                context.errors.add(conflict.message(context), at: conflict.offsets(context.document))
            }
        }
    }
}

/// Why two fields, or sets of fields, with the same response key cannot be merged.
struct FieldConflict {
    enum Reason {
        /// They select different fields.
        case differentFields(Name, Name)
        /// Their arguments differ.
        case differentArguments
        /// One is streamed and the other is not, or not in the same way (incremental delivery).
        case differentStreams
        /// Their values have different shapes.
        case differentTypes(TypeReference, TypeReference)
        /// Fields in their selection sets conflict.
        case subfields([FieldConflict])
    }

    let responseKey: Name
    let reason: Reason
    /// The fields of the first set that take part, outside in, by index.
    let first: [Int]
    /// The fields of the second set.
    let second: [Int]

    /// The offsets of all fields that take part, in customary order.
    func offsets(_ document: Document) -> [UInt32] {
        (first + second).map { document.selections[$0].start }
    }

    func message(_ context: borrowing ValidationContext) -> String {
        "Fields \"\(context.text(responseKey))\" conflict because \(reasonText(context)). Use different aliases on the "
            + "fields to fetch both if this was intentional."
    }

    private func reasonText(_ context: borrowing ValidationContext) -> String {
        switch reason {
        case .differentFields(let one, let other):
            return "\"\(context.text(one))\" and \"\(context.text(other))\" are different fields"
        case .differentArguments: return "they have differing arguments"
        case .differentStreams: return "they have differing stream directives"
        case .differentTypes(let one, let other):
            return "they return conflicting types \"\(context.schema.text(one))\" and "
                + "\"\(context.schema.text(other))\""
        case .subfields(let conflicts):
            var parts: [String] = []
            for conflict in conflicts {
                let key = context.text(conflict.responseKey)
                parts.append("subfields \"\(key)\" conflict because \(conflict.reasonText(context))")
            }
            return parts.joined(separator: " and ")
        }
    }
}
