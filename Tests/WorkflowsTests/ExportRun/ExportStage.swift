import Clients
import Database
import EventLoop
import Foundation
import TestSupport
import Testing

@testable import Workflows

/// An export of a task with two reviewed pictures that waits for a worker.
struct ExportStage: Sendable {
    let world: World
    let objects: DirectoryObjectStore
    let temporaryFolder: String
    let taskID: UUID
    let subtaskIDs: [UUID]
    let rpdID: UUID
    var exportID: UUID

    var handler: ExportRun {
        ExportRun(pool: world.pool, objects: objects, pdfWriter: nil, temporaryFolder: temporaryFolder)
    }

    func claim() async throws -> Job {
        let jobs = try await JobStore(pool: world.pool).claim(
            kinds: [.export], worker: "test/1", lease: .seconds(60), limit: 1)
        return try #require(jobs.first)
    }

    /// What the person who asked for the export was told of it, with the task that it was about.
    func told() async throws -> [String] {
        try await world.pool.query(
            "select concat_ws(' ', kind, task_id) from notifications where user_id = \(world.member) and export_id = \(exportID)"
        ).map { $0.string(0) }
    }

    /// Has a picture reviewed.
    func review(_ subtaskID: UUID, findings: [FindingDraft]) async throws {
        try await reviewed(subtaskID, rpdID: rpdID, findings: findings, world, objects)
    }
}

/// Runs a test with a started export.
func withExport(_ body: @escaping @Sendable (ExportStage) async throws -> Void) async throws {
    try await withTestDatabase { pool in
        try await withObjects { objects in
            let world = try await World.make(pool)
            let folder = FileManager.default.temporaryDirectory.appending(path: "exports-\(UUID().uuidString)").path()
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer {
                // What is left over is in the temporary directory; a test does not fail for it.
                try? FileManager.default.removeItem(atPath: folder)
            }
            let tasks = TaskStore(pool: pool)
            let taskID = try await tasks.create(
                viewer: world.member, projectID: world.projectID, task: .init(name: "Poster: front"))
            let rpdID = try await world.rpd()
            var subtaskIDs: [UUID] = []
            for name in ["first", "second"] {
                let key = "pictures/\(name)"
                try await objects.put(.bytes(try pngBytes(width: 640, height: 480)), at: try ObjectKey(key))
                let subtaskID = try await tasks.createSubtask(
                    viewer: world.member, taskID: taskID, name: name, description: "",
                    assetID: try await world.picture(key: key))
                subtaskIDs.append(subtaskID)
                try await reviewed(
                    subtaskID, rpdID: rpdID,
                    findings: [finding("\(name): too dark", .risk), finding("\(name): fine", .safe)], world, objects)
            }
            let started = try await ExportStore(pool: pool).start(
                viewer: world.member, ExportStore.Request(taskIDs: [taskID]))
            try await body(
                ExportStage(
                    world: world, objects: objects, temporaryFolder: folder, taskID: taskID, subtaskIDs: subtaskIDs,
                    rpdID: rpdID, exportID: started.exportID))
        }
    }
}

private func reviewed(
    _ subtaskID: UUID, rpdID: UUID, findings: [FindingDraft], _ world: World, _ objects: DirectoryObjectStore
) async throws {
    let started = try await ReviewStore(pool: world.pool).start(
        viewer: world.member, subtaskID: subtaskID, selection: .rpds([rpdID]), mode: "SPEED")
    let stage = ReviewStage(
        world: world, objects: objects, subtaskID: subtaskID, rpdIDs: [rpdID], reviewID: started.reviewID)
    try await stage.run(ScriptedModel { _ in .ok(findings) })
}
