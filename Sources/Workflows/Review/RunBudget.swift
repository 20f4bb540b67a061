/// How much one review may take on.
public struct RunBudget: Sendable, Hashable {
    /// How many checks run at once.
    public var concurrentChecks: Int
    /// How long one check may take before its outcome is `TIMEOUT`.
    public var checkTimeout: Duration
    /// How long a check waits for its review point to be prepared before its outcome is `TIMEOUT`.
    public var readinessTimeout: Duration
    /// How long a review waits for the scenes of its video before its outcomes are errors.
    public var scenesTimeout: Duration

    /// Makes a budget.
    public init(
        concurrentChecks: Int = 4, checkTimeout: Duration = .seconds(120), readinessTimeout: Duration = .seconds(300),
        scenesTimeout: Duration = .seconds(3600)
    ) {
        precondition(concurrentChecks > 0, "a review without room for a check never ends")
        self.concurrentChecks = concurrentChecks
        self.checkTimeout = checkTimeout
        self.readinessTimeout = readinessTimeout
        self.scenesTimeout = scenesTimeout
    }
}
