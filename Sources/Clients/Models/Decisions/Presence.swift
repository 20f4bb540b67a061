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

    /// Likeness from 0 (unrelated) to 1 (the same pixels).
    public let likeness: Double
    /// The verdict.
    public let verdict: Verdict

    /// From this likeness on a reference counts as found.
    ///
    /// Photographs' own crops, shrunk to 70 % and recompressed, reach 0.89 to 0.97; the best places of unrelated
    /// photographs 0.35 to 0.66.
    public static let foundFrom = 0.74
    /// From this likeness on a person must look.
    public static let unsureFrom = 0.66

    /// Weighs structure (correlation, -1 to 1) with 0.5, the frequency hashes (differing bits of 64) with 0.3 and colour
    /// (mean CIEDE2000) with 0.2.
    ///
    /// Colour weighs least: a recoloured thing is still there, which is what the colour checks are for.
    public init(structure: Double, hashDistance: Int, meanDifference: Double) {
        let hash = max(0, 1 - Double(hashDistance) / 32)
        let color = max(0, 1 - meanDifference / 25)
        likeness = 0.5 * max(0, structure) + 0.3 * hash + 0.2 * color
        verdict = likeness >= Self.foundFrom ? .found : likeness >= Self.unsureFrom ? .unsure : .missing
    }
}
