public import JSON

/// What an operation may cost at most, estimated before it runs.
public struct OperationCost: Sendable, Hashable {
    /// The weights of all fields that have to be resolved, arguments included.
    public let fieldCost: Double
    /// The weights of all objects that the response may have, input objects included.
    public let typeCost: Double

    init(fieldCost: Double, typeCost: Double) {
        self.fieldCost = Self.saturated(fieldCost)
        self.typeCost = Self.saturated(typeCost)
    }

    /// As `extensions.cost` shows it: `{"fieldCost": …, "typeCost": …}`.
    public var json: JSONValue {
        .object(JSONObject([("fieldCost", Self.number(fieldCost)), ("typeCost", Self.number(typeCost))]))
    }

    /// The largest cost there is; every whole number up to here is exact.
    static let maximum = 9_007_199_254_740_991.0

    /// Between 0 and the maximum, so that costs never become infinite or undefined.
    static func saturated(_ cost: Double) -> Double { cost > 0 ? Swift.min(cost, maximum) : 0 }

    static func number(_ cost: Double) -> JSONValue { Int64(exactly: cost).map { .int($0) } ?? .double(cost) }
}

/// What a request wants to know of its cost: the member `cost` of its `extensions`.
enum CostReport: String, Sendable {
    /// `"report"`: run it, and tell the cost in `extensions.cost`.
    case report
    /// `"validate"`: only tell the cost.
    case validate

    init?(_ extensions: JSONObject) {
        guard !extensions.isEmpty, let text = extensions["cost"]?.string else { return nil }
        self.init(rawValue: text)
    }
}

extension CostOptions {
    /// Refuses what costs too much.
    func check(_ cost: OperationCost, _ document: Document, _ offset: UInt32) throws(RequestError) {
        let isFieldCost = cost.fieldCost > maximumFieldCost
        guard isFieldCost || cost.typeCost > maximumTypeCost else { return }
        let value = OperationCost.number(isFieldCost ? cost.fieldCost : cost.typeCost)
        let limit = OperationCost.number(isFieldCost ? maximumFieldCost : maximumTypeCost)
        let limits = OperationCost(fieldCost: maximumFieldCost, typeCost: maximumTypeCost)
        throw RequestError(
            GraphQLError(
                "The operation is too costly: its \(isFieldCost ? "field" : "type") cost is \(value), at most \(limit) "
                    + "is allowed. Ask for smaller pages or fewer fields.",
                code: .tooCostly, locations: [document.location(of: offset)],
                extensions: JSONObject([("cost", cost.json), ("limit", limits.json)])))
    }
}
