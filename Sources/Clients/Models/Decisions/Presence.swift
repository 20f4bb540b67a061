// Whether a reference occurs in a picture, from what the comparison measured.

/// What comparing a reference with its best place says.
public struct Presence: Sendable, Hashable {
    /// The verdict.
    public enum Verdict: Sendable, Hashable {
        /// It is there.
        case found
        /// Something like it is there; a person must look.
        case unsure
        /// No place resembles it.
        case missing
    }

    /// Likeness of shape alone, from 0 (unrelated) to 1: what is left when everything is recoloured.
    public let shapeLikeness: Double
    /// Likeness of shape and colour, from 0 (unrelated) to 1 (the same pixels).
    public let likeness: Double
    /// The verdict.
    public let verdict: Verdict

    /// From this likeness on a reference counts as found.
    ///
    /// Photographs' own crops, shrunk to 70 % and recompressed, reach 0.92 and more; the best places of unrelated
    /// photographs 0.28 to 0.68.
    public static let foundFrom = 0.80
    /// From this likeness of shape on a reference counts as found, whatever its colours are.
    ///
    /// Wholly recoloured things reach 0.89 and more; the best places of unrelated photographs 0.35 to 0.80.
    public static let foundFromShape = 0.87
    /// From this likeness on a person must look.
    public static let unsureFrom = 0.72
    /// From this likeness of shape on a person must look.
    public static let unsureFromShape = 0.79

    /// Places whose shorter side has fewer pixels have too little detail for shape alone to prove anything.
    public static let detailedFrom = 24.0

    /// Weighs the correlations of brightness and of edges (each -1 to 1) and the mean colour difference (CIEDE2000) at a
    /// place whose shorter side has so many pixels.
    ///
    /// Colour weighs least: a recoloured thing is still there, which is what the colour checks are for.
    public init(structure: Double, edges: Double, meanDifference: Double, shorterSide: Int) {
        let color = max(0, 1 - meanDifference / 25)
        let detail = min(1, 0.8 + 0.2 * Double(shorterSide) / Self.detailedFrom)
        shapeLikeness = detail * (0.6 * max(0, structure) + 0.4 * max(0, edges))
        likeness = 0.5 * max(0, structure) + 0.3 * max(0, edges) + 0.2 * color
        let isFound = likeness >= Self.foundFrom || shapeLikeness >= Self.foundFromShape
        let isUnsure = likeness >= Self.unsureFrom || shapeLikeness >= Self.unsureFromShape
        verdict = isFound ? .found : isUnsure ? .unsure : .missing
    }
}
