// The objects that the operations read: lists of lists, as a dashboard asks for them. Comparison/worker.js and worker.py
// make the same.

import GraphQL

enum ProjectTag: ObjectTypeTag { static var typeName: String { "Project" } }
enum UserTag: ObjectTypeTag { static var typeName: String { "User" } }
enum ReviewTag: ObjectTypeTag { static var typeName: String { "Review" } }
enum FindingTag: ObjectTypeTag { static var typeName: String { "Finding" } }
enum AreaTag: ObjectTypeTag { static var typeName: String { "Area" } }

final class User: ObjectSource {
    typealias Object = UserTag
    let id: String
    let name: String
    let email: String

    init(_ number: Int) {
        id = "user-\(number)"
        name = "監修者 \(number)"
        email = "user\(number)@demo.example"
    }
}

final class Project: ObjectSource {
    typealias Object = ProjectTag
    let id: String
    let name: String
    let description: String?
    let owner: User
    let reviews: [Review]

    init(_ number: Int, reviews: Int, findings: Int) {
        id = "project-\(number)"
        name = "Project number \(number)"
        description = number.isMultiple(of: 3) ? nil : "What the project \(number) is about, in one sentence."
        owner = User(number)
        self.reviews = (0..<reviews).map { Review(number * 100 + $0, findings: findings) }
    }
}

final class Review: ObjectSource {
    typealias Object = ReviewTag
    let id: String
    let version: Int32
    let status: ReviewStatus
    let author: User
    let findings: [Finding]

    init(_ number: Int, findings: Int) {
        id = "review-\(number)"
        version = Int32(number % 7 + 1)
        status = .completed
        author = User(number % 10)
        self.findings = (0..<findings).map { Finding(number * 100 + $0) }
    }
}

final class Finding: ObjectSource {
    typealias Object = FindingTag
    let id: String
    let description: String
    let severity: Severity
    let suggestion: String?
    let area: Area

    init(_ number: Int) {
        id = "finding-\(number)"
        description = "The eyes differ from the reference by more than allowed (\(number))"
        severity = number.isMultiple(of: 3) ? .risk : .alert
        suggestion = number.isMultiple(of: 2) ? "Use the reference colour #3366cc" : nil
        area = Area(x: Double(number % 640), y: Double(number % 480), width: 64.5, height: 48.25)
    }
}

struct Area: ObjectSource {
    typealias Object = AreaTag
    let x: Double
    let y: Double
    let width: Double
    let height: Double
}

enum ReviewStatus: String, LeafValue {
    case pending = "PENDING"
    case processing = "PROCESSING"
    case completed = "COMPLETED"

    func write(to out: inout ResponseWriter) {
        out.json.writeString(rawValue)
    }
}

enum Severity: String, LeafValue {
    case risk = "RISK"
    case alert = "ALERT"
    case safe = "SAFE"

    func write(to out: inout ResponseWriter) {
        out.json.writeString(rawValue)
    }
}
