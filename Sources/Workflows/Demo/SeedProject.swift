import FoundationEssentials
import Imaging

/// A project of the demo data with all that is in it.
struct SeedProject: Sendable {
    /// Its name among the projects, for ids.
    let key: String
    let organization: SeedOrganization
    let name: String
    let description: String
    let author: SeedUser
    /// Who starts the reviews.
    let reviewer: SeedUser
    /// Companies that take part.
    var cooperating: [SeedOrganization] = []
    /// People who take part on their own.
    var individuals: [SeedUser] = []
    /// Where the numbers of its pictures begin: no picture is like one of another project.
    let firstSeed: UInt64
    let rpds: [SeedRpd]
    let tasks: [SeedTask]
    /// Films, each with a task of its own; there are none where they cannot be made.
    var films: [SeedFilm] = []

    /// All of them, the newest last.
    static let all = [muteki, tsukiakari, hoshiyomi]

    var id: UUID { SeedID.uuid("project/\(key)") }

    func id(of rpd: SeedRpd) -> UUID { SeedID.uuid("rpd/\(key)/\(rpd.key)") }
    func id(ofVersion number: Int, of rpd: SeedRpd) -> UUID { SeedID.uuid("rpd/\(key)/\(rpd.key)/\(number)") }
    func id(of task: SeedTask) -> UUID { SeedID.uuid("task/\(key)/\(task.name)") }
    func id(of subtask: SeedSubtask, in task: SeedTask) -> UUID {
        SeedID.uuid("task/\(key)/\(task.name)/\(subtask.name)")
    }
}

// What follows from the lists above.
extension SeedProject {
    /// A subtask with its files, from the first version to the current one.
    struct Placed: Sendable {
        let id: UUID
        let task: SeedTask
        let position: Int
        let subtask: SeedSubtask
        let contents: [SeedFile]
    }

    /// All subtasks, with the files drawn for them.
    var placedSubtasks: [Placed] {
        var seed = firstSeed
        return tasks.flatMap { task in
            task.subtasks.enumerated().map { index, subtask in
                let variants = (subtask.before.map { [$0] } ?? []) + [subtask.variant]
                let contents = variants.enumerated().map { number, variant in
                    seed += 1
                    let isCurrent = number == variants.count - 1
                    return content(
                        .material(subtask.figure, variant, seed: seed, isCurrent ? subtask.fault : .none),
                        version: number + 1, of: subtask, in: task)
                }
                return Placed(
                    id: id(of: subtask, in: task), task: task, position: index + 1, subtask: subtask,
                    contents: contents)
            }
        }
    }

    private func content(
        _ picture: SeedPicture, version: Int, of subtask: SeedSubtask, in task: SeedTask
    ) -> SeedFile {
        let name = "\(task.name)_\(subtask.name)_v\(version)".split(separator: " ").joined(separator: "_")
        return SeedFile(
            id: SeedID.uuid("asset/\(key)/\(task.name)/\(subtask.name)/\(version)"), projectID: id,
            purpose: .subtaskContent, name: "\(name).\(picture.fileNameExtension)", picture: picture,
            author: task.author)
    }

    /// The file of a reference picture, which versions of a review point share.
    func file(ofReference picture: SeedPicture) -> SeedFile {
        let name = picture.referenceName
        return SeedFile(
            id: SeedID.uuid("asset/\(key)/\(name)"), projectID: id, purpose: .rpdReference,
            name: "\(name).\(picture.fileNameExtension)", picture: picture, author: author)
    }

    /// Every file, once.
    var files: [SeedFile] {
        var seen: Swift.Set<UUID> = []
        let references = rpds.flatMap(\.versions).flatMap(\.references).map(file(ofReference:))
        return (references + placedSubtasks.flatMap(\.contents)).filter { seen.insert($0.id).inserted }
    }

    /// The reviews: one of every picture whose task somebody has begun.
    var reviews: [SeedReview] {
        placedSubtasks.filter { $0.task.status != .waiting }.map { placed in
            SeedReview(
                subtaskID: placed.id, viewer: reviewer,
                selection: placed.task.isNoticeCheck ? .copyrightCheck : .rpds(rpdIDs(for: placed.subtask.figure)),
                mode: placed.task.priority == .high ? "QUALITY" : "SPEED")
        }
    }

    /// The active review points that speak of a figure or of every picture.
    func rpdIDs(for figure: DemoFigure) -> [UUID] {
        rpds.filter { $0.isActive && ($0.figure ?? figure) == figure }.map(id(of:))
    }
}

/// A review that the seed asks for; a worker makes it like any other.
struct SeedReview: Sendable {
    let subtaskID: UUID
    let viewer: SeedUser
    let selection: ReviewSelection
    let mode: String

    /// Keeps an interrupted seed from asking twice.
    var requestKey: UUID { SeedID.uuid("review/\(subtaskID.text)") }
}
