import Clients

/// Whether a version of a review point can be executed; the names are those of the API.
enum RpdReadiness: String, Sendable, Hashable {
    /// It waits to be prepared.
    case pending = "PENDING"
    /// A worker prepares it.
    case running = "RUNNING"
    /// Reviews execute it.
    case ready = "READY"
    /// It could not be prepared.
    case failed = "FAILED"

    /// The kinds that are prepared before they are executed (DOMAIN §4.11).
    private static let preparedKinds: Swift.Set<ReviewKind> = [.generalNG, .visual]

    /// What a new version is: ready at once if its kind, or the version itself, has nothing to prepare.
    static func ofNew(kind: String, _ content: RpdContent) -> RpdReadiness {
        guard let kind = ReviewKind(rawValue: kind), preparedKinds.contains(kind) else { return .ready }
        let isPlain =
            content.instruction.isEmpty && content.groups.isEmpty && content.referenceAssetIDs.isEmpty
        return isPlain ? .ready : .pending
    }
}

extension VisualCheck {
    /// The name by which the database and the API know it.
    var name: String {
        switch self {
        case .rightOrWrong: "RIGHT_OR_WRONG"
        case .classification: "CLASSIFICATION"
        case .numerical: "NUMERICAL"
        case .orientation: "ORIENTATION"
        case .color: "COLOR"
        case .consecutive: "CONSECUTIVE"
        case .others: "OTHERS"
        }
    }

    /// The check with that name.
    init?(name: String) {
        guard let check = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = check
    }
}
