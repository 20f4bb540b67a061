// Filling the score from what was measured. Meaning cannot be measured in pixels; it is given only where the picture
// practically is the forbidden one, or where a forbidden colour was named to the digit.

extension NGScore {
    /// The score of the place most like a forbidden reference picture.
    ///
    /// - Unrelated places (likeness below 0.62) have no likeness of shape.
    public init(likeness: Double, meanDifference: Double) {
        let shape =
            switch likeness {
            case ..<0.62: 0
            case ..<0.66: 1
            case ..<0.70: 2
            case ..<0.74: 3
            case ..<0.82: 4
            default: 5
            }
        let color =
            switch meanDifference {
            case ...5: 3
            case ...10: 2
            case ...18: 1
            default: 0
            }
        self.init(shape: shape, color: color, meaning: likeness >= 0.85 ? 2 : likeness >= 0.74 ? 1 : 0)
    }

    /// The score of a forbidden colour: its share of the picture stands for shape.
    public init(colorShare share: Double, difference: Double, isExactlyNamed: Bool) {
        let shape =
            switch share {
            case ..<0.002: 0
            case ..<0.008: 1
            case ..<0.02: 2
            case ..<0.05: 3
            case ..<0.1: 4
            default: 5
            }
        let color =
            switch difference {
            case ...5: 3
            case ...10: 2
            case ...18: 1
            default: 0
            }
        self.init(shape: shape, color: color, meaning: isExactlyNamed ? 2 : 1)
    }
}
