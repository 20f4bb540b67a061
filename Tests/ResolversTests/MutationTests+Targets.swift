import JSON
import Testing

@testable import Resolvers

// What each mutation acts on, for the tests that are the same for all of them.
extension MutationTests {
    /// A mutation that acts on an object, with an input that is right but for the object.
    struct Target: Sendable, CustomTestStringConvertible {
        let field: String
        let argument: String
        /// Of project 1.
        let visible: Key
        /// Of project 3.
        let hidden: Key
        var rest: JSONObject = [:]
        var result: String

        var testDescription: String { field }
    }

    static func member(_ field: String, _ rest: JSONObject = [:]) -> Target {
        var input = rest
        input["userId"] = .string(Key.user(2).id)
        return Target(
            field: field, argument: "organizationId", visible: .organization(1), hidden: .organization(3), rest: input,
            result: "organization { id }")
    }

    static func option(_ name: String, _ key: (Int) -> Key) -> [Target] {
        let argument = name.prefix(1).lowercased() + name.dropFirst()
        return [
            Target(
                field: "create\(name)", argument: "organizationId", visible: .organization(1), hidden: .organization(3),
                rest: ["name": "New"], result: "\(argument) { name }"),
            Target(
                field: "update\(name)", argument: "\(argument)Id", visible: key(11), hidden: key(31),
                rest: ["name": "New"], result: "\(argument) { name }"),
            Target(
                field: "delete\(name)", argument: "\(argument)Id", visible: key(11), hidden: key(31),
                rest: ["replacementId": .string(key(12).id)], result: "deleted\(name)Id"),
        ]
    }

    static let targets: [Target] = organizationTargets + projectTargets + registryTargets

    /// What a project knows, which comes back.
    static let registryTargets: [Target] = [
        ("Character", "character", Key.character, JSONObject([("name", "New")])),
        ("Item", "item", Key.item, JSONObject([("assetId", .string(Key.asset(5).id))])),
        ("ReviewSet", "reviewSet", Key.reviewSet, JSONObject([("name", "New")])),
        ("Ip", "ip", Key.ip, JSONObject([("name", "New")])),
        ("Document", "document", Key.document, JSONObject([("assetId", .string(Key.asset(15).id))])),
    ].flatMap { name, argument, key, input in
        [
            project("create\(name)", input, result: "\(argument) { id }"),
            Target(
                field: "update\(name)", argument: "\(argument)Id", visible: key(1), hidden: key(3),
                rest: ["description": "New"], result: "\(argument) { id }"),
            Target(
                field: "delete\(name)", argument: "\(argument)Id", visible: key(2), hidden: key(3),
                result: "deleted\(name)Id"),
            Target(
                field: "restore\(name)", argument: "\(argument)Id", visible: key(1), hidden: key(3),
                result: "\(argument) { id }"),
        ]
    }

    static let organizationTargets: [Target] =
        [
            Target(
                field: "updateOrganization", argument: "organizationId", visible: .organization(1),
                hidden: .organization(3), rest: ["name": "New"], result: "organization { name }"),
            member("removeOrganizationMember"), member("setOrganizationAdmin", ["isAdmin": true]),
            Target(
                field: "inviteToOrganization", argument: "organizationId", visible: .organization(1),
                hidden: .organization(3), rest: ["email": "new@demo.example"], result: "invitation { email }"),
            Target(
                field: "revokeInvitation", argument: "invitationId", visible: .invitation(1), hidden: .invitation(2),
                result: "invitation { status }"),
        ] + option("TaskStatus", Key.status) + option("TaskPriority", Key.priority)

    static func project(_ field: String, _ rest: JSONObject = [:], result: String = "project { id }") -> Target {
        Target(
            field: field, argument: "projectId", visible: .project(1), hidden: .project(3), rest: rest, result: result)
    }

    static func rpd(_ field: String, _ result: String) -> Target {
        Target(field: field, argument: "rpdId", visible: .rpd(2), hidden: .rpd(8), result: result)
    }

    static func finding(
        _ field: String, _ rest: JSONObject, number: Int = 2, result: String = "finding { id }"
    ) -> Target {
        Target(
            field: field, argument: "findingId", visible: .finding(number), hidden: .finding(6), rest: rest,
            result: result)
    }

    static let projectTargets: [Target] = [
        project("setProjectArchived", ["isArchived": true]), project("deleteProject", result: "deletedProjectId"),
        project("restoreProject"), project("addProjectMember", ["userId": .string(Key.user(4).id)]),
        project("removeProjectMember", ["userId": .string(Key.user(3).id)]),
        project("addProjectOrganization", ["organizationId": .string(Key.organization(4).id)]),
        project("setProjectCandidates", ["taskStatusIds": [.string(Key.status(11).id)]]),
        project("inviteToProject", ["email": "new@demo.example"], result: "token"),
        project("createTaskTag", ["name": "New"], result: "taskTag { name }"),
        Target(
            field: "activateRpdVersion", argument: "rpdVersionId", visible: .version(1), hidden: .version(8),
            result: "rpdVersion { isActive }"),
        Target(
            field: "retryRpdPreparation", argument: "rpdVersionId", visible: .version(2), hidden: .version(8),
            result: "rpdVersion { readiness }"),
        rpd("duplicateRpd", "rpd { id }"), rpd("deleteRpd", "deletedRpdId"), rpd("restoreRpd", "rpd { id }"),
        finding("updateFinding", ["description": "New"]), finding("setFindingStatus", ["status": "ACCEPTED"]),
        finding("discussFinding", [:], number: 3, result: "annotation { text }"),
        finding("promoteFinding", [:], number: 3, result: "promotion { id }"),
        Target(
            field: "updatePromotedFinding", argument: "promotedFindingId", visible: .promotion(1),
            hidden: .promotion(2), rest: ["notes": "New"], result: "promotion { notes }"),
        Target(
            field: "deletePromotedFinding", argument: "promotedFindingId", visible: .promotion(1),
            hidden: .promotion(2), result: "deletedPromotedFindingId"),
        Target(
            field: "createFinding", argument: "reviewId", visible: .review(2), hidden: .review(7),
            rest: ["rpdVersionId": .string(Key.version(2).id), "description": "New", "severity": "RISK"],
            result: "finding { id }"),
        Target(
            field: "removeProjectOrganization", argument: "projectCooperationId", visible: .cooperation(1),
            hidden: .cooperation(9), result: "deletedProjectCooperationId"),
        Target(
            field: "updateTaskTag", argument: "taskTagId", visible: .tag(1), hidden: .tag(3), rest: ["name": "New"],
            result: "taskTag { name }"),
        Target(
            field: "deleteTaskTag", argument: "taskTagId", visible: .tag(1), hidden: .tag(3),
            result: "deletedTaskTagId"),
        Target(
            field: "setTaskTags", argument: "taskId", visible: .task(1), hidden: .task(5),
            rest: ["taskTagIds": [.string(Key.tag(2).id)]], result: "task { name }"),
        Target(
            field: "likeAsset", argument: "assetId", visible: .asset(3), hidden: .asset(9),
            result: "asset { viewerLikes }"),
        Target(
            field: "unlikeAsset", argument: "assetId", visible: .asset(1), hidden: .asset(9),
            result: "asset { viewerLikes }"),
        Target(
            field: "likeGeneratedReference", argument: "generatedReferenceId", visible: .generated(2),
            hidden: .generated(3), result: "generatedReference { viewerLikes }"),
        Target(
            field: "unlikeGeneratedReference", argument: "generatedReferenceId", visible: .generated(1),
            hidden: .generated(3), result: "generatedReference { viewerLikes }"),
        Target(
            field: "createProject", argument: "organizationId", visible: .organization(1), hidden: .organization(3),
            rest: ["name": "New"], result: "project { name }"),
        Target(
            field: "updateProject", argument: "projectId", visible: .project(1), hidden: .project(3),
            rest: ["name": "New"], result: "project { name }"),
        Target(
            field: "createRpd", argument: "projectId", visible: .project(1), hidden: .project(3),
            rest: ["kind": "TEXT_REVIEW", "content": ["title": "New"]], result: "rpd { id }"),
        Target(
            field: "createRpdVersion", argument: "rpdId", visible: .rpd(2), hidden: .rpd(8),
            rest: ["content": ["title": "New"]], result: "rpdVersion { id }"),
        Target(
            field: "setRpdActive", argument: "rpdId", visible: .rpd(2), hidden: .rpd(8), rest: ["isActive": false],
            result: "rpd { isActive }"),
        Target(
            field: "createTask", argument: "projectId", visible: .project(1), hidden: .project(3),
            rest: ["name": "New"], result: "task { name }"),
        Target(
            field: "createSubtask", argument: "taskId", visible: .task(1), hidden: .task(5),
            rest: ["name": "New", "assetId": .string(Key.asset(1).id)], result: "subtask { name }"),
        Target(
            field: "updateTask", argument: "taskId", visible: .task(1), hidden: .task(5), rest: ["name": "New"],
            result: "task { name }"),
        Target(
            field: "moveTask", argument: "taskId", visible: .task(1), hidden: .task(5), result: "task { name }"),
        Target(
            field: "deleteTask", argument: "taskId", visible: .task(2), hidden: .task(5), result: "deletedTaskId"),
        Target(
            field: "restoreTask", argument: "taskId", visible: .task(1), hidden: .task(5), result: "task { name }"),
        Target(
            field: "updateSubtask", argument: "subtaskId", visible: .subtask(1), hidden: .subtask(7),
            rest: ["name": "New"], result: "subtask { name }"),
        Target(
            field: "decideSubtask", argument: "subtaskId", visible: .subtask(1), hidden: .subtask(7),
            rest: ["status": "ACCEPTED"], result: "subtask { status }"),
        Target(
            field: "setSubtaskCharacters", argument: "subtaskId", visible: .subtask(1), hidden: .subtask(7),
            rest: ["characterIds": [.string(Key.character(1).id)]], result: "subtask { characters { name } }"),
        Target(
            field: "predictCharacters", argument: "subtaskId", visible: .subtask(5), hidden: .subtask(7),
            result: "analysis { status }"),
        Target(
            field: "detectObjects", argument: "subtaskId", visible: .subtask(5), hidden: .subtask(7),
            result: "analysis { status }"),
        Target(
            field: "cancelPictureAnalysis", argument: "pictureAnalysisId", visible: .analysis(4), hidden: .analysis(3),
            result: "analysis { status }"),
        Target(
            field: "addSubtaskContent", argument: "subtaskId", visible: .subtask(1), hidden: .subtask(7),
            rest: ["assetId": .string(Key.asset(1).id)], result: "content { version }"),
        Target(
            field: "restoreSubtaskContent", argument: "contentId", visible: .content(1), hidden: .content(7),
            result: "content { version }"),
        Target(
            field: "moveSubtask", argument: "subtaskId", visible: .subtask(1), hidden: .subtask(7),
            rest: ["position": 2], result: "subtask { position }"),
        Target(
            field: "copySubtask", argument: "subtaskId", visible: .subtask(1), hidden: .subtask(7),
            rest: ["taskId": .string(Key.task(1).id)], result: "subtask { name }"),
        Target(
            field: "deleteSubtask", argument: "subtaskId", visible: .subtask(1), hidden: .subtask(7),
            result: "deletedSubtaskId"),
        Target(
            field: "restoreSubtask", argument: "subtaskId", visible: .subtask(1), hidden: .subtask(7),
            result: "subtask { name }"),
        Target(
            field: "createAnnotation", argument: "subtaskId", visible: .subtask(1), hidden: .subtask(7),
            rest: ["text": "New"], result: "annotation { text }"),
        Target(
            field: "updateAnnotation", argument: "annotationId", visible: .annotation(1), hidden: .annotation(4),
            rest: ["text": "New"], result: "annotation { text }"),
        Target(
            field: "setAnnotationSolved", argument: "annotationId", visible: .annotation(2), hidden: .annotation(4),
            rest: ["isSolved": true], result: "annotation { isSolved }"),
        Target(
            field: "deleteAnnotation", argument: "annotationId", visible: .annotation(1), hidden: .annotation(4),
            result: "deletedAnnotationId"),
        Target(
            field: "restoreAnnotation", argument: "annotationId", visible: .annotation(1), hidden: .annotation(4),
            result: "annotation { text }"),
        Target(
            field: "createUpload", argument: "projectId", visible: .project(1), hidden: .project(3),
            rest: ["purpose": "RPD_REFERENCE", "fileName": "a.png", "mediaType": "image/png", "byteCount": 5],
            result: "ticket { method }"),
        Target(
            field: "completeUpload", argument: "assetId", visible: .asset(1), hidden: .asset(9),
            result: "asset { state }"),
        Target(
            field: "uploadFile", argument: "projectId", visible: .project(1), hidden: .project(3),
            rest: ["purpose": "SUBTASK_CONTENT", "file": "upload"], result: "asset { state }"),
        Target(
            field: "startReview", argument: "subtaskId", visible: .subtask(5), hidden: .subtask(7),
            rest: ["selection": ["rpdIds": [.string(Key.rpd(2).id)]]], result: "review { status }"),
        project(
            "startBatchReview",
            [
                "subtaskIds": [.string(Key.subtask(5).id)], "selection": ["rpdIds": [.string(Key.rpd(2).id)]],
            ], result: "batchJob { status }"),
        Target(
            field: "createItemsFromDocument", argument: "documentId", visible: .document(1), hidden: .document(3),
            rest: ["pictureIds": [.string(Key.documentPicture(2).id)]], result: "items { id }"),
        Target(
            field: "cancelDocument", argument: "documentId", visible: .document(2), hidden: .document(3),
            result: "document { status }"),
        Target(
            field: "retryDocument", argument: "documentId", visible: .document(4), hidden: .document(3),
            result: "document { status }"),
        Target(
            field: "cancelBatchJob", argument: "batchJobId", visible: .batchJob(2), hidden: .batchJob(3),
            result: "batchJob { status }"),
        Target(
            field: "retryBatchJob", argument: "batchJobId", visible: .batchJob(1), hidden: .batchJob(3),
            result: "batchJob { status }"),
        project(
            "startImport", ["target": ["tasks": [:]], "files": [["assetId": .string(Key.asset(1).id)]]],
            result: "import { status }"),
        project(
            "startDriveImport",
            ["target": ["tasks": [:]], "accessToken": "ya29.secret", "files": [["fileId": "1a_B-cdefghij"]]],
            result: "import { status }"),
        Target(
            field: "cancelImport", argument: "importId", visible: .import(2), hidden: .import(3),
            result: "import { status }"),
        Target(
            field: "retryImport", argument: "importId", visible: .import(1), hidden: .import(3),
            result: "import { status }"),
        project(
            "testRpd",
            [
                "subject": ["draft": ["kind": "TEXT_REVIEW", "content": ["title": "Words"]]],
                "materials": [["content": ["line": ["text": "Hello."]], "expectedSeverity": "SAFE"]],
            ], result: "tests { status }"),
        Target(
            field: "cancelRpdTest", argument: "rpdTestId", visible: .rpdTest(2), hidden: .rpdTest(3),
            result: "rpdTest { status }"),
        Target(
            field: "deleteRpdTest", argument: "rpdTestId", visible: .rpdTest(1), hidden: .rpdTest(3),
            result: "deletedRpdTestId"),
        project("suggestRpdTitles", ["text": "Eyes"], result: "suggestions { text }"),
        project("suggestRpdContent", ["text": "Eyes"], result: "suggestion { title }"),
        project("rewriteRpdInstruction", ["instruction": "Eyes."], result: "suggestion { text }"),
        Target(
            field: "describePicture", argument: "assetId", visible: .asset(3), hidden: .asset(9),
            result: "description { text }"),
        Target(
            field: "describeMotif", argument: "assetId", visible: .asset(3), hidden: .asset(9), rest: ["tag": "Sword"],
            result: "motif { considerations }"),
        project("generateReferences", ["prompt": "A girl"], result: "references { status }"),
        Target(
            field: "keepGeneratedReference", argument: "generatedReferenceId", visible: .generated(1),
            hidden: .generated(3), result: "generatedReference { status }"),
        Target(
            field: "cancelGeneratedReference", argument: "generatedReferenceId", visible: .generated(2),
            hidden: .generated(3), result: "generatedReference { status }"),
        Target(
            field: "retryGeneratedReference", argument: "generatedReferenceId", visible: .generated(2),
            hidden: .generated(3), result: "generatedReference { status }"),
        Target(
            field: "deleteGeneratedReference", argument: "generatedReferenceId", visible: .generated(2),
            hidden: .generated(3), result: "deletedGeneratedReferenceId"),
        Target(
            field: "cancelReview", argument: "reviewId", visible: .review(3), hidden: .review(7),
            result: "review { status }"),
        Target(
            field: "holdFinding", argument: "findingId", visible: .finding(2), hidden: .finding(6),
            rest: ["isHeld": true], result: "finding { isHeld }"),
        Target(
            field: "startExport", argument: "taskIds", visible: .task(1), hidden: .task(5), result: "export { status }"),
        Target(
            field: "cancelExport", argument: "exportId", visible: .export(3), hidden: .export(99),
            result: "export { status }"),
        Target(
            field: "retryExport", argument: "exportId", visible: .export(2), hidden: .export(99),
            result: "export { status }"),
    ]

    /// Mutations that act on no object of a member's: SignInTests, ServiceTokenTests and AdministrationTests have them.
    static let withoutObject = [
        "acceptInvitation", "addOrganizationMember", "createOrganization", "createServiceToken", "createUser",
        "deleteOrganization", "deleteTasks", "deleteUser", "markNotificationsRead", "refreshSession", "restoreTasks",
        "revokeServiceToken", "setUserRole", "signInWithGoogle", "signOut", "signOutEverywhere", "updatePreferences",
        "setRpdsActive", "deleteRpds", "restoreRpds", "updateTasks",
    ]
}
