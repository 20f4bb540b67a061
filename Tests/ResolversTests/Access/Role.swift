import Foundation
import Schema
import Testing

@testable import Resolvers

/// What somebody can be to project 1 and its owner: the columns of the access matrix.
enum Role: CaseIterable, CustomTestStringConvertible {
    case anonymous
    case stranger
    /// Takes part in the project alone.
    case coopMember
    /// Admin of an organisation that takes part.
    case coopOrganization
    /// Plain member of the owner.
    case member
    /// Admin of the owner.
    case organizationAdmin
    case systemAdmin
    /// Was a member until a moment ago.
    case removedMember

    var person: Person {
        switch self {
        case .anonymous: .nobody
        case .stranger: .stranger
        case .coopMember: .partner
        case .coopOrganization: .studio
        case .member, .removedMember: .owner
        case .organizationAdmin: .supervisor
        case .systemAdmin: .admin
        }
    }

    var testDescription: String { "\(self)" }

    /// A database in which the role is what it says.
    func run(_ body: @escaping @Sendable (API) async throws -> Void) async throws {
        try await API.run { api in
            try await MutationTests.addOrganization(to: api)
            if self == .removedMember {
                try await api.sql("delete from organization_members where user_id = \(Key.user(2).sql)")
            }
            try await body(api)
        }
    }

    static let participants: Set<Role> = [.coopMember, .coopOrganization, .member, .organizationAdmin]

    /// Who sees objects of project 1, of its owner and of its people, by the rule that the schema names for their type.
    static func seeing(_ rule: AccessRule) -> Set<Role> {
        switch rule {
        case .public, .inherited: Set(allCases)
        // The sample of the type is for its project.
        case .projectMember, .knowledgeReader: participants
        case .organizationMember, .colleague: participants.union([.systemAdmin])
        case .organizationAdmin, .auditor: [.organizationAdmin, .systemAdmin]
        // The samples of these types are the organisation's admin's.
        case .viewerOnly: [.organizationAdmin]
        case .systemAdmin: [.systemAdmin]
        }
    }
}

/// Who may do something, and who learns that it is there: the rows of the matrix for mutations.
struct Audience: Sendable {
    var allowed: Set<Role>
    /// Who sees the object; those of them who are not allowed get FORBIDDEN, all others NOT_FOUND.
    var visible: Set<Role>

    static let participants = Audience(allowed: Role.participants, visible: Role.participants)
    static let members = Audience(allowed: [.member, .organizationAdmin], visible: Role.participants)
    static let projectAdmins = Audience(allowed: [.organizationAdmin], visible: Role.participants)
    static let organizationAdmins = Audience(
        allowed: [.organizationAdmin, .systemAdmin], visible: Role.seeing(.organizationMember))
    static let systemAdmins = Audience(allowed: [.systemAdmin], visible: Set(Role.allCases))
    static let everybody = Audience(allowed: Set(Role.allCases).subtracting([.anonymous]), visible: [])

    func and(_ role: Role) -> Audience { Audience(allowed: allowed.union([role]), visible: visible) }

    func code(for role: Role) -> String? {
        if role == .anonymous { return "UNAUTHENTICATED" }
        if allowed.contains(role) { return nil }
        return visible.contains(role) ? "FORBIDDEN" : "NOT_FOUND"
    }
}
