import Database

extension SQL {
    /// All conditions together; nil if there are none.
    static func all(_ conditions: [SQL]) -> SQL? { joined(conditions, by: " and ") }

    /// The parts with a separator between them; nil if there are none.
    static func joined(_ parts: [SQL], by separator: SQL) -> SQL? {
        guard var all = parts.first else { return nil }
        for part in parts.dropFirst() { all += separator + part }
        return all
    }
}
