import Foundation
import GraphQL
import Schema

/// Names a row of the fixture: a table's number and the row's.
///
/// Keys are fixed, so that whole responses can be compared.
struct Key: Hashable, Sendable {
    let typeName: String
    let table: Int
    let number: Int

    static func user(_ number: Int) -> Key { Key(typeName: "User", table: 1, number: number) }
    static func organization(_ number: Int) -> Key { Key(typeName: "Organization", table: 2, number: number) }
    static func status(_ number: Int) -> Key { Key(typeName: "TaskStatus", table: 3, number: number) }
    static func priority(_ number: Int) -> Key { Key(typeName: "TaskPriority", table: 4, number: number) }
    static func project(_ number: Int) -> Key { Key(typeName: "Project", table: 5, number: number) }
    static func rpd(_ number: Int) -> Key { Key(typeName: "ReviewPointDefinition", table: 6, number: number) }
    static func version(_ number: Int) -> Key {
        Key(typeName: "ReviewPointDefinitionVersion", table: 7, number: number)
    }
    static func asset(_ number: Int) -> Key { Key(typeName: "Asset", table: 8, number: number) }
    static func task(_ number: Int) -> Key { Key(typeName: "Task", table: 9, number: number) }
    static func subtask(_ number: Int) -> Key { Key(typeName: "Subtask", table: 10, number: number) }
    static func content(_ number: Int) -> Key { Key(typeName: "SubtaskContent", table: 11, number: number) }
    static func review(_ number: Int) -> Key { Key(typeName: "Review", table: 12, number: number) }
    static func outcome(_ number: Int) -> Key { Key(typeName: "ReviewOutcome", table: 13, number: number) }
    static func finding(_ number: Int) -> Key { Key(typeName: "Finding", table: 14, number: number) }
    static func export(_ number: Int) -> Key { Key(typeName: "Export", table: 15, number: number) }

    static func decision(_ number: Int) -> Key { Key(typeName: "SubtaskDecision", table: 16, number: number) }
    static func invitation(_ number: Int) -> Key { Key(typeName: "OrganizationInvitation", table: 18, number: number) }
    /// An entry of the audit log, as an activity.
    static func activity(_ number: Int) -> Key { Key(typeName: "Activity", table: 19, number: number) }
    static func auditEntry(_ number: Int) -> Key { Key(typeName: "AuditEntry", table: 19, number: number) }
    static func like(_ number: Int) -> Key { Key(typeName: "Like", table: 20, number: number) }

    static func cooperation(_ number: Int) -> Key { Key(typeName: "ProjectCooperation", table: 21, number: number) }
    static func tag(_ number: Int) -> Key { Key(typeName: "TaskTag", table: 22, number: number) }

    static func revision(_ number: Int) -> Key { Key(typeName: "FindingRevision", table: 23, number: number) }
    static func promotion(_ number: Int) -> Key { Key(typeName: "PromotedFinding", table: 24, number: number) }

    static func character(_ number: Int) -> Key { Key(typeName: "Character", table: 25, number: number) }
    static func item(_ number: Int) -> Key { Key(typeName: "Item", table: 26, number: number) }
    static func reviewSet(_ number: Int) -> Key { Key(typeName: "ReviewSet", table: 27, number: number) }

    static func notification(_ number: Int) -> Key { Key(typeName: "Notification", table: 28, number: number) }
    static func ip(_ number: Int) -> Key { Key(typeName: "IntellectualProperty", table: 33, number: number) }
    static func document(_ number: Int) -> Key { Key(typeName: "Document", table: 29, number: number) }
    static func page(_ number: Int) -> Key { Key(typeName: "DocumentPage", table: 30, number: number) }

    static func documentPicture(_ number: Int) -> Key { Key(typeName: "DocumentPicture", table: 39, number: number) }

    static func batchJob(_ number: Int) -> Key { Key(typeName: "BatchJob", table: 31, number: number) }
    static func batchItem(_ number: Int) -> Key { Key(typeName: "BatchJobItem", table: 32, number: number) }

    static func `import`(_ number: Int) -> Key { Key(typeName: "Import", table: 50, number: number) }
    static func importItem(_ number: Int) -> Key { Key(typeName: "ImportItem", table: 51, number: number) }

    static func generated(_ number: Int) -> Key { Key(typeName: "GeneratedReference", table: 34, number: number) }

    static func rpdTest(_ number: Int) -> Key { Key(typeName: "RpdTest", table: 62, number: number) }

    static func analysis(_ number: Int) -> Key { Key(typeName: "PictureAnalysis", table: 38, number: number) }

    static func scene(_ number: Int) -> Key { Key(typeName: "VideoScene", table: 40, number: number) }

    static func annotation(_ number: Int) -> Key { Key(typeName: "Annotation", table: 17, number: number) }

    /// The key as UUID.
    var uuid: UUID {
        UUID(
            uuid: (0, 0, 0, UInt8(table), 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, UInt8(number / 256), UInt8(number % 256)))
    }

    /// The identifier in the API.
    var id: String { "\(typeName)_\(uuid.uuidString.replacing("-", with: "").lowercased())" }

    /// The key as a literal of SQL.
    var sql: String { "'\(uuid.uuidString.lowercased())'::uuid" }

    /// The same row's number in the identifier of another type: what a confused client sends.
    func asType(_ other: String) -> String { id.replacing(typeName + "_", with: other + "_") }
}

/// The people of the fixture.
enum Person: CaseIterable, CustomStringConvertible {
    /// Admin of the organisation that owns projects 1 and 2.
    case supervisor
    /// A plain member of it.
    case owner
    /// Takes part in project 1 without any organisation.
    case partner
    /// Member of an organisation that takes part in project 1.
    case studio
    /// Has an organisation and a project, which have nothing to do with the others.
    case stranger
    /// Administers the system, and takes part in nothing.
    case admin
    /// Not signed in.
    case nobody

    var key: Key? {
        switch self {
        case .supervisor: .user(1)
        case .owner: .user(2)
        case .partner: .user(3)
        case .studio: .user(4)
        case .stranger: .user(5)
        case .admin: .user(6)
        case .nobody: nil
        }
    }

    var description: String {
        switch self {
        case .supervisor: "supervisor"
        case .owner: "owner"
        case .partner: "partner"
        case .studio: "studio"
        case .stranger: "stranger"
        case .admin: "admin"
        case .nobody: "nobody"
        }
    }
}
