import ArgumentParser
import Server

/// Flags about how much clients may ask for in a time, and when the server refuses work.
struct LoadOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How much each person may ask: the cost at once, and what comes back per second.",
            valueName: "capacity/per-second"))
    var rateLimitUser: RateBudget?
    @Option(
        help: ArgumentHelp(
            "How much may be asked without a token from each address.", valueName: "capacity/per-second"))
    var rateLimitAddress: RateBudget?
    @Option(help: "How many seconds a request may take; then it is cancelled and answered with 504.")
    var requestTimeout = 30
    @Option(help: "How many requests a connection may bring before it is closed.")
    var requestsPerConnection = 10_000
    @Option(help: "Over how many MiB of resident memory requests are refused with 503; left out: never.")
    var memoryLimit: Int?

    func validate() throws {
        guard requestTimeout >= 1 else { throw ValidationError("A request needs a second at least.") }
        guard requestsPerConnection >= 1 else { throw ValidationError("A connection brings a request at least.") }
        guard memoryLimit ?? 1 >= 1 else { throw ValidationError("The memory limit is a number of MiB from 1.") }
    }

    var rates: RateLimits { RateLimits(user: rateLimitUser?.budget, address: rateLimitAddress?.budget) }
}

/// `1000/50`: a budget of 1000 that fills with 50 per second.
struct RateBudget: ExpressibleByArgument {
    let budget: RateLimits.Budget

    init?(argument: String) {
        let parts = argument.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let capacity = parts[0], let perSecond = parts[1], capacity >= 1, perSecond >= 1,
            max(capacity, perSecond) <= 1_000_000_000
        else { return nil }
        budget = RateLimits.Budget(capacity: capacity, perSecond: perSecond)
    }
}
