/// What a loaded resolver gets beside parents and arguments.
public struct FieldCall: Sendable {
    /// The request's own state: loaders, viewer, clock.
    public let context: ExecutionContext
    /// Which fields the client asked for below this one.
    public let selection: FieldSelection
}

/// The fields that a client asked for below a field: a look ahead, so that nothing unasked is fetched.
public struct FieldSelection: Sendable {
    let children: PlannedChildren?

    /// Whether the field `name` (its name in the schema, not its alias) is asked for on any possible type.
    public func contains(_ name: String) -> Bool {
        children?.plans.contains { plan in plan.fieldsWithDeferred.contains { $0.definition.name == name } } ?? false
    }

    /// Whether no fields but these (and `__typename`) are asked for on any possible type.
    public func isWithin(_ names: Set<String>) -> Bool {
        children?.plans.allSatisfy { plan in
            plan.fieldsWithDeferred.allSatisfy { $0.definition.metaField != nil || names.contains($0.definition.name) }
        } ?? true
    }

    /// The selection below the field `name`, merged over all possible types: empty if it isn't asked for.
    public func below(_ name: String) -> [FieldSelection] {
        guard let children else { return [] }
        return children.plans.flatMap { plan in
            plan.fieldsWithDeferred.filter { $0.definition.name == name }.map { FieldSelection(children: $0.children) }
        }
    }
}

extension SelectionPlan {
    /// All fields that will be read from the objects: those of later payloads need what is fetched now, too.
    fileprivate var fieldsWithDeferred: [PlannedField] {
        isDeferring ? fields + deferred.flatMap(\.plan.fields) : fields
    }
}
