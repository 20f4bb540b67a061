import FoundationEssentials

// Who is in the demo data. All of them are invented.

/// A person of the demo data; the raw value is the part of the address before the `@`.
enum SeedUser: String, Sendable, CaseIterable {
    case owner
    case supervisor
    case partner
    case studio
    case stranger
    /// Written last of all: who is there tells that nothing is missing.
    case admin

    var id: UUID { SeedID.uuid("user/\(rawValue)") }
    var email: String { "\(rawValue)@demo.example" }
    var role: String { self == .admin ? "ADMIN" : "USER" }

    var name: String {
        switch self {
        case .owner: "星見 かおる"
        case .supervisor: "朝倉 しおり"
        case .partner: "中原 つばさ"
        case .studio: "風間 りん"
        case .stranger: "霧島 はじめ"
        case .admin: "システム管理者"
        }
    }
}

/// A company of the demo data.
enum SeedOrganization: String, Sendable, CaseIterable {
    /// The rights holder; owns the two projects that most people see.
    case hoshimi
    /// Works for the rights holder on one of them.
    case furinzaka
    /// Has nothing to do with the others.
    case muteki

    var id: UUID { SeedID.uuid("organization/\(rawValue)") }

    var name: String {
        switch self {
        case .hoshimi: "星見アニメーション / Hoshimi Animation"
        case .furinzaka: "風鈴坂スタジオ / Furinzaka Studio"
        case .muteki: "霧笛書房 / Muteki Shobo"
        }
    }

    var description: String {
        switch self {
        case .hoshimi: "自社作品の原作・アニメーション制作と、商品・宣伝物の監修を行う権利元（架空の会社）。"
        case .furinzaka: "グッズと宣伝画像を描く協力会社（架空の会社）。"
        case .muteki: "児童書の出版社（架空の会社）。"
        }
    }

    /// The members; true for those who are admins of the organisation.
    var members: [(user: SeedUser, isAdmin: Bool)] {
        switch self {
        case .hoshimi: [(.owner, true), (.supervisor, false)]
        case .furinzaka: [(.studio, true)]
        case .muteki: [(.stranger, true)]
        }
    }

    /// The id of one of this organisation's steps.
    func id(of status: SeedStatus) -> UUID { SeedID.uuid("status/\(rawValue)/\(status.rawValue)") }

    /// The id of one of this organisation's degrees of urgency.
    func id(of priority: SeedPriority) -> UUID { SeedID.uuid("priority/\(rawValue)/\(priority.rawValue)") }
}

/// The steps of a task, in order; the raw value is the position.
enum SeedStatus: Int, Sendable, CaseIterable {
    case waiting = 1
    case withAI
    case withPerson
    case returned
    case finished

    var name: String {
        switch self {
        case .waiting: "未着手"
        case .withAI: "AI監修中"
        case .withPerson: "監修中"
        case .returned: "差し戻し確認"
        case .finished: "完了"
        }
    }
}

/// How urgent a task is, in order; the raw value is the position.
enum SeedPriority: Int, Sendable, CaseIterable {
    case low = 1
    case middle
    case high

    var name: String {
        switch self {
        case .low: "低"
        case .middle: "中"
        case .high: "高"
        }
    }
}
