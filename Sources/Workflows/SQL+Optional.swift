import Database

extension SQL.Interpolation {
    /// Binds a value or null.
    ///
    /// The general form takes optionals too, but the compiler takes that for a slip; an overload that names the optional
    /// says that it is meant.
    mutating func appendInterpolation<Value: PostgresEncodable>(_ value: Value?) {
        appendInterpolation(NullableParameter(value: value))
    }
}

/// A value or null, as one type that is not optional.
private struct NullableParameter<Value: PostgresEncodable>: PostgresEncodable {
    let value: Value?

    static var postgresType: PostgresType { Value.postgresType }
    var isPostgresNull: Bool { value?.isPostgresNull ?? true }

    func encode(into buffer: inout ParameterBuffer) { value?.encode(into: &buffer) }
}
