// The four arguments of every connection, checked in one place (GraphQL Cursor Connections Specification, "Arguments").

public import GraphQL
import JSON

/// Arguments of a field that has `first`, `after`, `last` and `before`.
///
/// The generator declares the conformances.
public protocol PagingArguments {
    /// How many from the front.
    var first: Int32? { get }
    /// Only what comes after this cursor.
    var after: String? { get }
    /// How many from the back.
    var last: Int32? { get }
    /// Only what comes before this cursor.
    var before: String? { get }
}

/// Which page of a connection the client wants.
public struct ConnectionArguments: Hashable, Sendable {
    /// From which end the page is counted.
    public enum Direction: Hashable, Sendable {
        /// From the front: `first`, or neither of the two.
        case forward
        /// From the back: `last`.
        case backward
    }

    /// How many edges a page has if the client doesn't say.
    public static let defaultCount = 20
    /// The most edges of a page.
    public static let maximumCount = 100

    /// From which end the page is counted.
    public let direction: Direction
    /// How many edges the page has at most; 0 to ``maximumCount``.
    public let count: Int
    /// The place behind which the page lies.
    public let after: Cursor?
    /// The place before which the page lies.
    public let before: Cursor?

    /// Checks the arguments of a field.
    ///
    /// - Throws: `BAD_USER_INPUT` for `first` together with `last`, a count that is negative or more than `maximum`, and
    ///   a text that is no cursor.
    public init(
        _ arguments: some PagingArguments,
        default: Int = ConnectionArguments.defaultCount,
        maximum: Int = ConnectionArguments.maximumCount
    ) throws(FieldError) {
        let first = try Self.count(arguments.first, name: "first", maximum: maximum)
        let last = try Self.count(arguments.last, name: "last", maximum: maximum)
        if first != nil && last != nil {
            throw Self.refusal("\"first\" and \"last\" can't be given together", argument: "last")
        }
        direction = last == nil ? .forward : .backward
        count = first ?? last ?? `default`
        after = try Self.cursor(arguments.after, name: "after")
        before = try Self.cursor(arguments.before, name: "before")
    }

    private static func count(_ value: Int32?, name: String, maximum: Int) throws(FieldError) -> Int? {
        guard let value else { return nil }
        guard value >= 0 else { throw refusal("\"\(name)\" can't be negative", argument: name) }
        guard value <= maximum else { throw refusal("\"\(name)\" can't be more than \(maximum)", argument: name) }
        return Int(value)
    }

    private static func cursor(_ text: String?, name: String) throws(FieldError) -> Cursor? {
        guard let text else { return nil }
        guard let cursor = Cursor(text) else { throw refusal("\"\(name)\" is no cursor of this API", argument: name) }
        return cursor
    }

    /// The answer for a cursor that is well-formed but has not the sort keys of this list.
    public static func foreignCursor(argument: String) -> FieldError {
        refusal("\"\(argument)\" is a cursor of another list", argument: argument)
    }

    private static func refusal(_ message: String, argument: String) -> FieldError {
        FieldError(message, code: .badUserInput, extensions: ["argument": .string(argument)])
    }
}
