import ArgumentParser

/// How long what people delete is kept: options of whatever runs jobs.
struct RetentionOptions: ParsableArguments {
    /// Until nobody asks.
    static let defaultDays = 30

    @Option(help: "After how many days what people have deleted goes for good; 0: never.")
    var keepDeletedDays = defaultDays

    /// How long what people have deleted can be brought back; nil: for ever.
    var retention: Duration? { Self.duration(days: keepDeletedDays) }

    func validate() throws {
        guard (0...36_500).contains(keepDeletedDays) else {
            throw ValidationError("What is deleted is kept for 1 to 36500 days, or for ever: 0.")
        }
    }

    /// So many days; nil for none.
    static func duration(days: Int) -> Duration? { days == 0 ? nil : .seconds(days * 86_400) }
}
