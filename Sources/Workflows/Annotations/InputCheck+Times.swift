extension InputCheck {
    /// How much later than our programs a player may take the end to be, in seconds: it counts in other units.
    private static let playersRounding = 0.001

    /// Checks the fields `startSeconds` and `endSeconds`: moments of a material that lasts so long, in their order.
    ///
    /// A duration of nil is that of what has no times. Gives them cut to the duration.
    mutating func times(from start: Double?, to end: Double?, within duration: Double?) -> (Double?, Double?) {
        if let start, start < 0 { fail(["startSeconds"], .invalid, "Times are not negative.") }
        if let end {
            if let start {
                if end < start { fail(["endSeconds"], .invalid, "The end comes after the start.") }
            } else {
                fail(["endSeconds"], .invalid, "An end needs a start.")
            }
        }
        return (
            start.map { inside($0, duration, ["startSeconds"]) }, end.map { inside($0, duration, ["endSeconds"]) }
        )
    }

    private mutating func inside(_ seconds: Double, _ duration: Double?, _ field: [String]) -> Double {
        guard let duration else {
            fail(field, .invalid, "Only videos and recordings have times.")
            return seconds
        }
        if seconds > duration + Self.playersRounding {
            fail(field, .outsideDuration, "The material ends after \(duration) seconds.")
        }
        return min(seconds, duration)
    }
}
