import Schema

/// The fields of `Mutation`: they translate; the work and its rules are in `Workflows`.
enum MutationResolvers {
    static let fields = MutationFields(
        signInWithGoogle: { arguments, call in try await SignInMutations.signInWithGoogle(arguments.input, call) },
        refreshSession: { call in try await SignInMutations.refreshSession(call) },
        signOut: { call in try await SignInMutations.signOut(call) },
        signOutEverywhere: { call in try await SignInMutations.signOutEverywhere(call) },
        createServiceToken: { arguments, call in
            try await SignInMutations.createServiceToken(arguments.input, call)
        },
        revokeServiceToken: { arguments, call in
            try await SignInMutations.revokeServiceToken(arguments.input, call)
        },
        createOrganization: { arguments, call in try await OrganizationMutations.create(arguments.input, call) },
        updateOrganization: { arguments, call in try await OrganizationMutations.update(arguments.input, call) },
        deleteOrganization: { arguments, call in try await OrganizationMutations.delete(arguments.input, call) },
        addOrganizationMember: { arguments, call in try await OrganizationMutations.addMember(arguments.input, call) },
        removeOrganizationMember: { arguments, call in
            try await OrganizationMutations.removeMember(arguments.input, call)
        },
        setOrganizationAdmin: { arguments, call in try await OrganizationMutations.setAdmin(arguments.input, call) },
        inviteToOrganization: { arguments, call in try await InvitationMutations.create(arguments.input, call) },
        revokeInvitation: { arguments, call in try await InvitationMutations.revoke(arguments.input, call) },
        acceptInvitation: { arguments, call in try await InvitationMutations.accept(arguments.input, call) },
        createTaskStatus: { arguments, call in
            try await TaskOptionMutations<TaskStatusType>.statuses.create(
                in: arguments.input.organizationId, name: arguments.input.name,
                position: arguments.input.position, call)
        },
        updateTaskStatus: { arguments, call in
            try await TaskOptionMutations<TaskStatusType>.statuses.update(
                arguments.input.taskStatusId, name: arguments.input.name, position: arguments.input.position,
                expectedUpdatedAt: arguments.input.expectedUpdatedAt, call)
        },
        deleteTaskStatus: { arguments, call in
            try await TaskOptionMutations<TaskStatusType>.statuses.delete(
                arguments.input.taskStatusId, replacement: arguments.input.replacementId, call)
        },
        createTaskPriority: { arguments, call in
            try await TaskOptionMutations<TaskPriorityType>.priorities.create(
                in: arguments.input.organizationId, name: arguments.input.name,
                position: arguments.input.position, call)
        },
        updateTaskPriority: { arguments, call in
            try await TaskOptionMutations<TaskPriorityType>.priorities.update(
                arguments.input.taskPriorityId, name: arguments.input.name, position: arguments.input.position,
                expectedUpdatedAt: arguments.input.expectedUpdatedAt, call)
        },
        deleteTaskPriority: { arguments, call in
            try await TaskOptionMutations<TaskPriorityType>.priorities.delete(
                arguments.input.taskPriorityId, replacement: arguments.input.replacementId, call)
        },
        createUser: { arguments, call in try await UserMutations.create(arguments.input, call) },
        setUserRole: { arguments, call in try await UserMutations.setRole(arguments.input, call) },
        deleteUser: { arguments, call in try await UserMutations.delete(arguments.input, call) },
        updatePreferences: { arguments, call in try await UserMutations.updatePreferences(arguments.input, call) },
        markNotificationsRead: { arguments, call in
            try await UserMutations.markNotificationsRead(arguments.input, call)
        },
        likeAsset: { arguments, call in try await UserMutations.like(arguments.input, call) },
        unlikeAsset: { arguments, call in try await UserMutations.unlike(arguments.input, call) },
        likeGeneratedReference: { arguments, call in try await UserMutations.likeReference(arguments.input, call) },
        unlikeGeneratedReference: { arguments, call in
            try await UserMutations.unlikeReference(arguments.input, call)
        },
        createProject: { arguments, call in try await ProjectMutations.create(arguments.input, call) },
        updateProject: { arguments, call in try await ProjectMutations.update(arguments.input, call) },
        setProjectArchived: { arguments, call in try await ProjectMutations.setArchived(arguments.input, call) },
        deleteProject: { arguments, call in try await ProjectMutations.delete(arguments.input, call) },
        restoreProject: { arguments, call in try await ProjectMutations.restore(arguments.input, call) },
        addProjectMember: { arguments, call in try await ProjectMutations.addMember(arguments.input, call) },
        removeProjectMember: { arguments, call in try await ProjectMutations.removeMember(arguments.input, call) },
        addProjectOrganization: { arguments, call in try await ProjectMutations.addOrganization(arguments.input, call)
        },
        removeProjectOrganization: { arguments, call in
            try await ProjectMutations.removeOrganization(arguments.input, call)
        },
        setProjectCandidates: { arguments, call in try await ProjectMutations.setCandidates(arguments.input, call) },
        inviteToProject: { arguments, call in try await InvitationMutations.create(arguments.input, call) },
        createTaskTag: { arguments, call in try await TaskTagMutations.create(arguments.input, call) },
        updateTaskTag: { arguments, call in try await TaskTagMutations.update(arguments.input, call) },
        deleteTaskTag: { arguments, call in try await TaskTagMutations.delete(arguments.input, call) },
        setTaskTags: { arguments, call in try await TaskTagMutations.setTags(arguments.input, call) },
        createRpd: { arguments, call in try await RpdMutations.create(arguments.input, call) },
        createRpdVersion: { arguments, call in try await RpdMutations.createVersion(arguments.input, call) },
        setRpdActive: { arguments, call in try await RpdMutations.setActive(arguments.input, call) },
        activateRpdVersion: { arguments, call in try await RpdMutations.activateVersion(arguments.input, call) },
        retryRpdPreparation: { arguments, call in
            try await RpdMutations.retryPreparation(arguments.input, call)
        },
        duplicateRpd: { arguments, call in try await RpdMutations.duplicate(arguments.input, call) },
        deleteRpd: { arguments, call in try await RpdMutations.delete(arguments.input, call) },
        restoreRpd: { arguments, call in try await RpdMutations.restore(arguments.input, call) },
        setRpdsActive: { arguments, call in try await RpdMutations.setActive(arguments.input, call) },
        deleteRpds: { arguments, call in try await RpdMutations.delete(arguments.input, call) },
        restoreRpds: { arguments, call in try await RpdMutations.restore(arguments.input, call) },
        updateFinding: { arguments, call in try await FindingMutations.update(arguments.input, call) },
        createFinding: { arguments, call in try await FindingMutations.create(arguments.input, call) },
        setFindingStatus: { arguments, call in try await FindingMutations.setStatus(arguments.input, call) },
        discussFinding: { arguments, call in try await FindingMutations.discuss(arguments.input, call) },
        promoteFinding: { arguments, call in try await FindingMutations.promote(arguments.input, call) },
        updatePromotedFinding: { arguments, call in try await KnowledgeMutations.update(arguments.input, call) },
        deletePromotedFinding: { arguments, call in try await KnowledgeMutations.delete(arguments.input, call) },
        createCharacter: { arguments, call in try await CharacterMutations.create(arguments.input, call) },
        updateCharacter: { arguments, call in try await CharacterMutations.update(arguments.input, call) },
        deleteCharacter: { arguments, call in try await CharacterMutations.delete(arguments.input, call) },
        restoreCharacter: { arguments, call in try await CharacterMutations.restore(arguments.input, call) },
        createItem: { arguments, call in try await ItemMutations.create(arguments.input, call) },
        updateItem: { arguments, call in try await ItemMutations.update(arguments.input, call) },
        deleteItem: { arguments, call in try await ItemMutations.delete(arguments.input, call) },
        restoreItem: { arguments, call in try await ItemMutations.restore(arguments.input, call) },
        createReviewSet: { arguments, call in try await ReviewSetMutations.create(arguments.input, call) },
        updateReviewSet: { arguments, call in try await ReviewSetMutations.update(arguments.input, call) },
        deleteReviewSet: { arguments, call in try await ReviewSetMutations.delete(arguments.input, call) },
        restoreReviewSet: { arguments, call in try await ReviewSetMutations.restore(arguments.input, call) },
        createIp: { arguments, call in try await IpMutations.create(arguments.input, call) },
        updateIp: { arguments, call in try await IpMutations.update(arguments.input, call) },
        deleteIp: { arguments, call in try await IpMutations.delete(arguments.input, call) },
        restoreIp: { arguments, call in try await IpMutations.restore(arguments.input, call) },
        createDocument: { arguments, call in try await DocumentMutations.create(arguments.input, call) },
        updateDocument: { arguments, call in try await DocumentMutations.update(arguments.input, call) },
        deleteDocument: { arguments, call in try await DocumentMutations.delete(arguments.input, call) },
        restoreDocument: { arguments, call in try await DocumentMutations.restore(arguments.input, call) },
        cancelDocument: { arguments, call in try await DocumentMutations.cancel(arguments.input, call) },
        retryDocument: { arguments, call in try await DocumentMutations.retry(arguments.input, call) },
        createItemsFromDocument: { arguments, call in
            try await DocumentMutations.enterPictures(arguments.input, call)
        },
        startBatchReview: { arguments, call in try await BatchMutations.start(arguments.input, call) },
        cancelBatchJob: { arguments, call in try await BatchMutations.cancel(arguments.input, call) },
        retryBatchJob: { arguments, call in try await BatchMutations.retry(arguments.input, call) },
        startImport: { arguments, call in try await ImportMutations.start(arguments.input, call) },
        startDriveImport: { arguments, call in try await ImportMutations.start(arguments.input, call) },
        cancelImport: { arguments, call in try await ImportMutations.cancel(arguments.input, call) },
        retryImport: { arguments, call in try await ImportMutations.retry(arguments.input, call) },
        testRpd: { arguments, call in try await RpdTestMutations.test(arguments.input, call) },
        cancelRpdTest: { arguments, call in try await RpdTestMutations.cancel(arguments.input, call) },
        deleteRpdTest: { arguments, call in try await RpdTestMutations.delete(arguments.input, call) },
        suggestRpdTitles: { arguments, call in try await PromptMutations.titles(arguments.input, call) },
        suggestRpdContent: { arguments, call in try await PromptMutations.wording(arguments.input, call) },
        rewriteRpdInstruction: { arguments, call in try await PromptMutations.rewriting(arguments.input, call) },
        describePicture: { arguments, call in try await PromptMutations.description(arguments.input, call) },
        describeMotif: { arguments, call in try await PromptMutations.motif(arguments.input, call) },
        generateReferences: { arguments, call in try await GenerationMutations.generate(arguments.input, call) },
        keepGeneratedReference: { arguments, call in try await GenerationMutations.keep(arguments.input, call) },
        cancelGeneratedReference: { arguments, call in try await GenerationMutations.cancel(arguments.input, call) },
        retryGeneratedReference: { arguments, call in try await GenerationMutations.retry(arguments.input, call) },
        deleteGeneratedReference: { arguments, call in try await GenerationMutations.delete(arguments.input, call) },
        createTask: { arguments, call in try await TaskMutations.create(arguments.input, call) },
        updateTask: { arguments, call in try await TaskMutations.update(arguments.input, call) },
        deleteTask: { arguments, call in try await TaskMutations.delete(arguments.input, call) },
        restoreTask: { arguments, call in try await TaskMutations.restore(arguments.input, call) },
        moveTask: { arguments, call in try await TaskMutations.move(arguments.input, call) },
        updateTasks: { arguments, call in try await TaskMutations.update(arguments.input, call) },
        deleteTasks: { arguments, call in try await TaskMutations.delete(arguments.input, call) },
        restoreTasks: { arguments, call in try await TaskMutations.restore(arguments.input, call) },
        createSubtask: { arguments, call in try await SubtaskMutations.create(arguments.input, call) },
        updateSubtask: { arguments, call in try await SubtaskMutations.update(arguments.input, call) },
        decideSubtask: { arguments, call in try await SubtaskMutations.decide(arguments.input, call) },
        setSubtaskCharacters: { arguments, call in
            try await SubtaskMutations.setCharacters(arguments.input, call)
        },
        predictCharacters: { arguments, call in try await AnalysisMutations.predictCharacters(arguments.input, call) },
        detectObjects: { arguments, call in try await AnalysisMutations.detectObjects(arguments.input, call) },
        cancelPictureAnalysis: { arguments, call in try await AnalysisMutations.cancel(arguments.input, call) },
        addSubtaskContent: { arguments, call in try await SubtaskMutations.addContent(arguments.input, call) },
        restoreSubtaskContent: { arguments, call in try await SubtaskMutations.restoreContent(arguments.input, call) },
        moveSubtask: { arguments, call in try await SubtaskMutations.move(arguments.input, call) },
        copySubtask: { arguments, call in try await SubtaskMutations.copy(arguments.input, call) },
        deleteSubtask: { arguments, call in try await SubtaskMutations.delete(arguments.input, call) },
        restoreSubtask: { arguments, call in try await SubtaskMutations.restore(arguments.input, call) },
        createAnnotation: { arguments, call in try await AnnotationMutations.create(arguments.input, call) },
        updateAnnotation: { arguments, call in try await AnnotationMutations.update(arguments.input, call) },
        setAnnotationSolved: { arguments, call in try await AnnotationMutations.setSolved(arguments.input, call) },
        deleteAnnotation: { arguments, call in try await AnnotationMutations.delete(arguments.input, call) },
        restoreAnnotation: { arguments, call in try await AnnotationMutations.restore(arguments.input, call) },
        createUpload: { arguments, call in try await FileMutations.createUpload(arguments.input, call) },
        completeUpload: { arguments, call in try await FileMutations.completeUpload(arguments.input, call) },
        uploadFile: { arguments, call in try await FileMutations.uploadFile(arguments.input, call) },
        startReview: { arguments, call in try await ReviewMutations.start(arguments.input, call) },
        cancelReview: { arguments, call in try await ReviewMutations.cancel(arguments.input, call) },
        holdFinding: { arguments, call in try await FindingMutations.hold(arguments.input, call) },
        startExport: { arguments, call in try await ExportMutations.start(arguments.input, call) },
        cancelExport: { arguments, call in try await ExportMutations.cancel(arguments.input, call) },
        retryExport: { arguments, call in try await ExportMutations.retry(arguments.input, call) })
}
