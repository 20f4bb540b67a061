import Schema

/// What a page has of the rows that a statement gave for it.
struct PageSlice<Item> {
    /// In the list's order.
    let items: [Item]
    private let hasMore: Bool
    private let arguments: ConnectionArguments

    /// `fetched` has the rows as the statement gave them, one more than asked if there are more.
    init(_ fetched: [Item], _ arguments: ConnectionArguments) {
        self.arguments = arguments
        hasMore = fetched.count > arguments.count
        let kept = fetched.prefix(arguments.count)
        items = arguments.direction == .backward ? kept.reversed() : Array(kept)
    }

    /// Whether there is more in front or behind.
    ///
    /// Where a client pages to, it is known; where it came from, only that it came from somewhere (specification,
    /// "PageInfo").
    func info(_ cursor: (Item) -> Cursor) -> PageInfoSource {
        let isForward = arguments.direction == .forward
        return PageInfoSource(
            hasNextPage: isForward ? hasMore : arguments.before != nil,
            hasPreviousPage: isForward ? arguments.after != nil : hasMore,
            startCursor: items.first.map { cursor($0).text },
            endCursor: items.last.map { cursor($0).text })
    }
}

extension PageSlice: Sendable where Item: Sendable {}
