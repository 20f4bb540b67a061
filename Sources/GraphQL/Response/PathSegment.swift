/// One step of a response path: a response key or a list index (specification section 7.1.2).
public enum PathSegment: Hashable, Sendable {
    /// The response key of a field: its alias, or its name.
    case key(String)
    /// The position in a list, from 0.
    case index(Int)
}
