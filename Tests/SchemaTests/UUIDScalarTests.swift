import GraphQL
import Schema
import Testing

@Suite("UUIDScalar")
struct UUIDScalarTests {
    private let sample = UUIDScalar(high: 0x0123_4567_89ab_cdef, low: 0xfedc_ba98_7654_3210)

    @Test("The text has small letters and four hyphens")
    func text() {
        #expect(sample.description == "01234567-89ab-cdef-fedc-ba9876543210")
        #expect(response(sample) == "\"01234567-89ab-cdef-fedc-ba9876543210\"")
        #expect(response(UUIDScalar(high: 0, low: 0)) == "\"00000000-0000-0000-0000-000000000000\"")
    }

    @Test("Small and capital letters are read")
    func parsing() throws {
        #expect(UUIDScalar("01234567-89ab-cdef-fedc-ba9876543210") == sample)
        #expect(UUIDScalar("01234567-89AB-CDEF-FEDC-BA9876543210") == sample)
        #expect(try UUIDScalar(input: .string("01234567-89ab-cdef-fedc-ba9876543210")) == sample)
    }

    @Test(
        "Everything else is refused",
        arguments: [
            "", "01234567-89ab-cdef-fedc-ba987654321", "01234567-89ab-cdef-fedc-ba98765432100",
            "0123456789abcdeffedcba9876543210", "{1234567-89ab-cdef-fedc-ba987654321}",
            "01234567-89ab-cdef-fedc_ba9876543210", "01234567-89ab-cdef-fedc-ba987654321g",
            " 1234567-89ab-cdef-fedc-ba9876543210", "0123456789ab--cdef-fedc-ba9876543210",
        ])
    func refused(text: String) {
        #expect(UUIDScalar(text) == nil)
        #expect(throws: InputDecodingError.self) { try UUIDScalar(input: .string(text)) }
    }

    @Test("Numbers are no UUIDs")
    func numbers() {
        #expect(throws: InputDecodingError.self) { try UUIDScalar(input: .int(1)) }
    }

    @Test("The order is that of the bytes")
    func order() {
        #expect(UUIDScalar(high: 0, low: .max) < UUIDScalar(high: 1, low: 0))
        #expect(UUIDScalar(high: 1, low: 0) < UUIDScalar(high: 1, low: 1))
        #expect(UUIDScalar(high: 1, low: 0) < UUIDScalar(high: 1 << 63, low: 0))
    }
}
