/// Dates as HTTP writes them (IMF-fixdate, RFC 9110 §5.6.7).
enum HTTPDate {
    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The text for a number of seconds since 1970 (UTC).
    static func text(secondsSince1970 seconds: Int) -> String {
        let day = seconds / 86_400
        let second = seconds % 86_400
        let (year, month, date) = civil(day)
        let time = "\(two(second / 3_600)):\(two(second / 60 % 60)):\(two(second % 60))"
        // 1 January 1970 was a Thursday.
        return "\(days[(day + 4) % 7]), \(two(date)) \(months[month - 1]) \(year) \(time) GMT"
    }

    /// Year, month and day of a day number in the Gregorian calendar, for days from 1970 on.
    private static func civil(_ day: Int) -> (year: Int, month: Int, day: Int) {
        // Counted from 1 March 0000, when leap days come last in a year; eras of 400 years have 146,097 days.
        let shifted = day + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
