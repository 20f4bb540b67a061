import JSON

/// The declared rules: a field of a root without a line here fails the tests.
enum AccessMatrix {
    // MARK: Queries

    /// Root fields that find one object; its type's rule says who sees it.
    static let byID: [String: Key] = [
        "project": .project(1), "organization": .organization(1), "rpd": .rpd(1), "task": .task(1),
        "subtask": .subtask(1), "review": .review(1), "export": .export(1), "asset": .asset(1), "node": .task(1),
    ]

    /// Root fields with lists, and what each role finds in them; who is not named finds nothing.
    static let lists: [String: [Role: Set<Key>]] = [
        "projects": [
            .stranger: [.project(3)], .coopMember: [.project(1)], .coopOrganization: [.project(1)],
            .member: [.project(1), .project(2)], .organizationAdmin: [.project(1), .project(2)],
        ],
        "organizations": [
            .stranger: [.organization(3)], .coopMember: [.organization(1)],
            .coopOrganization: [.organization(1), .organization(2)], .member: [.organization(1)],
            .organizationAdmin: [.organization(1), .organization(4)],
            .systemAdmin: Set((1...4).map { .organization($0) }),
        ],
        "users": [
            .stranger: [.user(5)], .coopMember: colleagues, .coopOrganization: colleagues, .member: colleagues,
            .organizationAdmin: colleagues, .systemAdmin: Set((1...6).map { .user($0) }), .removedMember: [.user(2)],
        ],
        // What is shared beyond its project, KnowledgeTests have.
        "knowledge": [
            .stranger: [.promotion(2)], .coopMember: [.promotion(1)], .coopOrganization: [.promotion(1)],
            .member: [.promotion(1)], .organizationAdmin: [.promotion(1)],
        ],
    ]
    private static let colleagues = Set((1...4).map { Key.user($0) })

    /// Root fields that the tests of the matrix name themselves; SearchTests have the search.
    static let others: Set<String> = ["viewer", "nodes", "search", "auditLog", "appellationTable"]

    // MARK: Fields

    /// The fields that show something to some only of those who see the object, and to whom; a field that does so and is
    /// not here fails the tests.
    ///
    /// The objects are the samples of the fixture: a person is the organisation's admin, and what is one person's is that
    /// admin's. Fields that lead to another type follow that type's rule.
    static let fields: [String: Set<Role>] = [
        "User.email": [.member, .organizationAdmin, .systemAdmin],
        "User.projectAccess": [.organizationAdmin, .systemAdmin],
        "User.receivedInvitations": [.organizationAdmin], "User.preferences": [.organizationAdmin],
        "User.likes": [.organizationAdmin], "User.notifications": [.organizationAdmin],
        "Organization.viewerIsMember": [.member, .organizationAdmin],
        "Organization.viewerIsAdmin": [.organizationAdmin, .systemAdmin],
        "Organization.members": [.member, .organizationAdmin, .systemAdmin],
        "Organization.admins": [.member, .organizationAdmin, .systemAdmin],
        "Organization.invitations": [.organizationAdmin, .systemAdmin],
        "Organization.auditLog": [.organizationAdmin, .systemAdmin],
        "Project.viewerIsAdmin": [.organizationAdmin], "Project.auditLog": [.organizationAdmin],
        "Asset.viewerLikes": [.organizationAdmin],
        // Of a company that takes part others learn the name only.
        "ProjectCooperation.organization": [.coopOrganization],
    ]

    // MARK: Mutations

    /// Mutations that act on an object, which `MutationTests.targets` has.
    static let mutations: [String: Audience] = {
        let invitation = Audience(
            allowed: [.organizationAdmin, .systemAdmin], visible: [.organizationAdmin, .systemAdmin])
        let author = Audience(allowed: [.organizationAdmin], visible: Role.participants)
        var rules: [String: Audience] = [
            "createProject": Audience(allowed: [.member, .organizationAdmin], visible: []), "updateProject": .members,
            // The target is the coop member, who may leave, and the member of the owner, who may, too.
            "removeProjectMember": .projectAdmins.and(.coopMember),
            "removeOrganizationMember": .organizationAdmins.and(.member),
            // A cooperation is ended from either side.
            "removeProjectOrganization": .projectAdmins.and(.coopOrganization), "revokeInvitation": invitation,
            "updateAnnotation": author, "deleteAnnotation": author,
            "restoreAnnotation": author, "updateItem": author, "deleteItem": author,
            "restoreItem": author,
        ]
        for field in ["createIp", "updateIp", "deleteIp", "restoreIp"] { rules[field] = .members }
        for field in [
            "setProjectArchived", "deleteProject", "restoreProject", "addProjectMember", "addProjectOrganization",
            "setProjectCandidates", "inviteToProject",
        ] { rules[field] = .projectAdmins }
        for field in [
            "updateOrganization", "setOrganizationAdmin", "inviteToOrganization", "createTaskStatus",
            "updateTaskStatus", "deleteTaskStatus", "createTaskPriority", "updateTaskPriority", "deleteTaskPriority",
        ] { rules[field] = .organizationAdmins }
        for field in [
            "createRpd", "createRpdVersion", "setRpdActive", "createTask", "updateTask", "deleteTask", "restoreTask",
            "moveTask",
            "createSubtask", "updateSubtask", "decideSubtask", "addSubtaskContent", "restoreSubtaskContent",
            "moveSubtask", "copySubtask", "deleteSubtask", "restoreSubtask", "createAnnotation", "setAnnotationSolved",
            "createUpload", "completeUpload", "startReview", "cancelReview", "holdFinding", "startExport",
            "cancelExport", "retryExport", "cancelDocument", "retryDocument", "createTaskTag", "updateTaskTag",
            "deleteTaskTag", "setTaskTags", "likeAsset",
            "unlikeAsset", "activateRpdVersion", "retryRpdPreparation", "duplicateRpd", "deleteRpd", "restoreRpd",
            "updateFinding",
            "createFinding", "setFindingStatus", "discussFinding", "promoteFinding",
            "updatePromotedFinding", "deletePromotedFinding",
            "createCharacter", "updateCharacter",
            "deleteCharacter", "restoreCharacter",
            "createItem", "uploadFile", "createReviewSet", "updateReviewSet", "deleteReviewSet",
            "restoreReviewSet", "createDocument",
            "updateDocument", "deleteDocument", "restoreDocument", "setSubtaskCharacters", "predictCharacters",
            "detectObjects",
            "cancelPictureAnalysis", "generateReferences", "testRpd", "cancelRpdTest", "deleteRpdTest",
            "suggestRpdTitles", "suggestRpdContent", "rewriteRpdInstruction", "describePicture", "describeMotif",
            "startBatchReview", "createItemsFromDocument",
            "cancelBatchJob",
            "retryBatchJob", "startImport", "startDriveImport", "cancelImport", "retryImport",
        ] { rules[field] = .participants }
        for field in [
            "keepGeneratedReference", "deleteGeneratedReference", "likeGeneratedReference", "unlikeGeneratedReference",
            "cancelGeneratedReference", "retryGeneratedReference",
        ] {
            rules[field] = Audience(allowed: [.organizationAdmin], visible: [.organizationAdmin])
        }
        return rules
    }()

    /// Mutations that act on nothing that a participant sees, with a whole input.
    static let otherMutations: [String: (Audience, JSONObject)] = [
        "createOrganization": (.systemAdmins, ["name": "New"]),
        "createUser": (.systemAdmins, ["email": "new@demo.example", "name": "New"]),
        "deleteOrganization": (.systemAdmins, ["organizationId": .string(Key.organization(4).id)]),
        "deleteUser": (.systemAdmins, ["userId": .string(Key.user(3).id)]),
        "setUserRole": (.systemAdmins, ["userId": .string(Key.user(4).id), "role": "ADMIN"]),
        "addOrganizationMember": (
            .systemAdmins, ["organizationId": .string(Key.organization(1).id), "userId": .string(Key.user(4).id)]
        ),
        "createServiceToken": (.systemAdmins, ["name": "New", "userId": .string(Key.user(1).id)]),
        "markNotificationsRead": (.everybody, [:]), "acceptInvitation": (.everybody, ["token": "secret"]),
        "updatePreferences": (.everybody, ["settings": [:]]),
        // Whom each task is for, TaskBulkTests say.
        "updateTasks": (.everybody, ["taskIds": []]), "deleteTasks": (.everybody, ["taskIds": []]),
        "restoreTasks": (.everybody, ["taskIds": []]),
        // Whom each review point is for, RpdListTests say.
        "setRpdsActive": (.everybody, ["rpdIds": [], "isActive": true]), "deleteRpds": (.everybody, ["rpdIds": []]),
        "restoreRpds": (.everybody, ["rpdIds": []]),
    ]

    /// Mutations of sessions and tokens: SignInTests and ServiceTokenTests have them.
    static let signIn: Set<String> = [
        "signInWithGoogle", "refreshSession", "signOut", "signOutEverywhere", "revokeServiceToken",
    ]

    // MARK: Subscriptions

    /// The object that each subscription is about; its type's rule says who may watch.
    ///
    /// Without an object it is about the viewer, for everybody who is signed in.
    static let subscriptions: [String: (argument: String, key: Key)?] = [
        "notificationReceived": nil,
        "reviewProgress": ("reviewId", .review(1)), "exportProgress": ("exportId", .export(1)),
        "taskEvents": ("taskId", .task(1)), "projectTasks": ("projectId", .project(1)),
        "projectReviews": ("projectId", .project(1)), "documentProgress": ("documentId", .document(2)),
        "batchJobProgress": ("batchJobId", .batchJob(2)), "importProgress": ("importId", .import(2)),
        "boardChanged": ("projectId", .project(1)), "projectActivity": ("projectId", .project(1)),
        "rpdReadiness": ("projectId", .project(1)),
        "referenceProgress": ("generatedReferenceId", .generated(2)), "rpdTestProgress": ("rpdTestId", .rpdTest(2)),
    ]
}
