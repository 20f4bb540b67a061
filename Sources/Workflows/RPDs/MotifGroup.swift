import Database
import FoundationEssentials

/// One of the motifs that a review point forbids, described for the check of it.
public struct MotifGroup: Sendable, Hashable {
    /// The most groups of a version.
    public static let maximumCount = 10
    /// The longest name of a motif, in code points.
    static let maximumTag = 255
    /// The longest of each of both descriptions, in code points.
    static let maximumText = 2500

    /// What the motif is called.
    public var tag: String
    /// How it looks.
    public var characteristics: String
    /// What to mind when it is looked for; may be empty.
    public var considerations: String

    /// Makes a group.
    public init(tag: String, characteristics: String, considerations: String = "") {
        self.tag = tag
        self.characteristics = characteristics
        self.considerations = considerations
    }

    /// Without spaces around its name; adds what is wrong to `check`.
    func checked(_ field: [String], _ check: inout InputCheck) -> MotifGroup {
        MotifGroup(
            tag: check.name(tag, field + ["tag"], maximum: Self.maximumTag),
            characteristics: check.sentence(
                characteristics, field + ["characteristics"], maximum: Self.maximumText),
            considerations: check.text(considerations, field + ["considerations"], maximum: Self.maximumText))
    }

    /// The group in words: its name in brackets, how it looks and, after a line of asterisks, how to judge it.
    ///
    /// By that line people have always separated the two, see `InstructionParts`.
    private var text: String {
        "【\(tag)】\n\(characteristics)" + (considerations.isEmpty ? "" : "\n********\n\(considerations)")
    }

    /// Groups in words as they follow an instruction, with empty lines between; empty without any.
    static func text(of groups: [MotifGroup], after instruction: String) -> String {
        guard !groups.isEmpty else { return "" }
        return (instruction.isEmpty ? "" : "\n\n") + groups.map(\.text).joined(separator: "\n\n")
    }
}

extension MotifGroup {
    /// A version's groups in order.
    static func read(ofVersion versionID: UUID, in transaction: Transaction) async throws -> [MotifGroup] {
        try await transaction.query(
            """
            select tag, characteristics, considerations
            from rpd_version_groups
            where rpd_version_id = \(versionID)
            order by position
            """
        ).map { MotifGroup(tag: $0.string(0), characteristics: $0.string(1), considerations: $0.string(2)) }
    }

    /// Stores groups of a new version.
    static func insert(
        _ groups: [MotifGroup], of versionID: UUID, projectID: UUID, in transaction: Transaction
    ) async throws {
        guard !groups.isEmpty else { return }
        _ = try await transaction.query(
            """
            insert into rpd_version_groups (
                rpd_version_id, project_id, position, tag, characteristics, considerations
            )
            select \(versionID), \(projectID), entries.position, entries.tag, entries.characteristics,
                entries.considerations
            from unnest(\(groups.map(\.tag)), \(groups.map(\.characteristics)), \(groups.map(\.considerations)))
            with ordinality as entries (tag, characteristics, considerations, position)
            """)
    }
}
