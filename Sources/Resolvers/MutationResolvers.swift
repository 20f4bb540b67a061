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
        createTaskStatus: { arguments, call in try await TaskOptionMutations.create(arguments.input, call) },
        updateTaskStatus: { arguments, call in try await TaskOptionMutations.update(arguments.input, call) },
        deleteTaskStatus: { arguments, call in try await TaskOptionMutations.delete(arguments.input, call) },
        createTaskPriority: { arguments, call in try await TaskOptionMutations.create(arguments.input, call) },
        updateTaskPriority: { arguments, call in try await TaskOptionMutations.update(arguments.input, call) },
        deleteTaskPriority: { arguments, call in try await TaskOptionMutations.delete(arguments.input, call) },
        createUser: { arguments, call in try await UserMutations.create(arguments.input, call) },
        setUserRole: { arguments, call in try await UserMutations.setRole(arguments.input, call) },
        deleteUser: { arguments, call in try await UserMutations.delete(arguments.input, call) },
        updatePreferences: { arguments, call in try await UserMutations.updatePreferences(arguments.input, call) },
        likeAsset: { arguments, call in try await UserMutations.like(arguments.input, call) },
        unlikeAsset: { arguments, call in try await UserMutations.unlike(arguments.input, call) },
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
        createTask: { arguments, call in try await TaskMutations.create(arguments.input, call) },
        updateTask: { arguments, call in try await TaskMutations.update(arguments.input, call) },
        deleteTask: { arguments, call in try await TaskMutations.delete(arguments.input, call) },
        restoreTask: { arguments, call in try await TaskMutations.restore(arguments.input, call) },
        createSubtask: { arguments, call in try await SubtaskMutations.create(arguments.input, call) },
        updateSubtask: { arguments, call in try await SubtaskMutations.update(arguments.input, call) },
        decideSubtask: { arguments, call in try await SubtaskMutations.decide(arguments.input, call) },
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
        createUpload: { arguments, call in try await FileMutations.createUpload(arguments.input, call) },
        completeUpload: { arguments, call in try await FileMutations.completeUpload(arguments.input, call) },
        startReview: { arguments, call in try await ReviewMutations.start(arguments.input, call) },
        cancelReview: { arguments, call in try await ReviewMutations.cancel(arguments.input, call) },
        holdFinding: { arguments, call in try await ReviewMutations.holdFinding(arguments.input, call) },
        startExport: { arguments, call in try await ExportMutations.start(arguments.input, call) },
        cancelExport: { arguments, call in try await ExportMutations.cancel(arguments.input, call) })
}
