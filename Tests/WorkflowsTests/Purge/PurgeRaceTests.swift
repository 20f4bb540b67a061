import Database
import FoundationEssentials
import TestSupport
import Testing

@testable import Workflows

/// Who purges is never alone: others purge, others bring back, and anybody may be killed.
@Suite("Purging beside others", .timeLimit(.minutes(15)))
struct PurgeRaceTests {
    @Test("what somebody is bringing back is passed over, and stays", arguments: PurgeStage.Kind.allCases)
    func restoredFirst(_ kind: PurgeStage.Kind) async throws {
        try await withPurgeStage { stage in
            let (wanted, unwanted) = (try await stage.make(kind), try await stage.make(kind))
            for id in [wanted, unwanted] { try await stage.delete(kind, id, days: 31) }
            try await stage.pool.withTransaction { transaction in
                let place: SQL = kind == .subtasks ? ", position = 1" : ""
                _ = try await transaction.query(
                    "update \(unsafeSQL: kind.rawValue) set deleted_at = null\(place) where id = \(wanted)")
                #expect(try await stage.run() == ["\(kind.rawValue) 1"])
            }
            #expect(try await stage.run().isEmpty)
            #expect(try await stage.exists(kind, wanted))
            #expect(try await !stage.exists(kind, unwanted))
        }
    }

    @Test("who comes to bring back what is just going finds nothing", arguments: PurgeStage.Kind.allCases)
    func purgedFirst(_ kind: PurgeStage.Kind) async throws {
        try await withPurgeStage { stage in
            let id = try await stage.make(kind)
            try await stage.delete(kind, id, days: 31)
            let loop = stage.pool.loop
            var purge: Task<[String], any Error>?
            var restore: Task<WorkflowError.Code?, Never>?
            try await stage.holding(kind.rawValue) {
                purge = Task(executorPreference: loop) { try await stage.run() }
                try await stage.untilWaiting(1)
                restore = Task(executorPreference: loop) { await code { try await stage.restore(kind, id) } }
                if [.tasks, .subtasks, .documents].contains(kind) {
                    // It sees the mark.
                    #expect(await restore?.value == .notFound)
                } else {
                    // It waits for the row.
                    try await stage.untilWaiting(1, atGate: false)
                }
            }
            #expect(try await purge?.value == ["\(kind.rawValue) 1"])
            #expect(await restore?.value == .notFound)
            #expect(try await !stage.exists(kind, id))
        }
    }

    @Test("two take different rows at the same time, and none twice")
    func two() async throws {
        try await withPurgeStage { stage in
            for _ in 0..<10 { try await stage.delete(.tasks, try await stage.make(.tasks), days: 31) }
            let loop = stage.pool.loop
            var workers: [Task<Int, any Error>] = []
            try await stage.holding("tasks") {
                for _ in 0..<2 {
                    workers.append(
                        Task(executorPreference: loop) {
                            try await stage.purge(rowsAtOnce: 1).run().reduce(0) { $0 + $1.rows }
                        })
                }
                // Neither waits for the other.
                try await stage.untilWaiting(2)
            }
            var rows = 0
            for worker in workers { rows += try await worker.value }
            #expect(rows == 10)
            #expect(try await stage.world.count("select count(*) from tasks") == 0)
        }
    }

    @Test("two at one project delete it once")
    func twoAtAProject() async throws {
        try await withPurgeStage { stage in
            for _ in 0..<5 { _ = try await stage.make(.tasks) }
            try await stage.delete(.projects, stage.world.projectID, days: 31)
            let loop = stage.pool.loop
            var workers: [Task<Int, any Error>] = []
            try await stage.holding("tasks") {
                for _ in 0..<2 {
                    workers.append(
                        Task(executorPreference: loop) {
                            try await stage.purge(rowsAtOnce: 1).run().reduce(0) { $0 + $1.rows }
                        })
                }
                try await stage.untilWaiting(1)
            }
            var rows = 0
            for worker in workers { rows += try await worker.value }
            #expect(rows == 1)
            #expect(try await !stage.exists(.projects, stage.world.projectID))
        }
    }

    @Test("who is killed leaves the rest to the next one, however little goes at once")
    func killed() async throws {
        try await withPurgeStage { stage in
            for number in 0..<4 {
                let task = try await stage.task(of: try await stage.subtask(key: "\(number)"))
                try await stage.delete(.tasks, task, days: 40 - number)
                _ = try await stage.pool.query("update tasks set name = \("\(number)") where id = \(task)")
            }
            let loop = stage.pool.loop
            var worker: Task<[String], any Error>?
            // The last of the second two, in which nothing lies any more.
            try await stage.holding("tasks", when: "old.name = '3'") {
                worker = Task(executorPreference: loop) { try await stage.run(rowsAtOnce: 2) }
                try await stage.untilWaiting(1)
                try await stage.killWaiting()
                await #expect(throws: (any Error).self) { try await worker?.value }
            }
            #expect(try await stage.world.count("select count(*) from tasks") == 1)
            #expect(try await stage.run() == ["tasks 1"])
            try await stage.work()
            for number in 0..<4 { #expect(try await !stage.isStored("\(number)"), "\(number)") }
        }
    }

    @Test("a project of which a part is gone is not brought back, and goes on going")
    func killedInAProject() async throws {
        try await withPurgeStage { stage in
            for number in 0..<3 { _ = try await stage.subtask(key: "\(number)") }
            _ = try await stage.store("unused")
            let project = stage.world.projectID
            try await stage.delete(.projects, project, days: 31)
            let loop = stage.pool.loop
            var worker: Task<[String], any Error>?
            try await stage.holding("assets") {
                worker = Task(executorPreference: loop) { try await stage.run(rowsAtOnce: 1) }
                try await stage.untilWaiting(1)
                try await stage.killWaiting()
                await #expect(throws: (any Error).self) { try await worker?.value }
            }
            #expect(await code { try await stage.restore(.projects, project) } == .notFound)
            #expect(try await stage.exists(.projects, project))
            #expect(try await stage.run() == ["projects 1"])
            #expect(try await !stage.exists(.projects, project))
            try await stage.work()
            for key in ["0", "1", "2", "unused"] { #expect(try await !stage.isStored(key), "\(key)") }
        }
    }
}
