import Schema

/// What a client says about the order of a list: by what, and from which end.
///
/// The inputs of `schema.graphql` conform in `ListOrders.swift`, which says what each of their fields means.
protocol ListOrder: Sendable {
    associatedtype Criterion: Sendable

    var field: Criterion { get }
    var direction: OrderDirection { get }

    /// The columns to sort by, of which the last makes the order total; an index has them.
    static func keys(_ field: Criterion) -> [SortKey]
}

extension ListDefinition {
    /// The list in the order that a client chose; its own if it did not.
    func ordered<Order: ListOrder>(by order: Order?) -> ListDefinition {
        guard let order else { return self }
        return ListDefinition(
            source: source, parentColumn: parentColumn, order: Order.keys(order.field),
            isDescending: order.direction == .descending, condition: condition, isOfDeleted: isOfDeleted,
            merged: merged)
    }
}
