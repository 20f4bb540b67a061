/// Moments as spreadsheets keep them: in days from an epoch.
enum SerialDate {
    /// A number as text: ISO 8601 without a zone, as sheets have none; nil for what no calendar has.
    static func text(_ days: Double, as moment: WorkbookStyles.Moment, from1904: Bool) -> String? {
        guard days.isFinite, (0..<2_958_466).contains(days) else { return nil }
        var seconds = Int((days * 86_400).rounded())
        let time = clock(seconds % 86_400)
        if moment == .time { return time }
        // 1900 was no leap year, but sheets count its 29th of February: day 60.
        if !from1904 && seconds < 60 * 86_400 { seconds += 86_400 }
        let date = calendar(seconds / 86_400 - (from1904 ? 24_107 : 25_569))
        return moment == .date ? date : "\(date) \(time)"
    }

    private static func clock(_ seconds: Int) -> String {
        [seconds / 3600, seconds / 60 % 60, seconds % 60].map(twoDigits).joined(separator: ":")
    }

    /// The day by its number from 1970-01-01, in the Gregorian calendar of every year.
    private static func calendar(_ day: Int) -> String {
        // Years that begin in March have their leap day last; eras have 400 years.
        let shifted = day + 719_468
        let era = shifted / 146_097
        let ofEra = shifted % 146_097
        let year = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * year + year / 4 - year / 100)
        let month = (5 * ofYear + 2) / 153
        let date = ofYear - (153 * month + 2) / 5 + 1
        let isAfterNewYear = month >= 10
        return [
            String(year + era * 400 + (isAfterNewYear ? 1 : 0)), twoDigits(month + (isAfterNewYear ? -9 : 3)),
            twoDigits(date),
        ].joined(separator: "-")
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
