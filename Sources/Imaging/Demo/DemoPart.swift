// The parts of a demo picture that review points speak of.

/// A part of a demo picture.
public enum DemoPart: String, Sendable, Hashable, CaseIterable {
    /// Both eyes of the figure.
    case eyes
    /// The whole head.
    case face
    /// The round badge on the chest.
    case badge
    /// The copyright notice.
    case notice
    /// The forbidden symbol.
    case forbiddenSymbol
}
