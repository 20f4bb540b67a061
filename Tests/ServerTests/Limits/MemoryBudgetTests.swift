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
        #expect((1 << 20..<1 << 40).contains(ProcessMemory.now().resident))
    }

    @Test(arguments: [
        ("/sys/fs/cgroup/app/memory.max", "1048576\n", 1_048_576),
        ("/sys/fs/cgroup/memory.max", "2097152\n", 2_097_152),
        ("/sys/fs/cgroup/memory/memory.limit_in_bytes", "3145728\n", 3_145_728),
    ])
    func `A control group's limit counts when it is lower than the machine's memory`(
        file: String, text: String, bytes: Int
    ) {
        let files = ["/proc/self/cgroup": "0::/app\n", file: text]
        #expect(AvailableMemory.bytes { files[$0] } == bytes)
    }

    @Test
    func `A control group without a limit leaves the machine's memory`() {
        let machine = AvailableMemory.bytes { _ in nil }
        #expect(machine > 1 << 20)
        #expect(AvailableMemory.bytes { $0.hasSuffix("memory.max") ? "max\n" : nil } == machine)
    }
}
