import Database

/// When things of the demo data happened and are due, seen from the moment of the seed.
struct SeedCalendar: Sendable {
    let now: Timestamp

    /// A moment before now.
    func daysAgo(_ days: Double) -> Timestamp { now - .seconds(days * 86_400) }

    /// When one of several things of a list was made: spread evenly over the 40 days before yesterday.
    func creation(of index: Int, among count: Int) -> Timestamp {
        daysAgo(41 - 40 * Double(index) / Double(max(1, count)))
    }

    /// Six in the evening in Tokyo (nine in UTC), so many days from now.
    func due(inDays days: Int) -> Timestamp {
        let day = now.unixSeconds / 86_400 + Int64(days)
        return Timestamp(unixSeconds: day * 86_400 + 9 * 3600)
    }
}
