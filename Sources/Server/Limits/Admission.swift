import Foundation
public import GraphQL
import JSON

/// Who may ask for the schema.
public enum IntrospectionAccess: String, Sendable, CaseIterable {
    /// Everybody.
    case on
    /// Who is signed in.
    case authenticated
    /// Nobody.
    case off
}

/// What operations must fulfil to run, beside being valid.
public struct AdmissionRules: Sendable {
    /// Who may ask for the schema.
    public var introspection: IntrospectionAccess
    /// How much may be asked.
    public var limits: RateLimits
    /// What an operation costs; at least 1 is counted.
    public var cost: @Sendable (PreparedRequest) -> Int
    /// Without memory nothing runs.
    public var memory: MemoryBudget

    /// Rules; by default everything may run.
    public init(
        introspection: IntrospectionAccess = .on, limits: RateLimits = RateLimits(),
        memory: MemoryBudget = MemoryBudget(maximumBytes: nil),
        cost: @escaping @Sendable (PreparedRequest) -> Int = AdmissionRules.estimatedCost
    ) {
        self.introspection = introspection
        self.limits = limits
        self.cost = cost
        self.memory = memory
    }
}

extension AdmissionRules {
    /// What the engine's estimate comes to: the objects or the fields, whichever is more.
    public static func estimatedCost(_ request: PreparedRequest) -> Int {
        request.cost.map { Int(min(max($0.fieldCost, $0.typeCost), 1_000_000_000).rounded(.up)) } ?? 1
    }
}

extension OperationRefusal {
    fileprivate static let introspection = OperationRefusal(
        .introspection, "The schema is not told here: fields __schema and __type are switched off.",
        code: GraphQLErrorCode("INTROSPECTION_DISABLED"))
    fileprivate static let overloaded = OperationRefusal(
        .overloaded, "The server has no memory left for this.", code: GraphQLErrorCode("OVERLOADED"),
        retryAfterSeconds: 1)

    fileprivate static func rateLimited(milliseconds: UInt64) -> OperationRefusal {
        let seconds = Int((milliseconds + 999) / 1_000)
        return OperationRefusal(
            .rateLimited, "Too much was asked in a short time. Try again in \(seconds) s.",
            code: GraphQLErrorCode("RATE_LIMITED"), extensions: ["retryAfterSeconds": .int(Int64(seconds))],
            retryAfterSeconds: seconds)
    }
}

/// Decides whether an operation may run; one per loop, moments are the loop's milliseconds.
struct Admission {
    private let rules: AdmissionRules
    private var limiter: RateLimiter

    init(_ rules: AdmissionRules) {
        self.rules = rules
        limiter = RateLimiter(rules.limits)
    }

    /// Throws if a viewer, or nobody at an address, may not run an operation; else its cost is spent.
    mutating func admit(
        _ request: PreparedRequest, user: UUID?, address: String, now: UInt64
    ) throws(OperationRefusal) {
        if rules.memory.isExhausted { throw .overloaded }
        if request.asksForSchema {
            switch rules.introspection {
            case .on: break
            case .authenticated: if user == nil { throw .introspection }
            case .off: throw .introspection
            }
        }
        let client = user.map { RateLimiter.Client.user($0) } ?? .address(address)
        if let wait = limiter.spend(rules.cost(request), by: client, now: now) {
            throw .rateLimited(milliseconds: wait)
        }
    }
}
