import Database
import Testing

@Suite("Timestamp")
struct TimestampTests {
    @Test(
        "A moment is written as RFC 3339 in UTC",
        arguments: [
            (0 as Int64, "2000-01-01T00:00:00Z"),
            (1, "2000-01-01T00:00:00.000001Z"),
            (-1, "1999-12-31T23:59:59.999999Z"),
            (1_500_000, "2000-01-01T00:00:01.500Z"),
            (-946_684_800_000_000, "1970-01-01T00:00:00Z"),
            (5_097_600_000_000, "2000-02-29T00:00:00Z"),
            (252_455_615_999_999_999, "9999-12-31T23:59:59.999999Z"),
            (-63_113_904_000_000_000, "0000-01-01T00:00:00Z"),
        ])
    func writesRFC3339(microseconds: Int64, text: String) {
        #expect(Timestamp(microseconds: microseconds).description == text)
        #expect(Timestamp(text) == Timestamp(microseconds: microseconds))
    }

    @Test(
        "Offsets, small letters, long fractions and leap seconds are read",
        arguments: [
            ("2026-08-20T12:00:00+02:00", "2026-08-20T10:00:00Z"),
            ("2026-08-20t10:00:00z", "2026-08-20T10:00:00Z"),
            ("2026-08-20T00:30:00-23:59", "2026-08-21T00:29:00Z"),
            ("2026-08-20T10:00:00.1234567891Z", "2026-08-20T10:00:00.123456Z"),
            ("2026-08-20T10:00:00.1Z", "2026-08-20T10:00:00.100Z"),
            ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
            ("2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"),
        ])
    func readsRFC3339(text: String, same: String) {
        #expect(Timestamp(text)?.description == same)
    }

    @Test(
        "What is no RFC 3339 date-time is refused",
        arguments: [
            "", "2026-08-20", "2026-08-20T10:00:00", "2026-08-20 10:00:00Z", "2026-8-20T10:00:00Z",
            "2026-02-29T10:00:00Z", "2026-13-01T10:00:00Z", "2026-00-01T10:00:00Z", "2026-01-00T10:00:00Z",
            "2026-01-01T24:00:00Z", "2026-01-01T10:60:00Z", "2026-01-01T10:00:61Z", "2026-01-01T10:00:00.Z",
            "2026-01-01T10:00:00+0200", "2026-01-01T10:00:00+24:00", "2026-01-01T10:00:00Zx", "infinity",
        ])
    func refusesOthers(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test("Every day of four centuries is written and read back")
    func everyDayRoundTrips() {
        for day in 0..<146_097 as Range<Int64> {
            let moment = Timestamp(microseconds: (day - 36_524) * 86_400_000_000 + 1)
            #expect(Timestamp(moment.description) == moment)
        }
    }

    @Test("Durations move a moment, and moments are a duration apart")
    func durationsMove() {
        let moment = Timestamp(unixSeconds: 1_000_000_000)
        #expect((moment + .milliseconds(1500)).unixMicroseconds == 1_000_000_001_500_000)
        #expect((moment - .seconds(1)).unixSeconds == 999_999_999)
        #expect((moment + .seconds(60)) - moment == .seconds(60))
        #expect(Timestamp(unixMicroseconds: -1).unixSeconds == -1)
        #expect(Timestamp.negativeInfinity < moment && moment < .infinity)
    }
}
