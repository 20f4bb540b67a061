/// The object id of a Postgres data type (`pg_type.oid`).
///
/// The built-in ones are fixed for all versions; ids from 16,384 up belong to types made in the database.
public struct PostgresType: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    /// The object id.
    public let rawValue: UInt32

    /// Holds an object id.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The name for the types this module knows, else the number.
    public var description: String { Self.names[rawValue] ?? "oid \(rawValue)" }

    /// Whether the type was made in this database (an enum, a domain's base excepted, an extension's type).
    public var isUserDefined: Bool { rawValue >= 16_384 }

    /// `boolean`.
    public static let bool = PostgresType(rawValue: 16)
    /// `bytea`.
    public static let bytea = PostgresType(rawValue: 17)
    /// The internal one-byte `"char"`.
    public static let char = PostgresType(rawValue: 18)
    /// `name`, of catalog columns.
    public static let name = PostgresType(rawValue: 19)
    /// `int8`.
    public static let int8 = PostgresType(rawValue: 20)
    /// `int2`.
    public static let int2 = PostgresType(rawValue: 21)
    /// `int4`.
    public static let int4 = PostgresType(rawValue: 23)
    /// `text`.
    public static let text = PostgresType(rawValue: 25)
    /// `oid`.
    public static let oid = PostgresType(rawValue: 26)
    /// `json`.
    public static let json = PostgresType(rawValue: 114)
    /// `float4`.
    public static let float4 = PostgresType(rawValue: 700)
    /// `float8`.
    public static let float8 = PostgresType(rawValue: 701)
    /// `unknown`.
    public static let unknown = PostgresType(rawValue: 705)
    /// `bpchar`.
    public static let bpchar = PostgresType(rawValue: 1042)
    /// `varchar`.
    public static let varchar = PostgresType(rawValue: 1043)
    /// `date`.
    public static let date = PostgresType(rawValue: 1082)
    /// `timestamp`.
    public static let timestamp = PostgresType(rawValue: 1114)
    /// `timestamptz`.
    public static let timestamptz = PostgresType(rawValue: 1184)
    /// `numeric`.
    public static let numeric = PostgresType(rawValue: 1700)
    /// `uuid`.
    public static let uuid = PostgresType(rawValue: 2950)
    /// `jsonb`.
    public static let jsonb = PostgresType(rawValue: 3802)

    /// `bool[]`.
    public static let boolArray = PostgresType(rawValue: 1000)
    /// `int2[]`.
    public static let int2Array = PostgresType(rawValue: 1005)
    /// `int4[]`.
    public static let int4Array = PostgresType(rawValue: 1007)
    /// `text[]`.
    public static let textArray = PostgresType(rawValue: 1009)
    /// `int8[]`.
    public static let int8Array = PostgresType(rawValue: 1016)
    /// `float4[]`.
    public static let float4Array = PostgresType(rawValue: 1021)
    /// `float8[]`.
    public static let float8Array = PostgresType(rawValue: 1022)
    /// `timestamptz[]`.
    public static let timestamptzArray = PostgresType(rawValue: 1185)
    /// `uuid[]`.
    public static let uuidArray = PostgresType(rawValue: 2951)
    /// `jsonb[]`.
    public static let jsonbArray = PostgresType(rawValue: 3807)
    /// `bytea[]`.
    public static let byteaArray = PostgresType(rawValue: 1001)

    private static let names: [UInt32: String] = [
        16: "bool", 17: "bytea", 18: "\"char\"", 19: "name", 20: "int8", 21: "int2", 23: "int4", 25: "text", 26: "oid",
        114: "json", 700: "float4", 701: "float8", 705: "unknown", 1042: "bpchar", 1043: "varchar", 1082: "date",
        1114: "timestamp", 1184: "timestamptz", 1700: "numeric", 2950: "uuid", 3802: "jsonb", 1000: "bool[]",
        1001: "bytea[]", 1005: "int2[]", 1007: "int4[]", 1009: "text[]", 1016: "int8[]", 1021: "float4[]",
        1022: "float8[]", 1185: "timestamptz[]", 2951: "uuid[]", 3807: "jsonb[]",
    ]
}
