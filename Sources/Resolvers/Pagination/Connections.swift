import GraphQL
import Schema

/// The fields of every connection type: the same three, over the list's entity.
enum Connections {
    static let organizations = OrganizationConnectionFields<Page<OrganizationRow, OrganizationConnectionType>>(
        edges: { Page.edges($0) }, pageInfo: { Page.pageInfo($0) },
        totalCount: { try await Page.totalCount($0, $1) })
    static let organizationEdge = OrganizationEdgeFields<Edge<OrganizationRow, OrganizationEdgeType>>(
        cursor: { $0.cursor }, node: { Edge.node($0) })

    static let users = UserConnectionFields<Page<UserRow, UserConnectionType>>(
        edges: { Page.edges($0) }, pageInfo: { Page.pageInfo($0) },
        totalCount: { try await Page.totalCount($0, $1) })
    static let userEdge = UserEdgeFields<Edge<UserRow, UserEdgeType>>(
        cursor: { $0.cursor }, node: { Edge.node($0) })

    static let projects = ProjectConnectionFields<Page<ProjectRow, ProjectConnectionType>>(
        edges: { Page.edges($0) }, pageInfo: { Page.pageInfo($0) },
        totalCount: { try await Page.totalCount($0, $1) })
    static let projectEdge = ProjectEdgeFields<Edge<ProjectRow, ProjectEdgeType>>(
        cursor: { $0.cursor }, node: { Edge.node($0) })

    static let rpds = ReviewPointDefinitionConnectionFields<Page<RpdRow, ReviewPointDefinitionConnectionType>>(
        edges: { Page.edges($0) }, pageInfo: { Page.pageInfo($0) },
        totalCount: { try await Page.totalCount($0, $1) })
    static let rpdEdge = ReviewPointDefinitionEdgeFields<Edge<RpdRow, ReviewPointDefinitionEdgeType>>(
        cursor: { $0.cursor }, node: { Edge.node($0) })

    static let rpdVersions = ReviewPointDefinitionVersionConnectionFields<
        Page<RpdVersionRow, ReviewPointDefinitionVersionConnectionType>
    >(
        edges: { Page.edges($0) }, pageInfo: { Page.pageInfo($0) },
        totalCount: { try await Page.totalCount($0, $1) })
    static let rpdVersionEdge = ReviewPointDefinitionVersionEdgeFields<
        Edge<RpdVersionRow, ReviewPointDefinitionVersionEdgeType>
    >(
        cursor: { $0.cursor }, node: { Edge.node($0) })

    static let tasks = TaskConnectionFields<Page<TaskRow, TaskConnectionType>>(
        edges: { Page.edges($0) }, pageInfo: { Page.pageInfo($0) },
        totalCount: { try await Page.totalCount($0, $1) })
    static let taskEdge = TaskEdgeFields<Edge<TaskRow, TaskEdgeType>>(
        cursor: { $0.cursor }, node: { Edge.node($0) })

    static let subtasks = SubtaskConnectionFields<Page<SubtaskRow, SubtaskConnectionType>>(
        edges: { Page.edges($0) }, pageInfo: { Page.pageInfo($0) },
        totalCount: { try await Page.totalCount($0, $1) })
    static let subtaskEdge = SubtaskEdgeFields<Edge<SubtaskRow, SubtaskEdgeType>>(
        cursor: { $0.cursor }, node: { Edge.node($0) })

    static let contents = SubtaskContentConnectionFields<Page<SubtaskContentRow, SubtaskContentConnectionType>>(
        edges: { Page.edges($0) }, pageInfo: { Page.pageInfo($0) },
        totalCount: { try await Page.totalCount($0, $1) })
    static let contentEdge = SubtaskContentEdgeFields<Edge<SubtaskContentRow, SubtaskContentEdgeType>>(
        cursor: { $0.cursor }, node: { Edge.node($0) })

    static let decisions = SubtaskDecisionConnectionFields<Page<SubtaskDecisionRow, SubtaskDecisionConnectionType>>(
        edges: { Page.edges($0) }, pageInfo: { Page.pageInfo($0) },
        totalCount: { try await Page.totalCount($0, $1) })
    static let decisionEdge = SubtaskDecisionEdgeFields<Edge<SubtaskDecisionRow, SubtaskDecisionEdgeType>>(
        cursor: { $0.cursor }, node: { Edge.node($0) })

    static let annotations = AnnotationConnectionFields<Page<AnnotationRow, AnnotationConnectionType>>(
        edges: { Page.edges($0) }, pageInfo: { Page.pageInfo($0) },
        totalCount: { try await Page.totalCount($0, $1) })
    static let annotationEdge = AnnotationEdgeFields<Edge<AnnotationRow, AnnotationEdgeType>>(
        cursor: { $0.cursor }, node: { Edge.node($0) })

    static let reviews = ReviewConnectionFields<Page<ReviewRow, ReviewConnectionType>>(
        edges: { Page.edges($0) }, pageInfo: { Page.pageInfo($0) },
        totalCount: { try await Page.totalCount($0, $1) })
    static let reviewEdge = ReviewEdgeFields<Edge<ReviewRow, ReviewEdgeType>>(
        cursor: { $0.cursor }, node: { Edge.node($0) })

    static let outcomes = ReviewOutcomeConnectionFields<Page<ReviewOutcomeRow, ReviewOutcomeConnectionType>>(
        edges: { Page.edges($0) }, pageInfo: { Page.pageInfo($0) },
        totalCount: { try await Page.totalCount($0, $1) })
    static let outcomeEdge = ReviewOutcomeEdgeFields<Edge<ReviewOutcomeRow, ReviewOutcomeEdgeType>>(
        cursor: { $0.cursor }, node: { Edge.node($0) })

    static let findings = FindingConnectionFields<Page<FindingRow, FindingConnectionType>>(
        edges: { Page.edges($0) }, pageInfo: { Page.pageInfo($0) },
        totalCount: { try await Page.totalCount($0, $1) })
    static let findingEdge = FindingEdgeFields<Edge<FindingRow, FindingEdgeType>>(
        cursor: { $0.cursor }, node: { Edge.node($0) })

    static let exports = ExportConnectionFields<Page<ExportRow, ExportConnectionType>>(
        edges: { Page.edges($0) }, pageInfo: { Page.pageInfo($0) },
        totalCount: { try await Page.totalCount($0, $1) })
    static let exportEdge = ExportEdgeFields<Edge<ExportRow, ExportEdgeType>>(
        cursor: { $0.cursor }, node: { Edge.node($0) })
}
