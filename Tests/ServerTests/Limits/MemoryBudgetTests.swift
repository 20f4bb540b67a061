import Testing

@testable import Server

@Suite("MemoryBudget")
struct MemoryBudgetTests {
    private let query = HTTPRequest(method: "POST", target: "/graphql")

    @Test
    func `Over the budget work is refused with the time to come back, and under it not`() {
        let budget = MemoryBudget(maximumBytes: 100)
        budget.look(resident: 100)
        #expect(budget.refusal(of: query) == nil)
        budget.look(resident: 101)
        #expect(budget.refusal(of: query)?.status == 503)
        #expect(budget.refusal(of: query)?.headers["retry-after"] == "1")
        budget.look(resident: 100)
        #expect(budget.refusal(of: query) == nil)
    }

    @Test(arguments: ["/healthz", "/readyz", "/metrics"])
    func `Health is told in any case`(path: String) {
        let budget = MemoryBudget(maximumBytes: 1)
        budget.look()
        #expect(budget.isExhausted)
        #expect(budget.refusal(of: HTTPRequest(method: "GET", target: path)) == nil)
    }

    @Test
    func `Without a limit nothing is refused`() {
        let budget = MemoryBudget(maximumBytes: nil)
        budget.look()
        #expect(budget.refusal(of: query) == nil)
    }

    @Test
    func `The process's memory is what the kernel says`() {
        // A Swift test process has more than a megabyte and less than a terabyte.
        #expect((1 << 20..<1 << 40).contains(MemoryBudget.residentBytes()))
    }
}
