/// What is to become of a property that can be cleared.
public enum Change<Value: Sendable & Hashable>: Sendable, Hashable {
    /// It stays.
    case keep
    /// It gets this value; nil clears it.
    case set(Value?)

    var isSet: Bool { self != .keep }

    var value: Value? {
        if case .set(let value) = self { value } else { nil }
    }
}
