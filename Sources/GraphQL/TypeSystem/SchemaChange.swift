// What `SchemaDiff` answers.

/// One difference between two schemas.
public struct SchemaChange: Sendable, Hashable, CustomStringConvertible {
    /// What a change does to clients that were written for the old schema.
    public enum Severity: UInt8, Sendable, Hashable, Comparable, CaseIterable, BitwiseCopyable {
        /// No client notices.
        case safe
        /// Operations stay valid, but a client may meet what it does not expect.
        case dangerous
        /// Some valid operation becomes invalid, or some value is refused that was accepted.
        case breaking

        /// Orders by the harm it can do.
        public static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
    }

    /// What it does to clients.
    public let severity: Severity
    /// The element that changed.
    public let coordinate: SchemaCoordinate
    /// What changed, for people.
    public let message: String

    /// `severity coordinate: message`.
    public var description: String { "\(severity) \(coordinate): \(message)" }
}
