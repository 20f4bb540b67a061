import ArgumentParser
import Server

/// Flags about how much clients may ask for in a time, and when the server refuses work.
struct LoadOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How much each person may ask: the cost at once, and what comes back per second; or off.",
            valueName: "capacity/per-second"))
    var rateLimitUser = RateBudget(RateLimits.Budget(capacity: 2_000_000, perSecond: 100_000))
    @Option(
        help: ArgumentHelp(
            "How much may be asked without a token from each address; or off.", valueName: "capacity/per-second"))
    var rateLimitAddress = RateBudget(RateLimits.Budget(capacity: 500_000, perSecond: 20_000))
    @Option(help: "How many seconds a request may take; then it is cancelled and answered with 504.")
    var requestTimeout = 30
    @Option(help: "How many requests a connection may bring before it is closed.")
    var requestsPerConnection = 10_000
    @Option(
        help: ArgumentHelp(
            "Over how many MiB of resident memory requests are refused with 503; or off. (default: half of the memory)",
            valueName: "MiB"))
    var memoryLimit: MemoryLimit?

    func validate() throws {
        guard requestTimeout >= 1 else { throw ValidationError("A request needs a second at least.") }
        guard requestsPerConnection >= 1 else { throw ValidationError("A connection brings a request at least.") }
    }

    var rates: RateLimits { RateLimits(user: rateLimitUser.budget, address: rateLimitAddress.budget) }

    var memory: MemoryBudget { memoryLimit.map { MemoryBudget(maximumBytes: $0.bytes) } ?? .standard }
}

/// `1000/50`: a budget of 1000 that fills with 50 per second; `off`: none.
struct RateBudget: ExpressibleByArgument, CustomStringConvertible {
    let budget: RateLimits.Budget?

    init(_ budget: RateLimits.Budget?) { self.budget = budget }

    init?(argument: String) {
        guard argument != "off" else {
            self.init(nil)
            return
        }
        let parts = argument.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let capacity = parts[0], let perSecond = parts[1], capacity >= 1, perSecond >= 1,
            max(capacity, perSecond) <= 1_000_000_000
        else { return nil }
        self.init(RateLimits.Budget(capacity: capacity, perSecond: perSecond))
    }

    /// As the flag is written, for the help.
    var description: String { budget.map { "\($0.capacity)/\($0.perSecond)" } ?? "off" }
}

/// `2048`: so many MiB; `off`: any amount.
struct MemoryLimit: ExpressibleByArgument {
    var bytes: Int?

    init?(argument: String) {
        guard argument != "off" else { return }
        guard let megabytes = Int(argument), (1...(1 << 40)).contains(megabytes) else { return nil }
        bytes = megabytes << 20
    }
}
