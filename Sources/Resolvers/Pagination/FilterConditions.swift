import Database
import Foundation
import GraphQL
import Schema

// The conditions of which filters are made. What a filter does not say is nil, and asks nothing.
extension SQL {
    /// The conditions of a filter together; nil if it has none.
    static func filter(_ conditions: SQL?...) -> SQL? { all(conditions.compactMap { $0 }) }

    /// One of some values of an enum.
    static func column<Value: RawRepresentable<String>>(_ column: String, isOneOf values: [Value]?) -> SQL? {
        values.map { "\(unsafeSQL: column) = any(\($0.map(\.rawValue)))" }
    }

    /// A reference to one of some things; identifiers of nothing fit nothing.
    static func column<Tag: NodeTypeTag>(_ column: String, isOneOf ids: [ID]?, _: Tag.Type) -> SQL? {
        ids.map { ids in "\(unsafeSQL: column) = any(\(ids.compactMap { Tag.uuid(in: $0)?.uuid }))" }
    }

    /// A text with another in it, in capitals or not.
    static func text(_ expression: String, has text: String?) -> SQL? {
        text.map { "strpos(lower(\(unsafeSQL: expression)), lower(\($0))) > 0" }
    }

    /// A text that is another, in capitals or not.
    static func word(_ column: String, is word: String?) -> SQL? {
        word.map { "lower(\(unsafeSQL: column)) = lower(\($0))" }
    }

    /// A moment that is another or later.
    static func moment(_ column: String, isFrom moment: DateTimeScalar?) -> SQL? {
        moment.map { "\(unsafeSQL: column) >= \(Timestamp($0))" }
    }

    /// A moment before another.
    static func moment(_ column: String, isBefore moment: DateTimeScalar?) -> SQL? {
        moment.map { "\(unsafeSQL: column) < \(Timestamp($0))" }
    }
}
