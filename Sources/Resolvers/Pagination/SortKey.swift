/// A column of the order of a list.
struct SortKey: Sendable {
    enum Kind: Sendable {
        case timestamp
        case integer
        case uuid
        case text
        /// A number of any length, which goes as text.
        case decimal
    }

    /// The column with its table, or an expression that an index has.
    let column: String
    let kind: Kind

    static func timestamp(_ column: String) -> SortKey { SortKey(column: column, kind: .timestamp) }
    static func integer(_ column: String) -> SortKey { SortKey(column: column, kind: .integer) }
    static func uuid(_ column: String) -> SortKey { SortKey(column: column, kind: .uuid) }
    static func text(_ column: String) -> SortKey { SortKey(column: column, kind: .text) }
    static func decimal(_ column: String) -> SortKey { SortKey(column: column, kind: .decimal) }

    /// A moment that may be none yet: what has none comes after everything that has.
    static func timestampOrNever(_ column: String) -> SortKey {
        .timestamp("coalesce(\(column), 'infinity'::timestamptz)")
    }
}
