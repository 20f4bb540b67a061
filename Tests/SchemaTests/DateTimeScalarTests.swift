import GraphQL
import Schema
import Testing

@Suite("DateTimeScalar")
struct DateTimeScalarTests {
    @Test(
        "Moments and their texts belong together",
        arguments: [
            (0, "1970-01-01T00:00:00.000000Z"),
            (-1, "1969-12-31T23:59:59.999999Z"),
            (1_795_445_640_123_456, "2026-11-23T14:54:00.123456Z"),
            (951_782_400_000_000, "2000-02-29T00:00:00.000000Z"),
            (951_868_799_999_999, "2000-02-29T23:59:59.999999Z"),
            (951_868_800_000_000, "2000-03-01T00:00:00.000000Z"),
            (-2_203_891_200_000_000, "1900-03-01T00:00:00.000000Z"),
            (4_107_542_400_000_000, "2100-03-01T00:00:00.000000Z"),
            (-62_167_219_200_000_000, "0000-01-01T00:00:00.000000Z"),
            (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"),
        ] as [(Int64, String)])
    func texts(microseconds: Int64, text: String) {
        let moment = DateTimeScalar(microseconds: microseconds)
        #expect(moment.description == text)
        #expect(response(moment) == "\"\(text)\"")
        #expect(DateTimeScalar(text) == moment)
    }

    @Test("Every day of eight centuries follows the one before")
    func calendar() throws {
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        var moment = try #require(DateTimeScalar("1600-01-01T00:00:00Z"))
        for year in 1600..<2400 {
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            for month in 1...12 {
                for day in 1...(lengths[month - 1] + (month == 2 && isLeap ? 1 : 0)) {
                    let date = "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
                    guard moment.description == date + "T00:00:00.000000Z",
                        DateTimeScalar(date + "T00:00:00Z") == moment
                    else {
                        Issue.record("\(date) is \(moment)")
                        return
                    }
                    moment = DateTimeScalar(microseconds: moment.microseconds + 86_400_000_000)
                }
            }
        }
    }

    @Test(
        "Offsets are taken off, decimals behind the sixth are cut",
        arguments: [
            ("2026-11-23T14:54:00+09:00", "2026-11-23T05:54:00.000000Z"),
            ("2026-11-23T14:54:00-03:30", "2026-11-23T18:24:00.000000Z"),
            ("2026-01-01T00:00:00+00:01", "2025-12-31T23:59:00.000000Z"),
            ("2026-11-23T14:54:00+00:00", "2026-11-23T14:54:00.000000Z"),
            ("2026-11-23T14:54:00.5Z", "2026-11-23T14:54:00.500000Z"),
            ("2026-11-23T14:54:00.1234569Z", "2026-11-23T14:54:00.123456Z"),
            ("2026-11-23T14:54:00.000001000000000000Z", "2026-11-23T14:54:00.000001Z"),
        ])
    func parsing(text: String, expected: String) throws {
        #expect(DateTimeScalar(text)?.description == expected)
        #expect(try DateTimeScalar(input: .string(text)).description == expected)
    }

    @Test(
        "Everything else is refused",
        arguments: [
            "", "2026", "2026-11-23", "2026-11-23T14:54:00", "2026-11-23 14:54:00Z", "2026-11-23t14:54:00z",
            "2026-11-23T14:54Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-02-29T00:00:00Z",
            "1900-02-29T00:00:00Z", "2026-04-31T00:00:00Z", "2026-01-00T00:00:00Z", "2026-11-23T24:00:00Z",
            "2026-11-23T14:60:00Z", "2026-11-23T23:59:60Z", "2026-11-23T14:54:00.Z", "2026-11-23T14:54:00,5Z",
            "2026-11-23T14:54:00-00:00", "2026-11-23T14:54:00+24:00", "2026-11-23T14:54:00+09",
            "2026-11-23T14:54:00+0900",
            "2026-11-23T14:54:00ZZ", " 2026-11-23T14:54:00Z", "+2026-11-23T14:54:00Z", "02026-11-23T14:54:00Z",
            "2026-11-23T14:54:00Z ", "0000-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01",
            "2026-11-23T14:54:00.0000000000000000000000000000000000000000000000000000Z", "２026-11-23T14:54:00Z",
        ])
    func refused(text: String) {
        #expect(DateTimeScalar(text) == nil)
        #expect(throws: InputDecodingError.self) { try DateTimeScalar(input: .string(text)) }
    }

    @Test("A moment outside of the calendar can't be written")
    func outside() {
        #expect(response(DateTimeScalar(microseconds: .max)).hasPrefix("error: DateTime cannot represent"))
        #expect(response(DateTimeScalar(microseconds: DateTimeScalar.earliest.microseconds - 1)).hasPrefix("error: "))
        #expect(response(DateTimeScalar?.some(DateTimeScalar(microseconds: .min))) == "null")
        #expect(DateTimeScalar(microseconds: .max).description.hasSuffix("µs since 1970"))
    }

    @Test("Numbers are no moments")
    func numbers() {
        #expect(throws: InputDecodingError.self) { try DateTimeScalar(input: .int(0)) }
    }
}
