import Database
import GraphQL
import Schema

// Columns as leaves of the response. Text stays where libpq put it.
extension Row {
    func leaf(_ column: Int) -> Text { Text(text(column)) }

    func optionalLeaf(_ column: Int) -> Text? { optionalText(column).map { Text($0) } }

    func int32(_ column: Int) -> Int32 { Int32(clamping: int(column)) }

    func optionalInt32(_ column: Int) -> Int32? { optionalInt(column).map { Int32(clamping: $0) } }

    func dateTime(_ column: Int) -> DateTimeScalar { DateTimeScalar(timestamp(column)) }

    func optionalDateTime(_ column: Int) -> DateTimeScalar? { optionalTimestamp(column).map { DateTimeScalar($0) } }

    /// An enum's value; the table's check constraint admits no other text than the schema has values.
    func enumeration<E: RawRepresentable<String>>(_ column: Int, _: E.Type = E.self) -> E {
        guard let value = E(rawValue: string(column)) else {
            preconditionFailure("\(rows.columnName(column)) has a value that \(E.self) doesn't know")
        }
        return value
    }

    /// The values of an enum in an array, as `enumeration(_:_:)` reads one.
    func optionalEnumerations<E: RawRepresentable<String>>(_ column: Int, _: E.Type = E.self) -> [E]? {
        optionalArray(column, of: String.self)?.map { text in
            guard let value = E(rawValue: text) else {
                preconditionFailure("\(rows.columnName(column)) has a value that \(E.self) doesn't know")
            }
            return value
        }
    }

    func optionalEnumeration<E: RawRepresentable<String>>(_ column: Int, _: E.Type = E.self) -> E? {
        isNull(column) ? nil : enumeration(column)
    }
}

extension Text {
    init(_ column: ColumnText) {
        self.init(owner: column.owner, utf8: column.bytes)
    }
}

extension DateTimeScalar {
    init(_ timestamp: Timestamp) {
        self.init(microseconds: timestamp.unixMicroseconds)
    }
}

extension Timestamp {
    init(_ moment: DateTimeScalar) {
        self.init(unixMicroseconds: moment.microseconds)
    }

    /// The moments that Postgres accepts, in microseconds from 2000: a cursor is input like any other.
    static var storable: Range<Int64> { -211_813_488_000_000_000..<9_223_371_331_200_000_000 }
}
