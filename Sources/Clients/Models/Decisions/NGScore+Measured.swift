// Filling the score from what was measured. Meaning cannot be measured in pixels; it is given only where the picture
// practically is the forbidden one, or where a forbidden colour was named to the digit.

extension NGScore {
    /// The score of the place most like a forbidden reference picture, from its likeness of shape and its mean colour
    /// difference (CIEDE2000).
    ///
    /// Unrelated places (likeness below 0.74) have no likeness of shape.
    public init(shapeLikeness: Double, meanDifference: Double) {
        let shape =
            switch shapeLikeness {
            case ..<0.74: 0
            case ..<0.77: 1
            case ..<0.80: 2
            case ..<0.84: 3
            case ..<0.88: 4
            default: 5
            }
        let color = Self.color(meanDifference)
        self.init(shape: shape, color: color, meaning: shapeLikeness >= 0.88 && color >= 2 ? 2 : shape >= 3 ? 1 : 0)
    }

    /// The score of a forbidden colour: its share of the picture stands for shape.
    ///
    /// `difference` is the mean colour's CIEDE2000 difference from a colour that was named to the digit; nil for a colour
    /// named by a word, which fits many shades and so never reaches the full score.
    public init(colorShare share: Double, difference: Double?) {
        let shape =
            switch share {
            case ..<0.002: 0
            case ..<0.008: 1
            case ..<0.02: 2
            case ..<0.05: 3
            case ..<0.1: 4
            default: 5
            }
        self.init(shape: shape, color: difference.map(Self.color) ?? 2, meaning: difference == nil ? 1 : 2)
    }

    private static func color(_ difference: Double) -> Int {
        switch difference {
        case ...5: 3
        case ...10: 2
        case ...18: 1
        default: 0
        }
    }
}
