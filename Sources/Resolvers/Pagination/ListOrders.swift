import Schema

// What the fields of every order mean. Each has an index for each list that takes it (0022_board.sql, 0029_orders.sql,
// 0034_option_orders.sql, 0050_orders_of_links.sql, 0052_people_of_projects.sql, 0071_shared_knowledge.sql,
// 0073_restorable_registry.sql, 0074_restorable_annotations.sql, 0076_plans_of_lists.sql); test_large.py looks at the plans of
// all of them.

extension SortKey {
    /// What makes any order total.
    fileprivate static let id = SortKey.uuid("entity.id")
}

extension [SortKey] {
    fileprivate static let byAge: [SortKey] = [.timestamp("entity.created_at"), .id]
    fileprivate static let byChange: [SortKey] = [.timestamp("entity.updated_at"), .id]
    fileprivate static let byName: [SortKey] = [.text("entity.name"), .id]
    fileprivate static let byEnd: [SortKey] = [.timestampOrNever("entity.finished_at"), .id]
}

extension ProjectOrder: ListOrder {
    static func keys(_ field: ProjectOrderField) -> [SortKey] {
        switch field {
        case .createdAt: .byAge
        case .updatedAt: .byChange
        case .name: .byName
        }
    }
}

extension OrganizationOrder: ListOrder {
    static func keys(_ field: OrganizationOrderField) -> [SortKey] {
        switch field {
        case .createdAt: .byAge
        case .name: .byName
        }
    }
}

extension OrganizationOrder {
    /// `members` is the table of a person's memberships, which repeats the moment and the name.
    static func keysOfMember(_ field: OrganizationOrderField) -> [SortKey] {
        switch field {
        case .createdAt: [.timestamp("members.organization_created_at"), .uuid("members.organization_id")]
        case .name: [.text("members.organization_name"), .uuid("members.organization_id")]
        }
    }
}

extension UserOrder: ListOrder {
    static func keys(_ field: UserOrderField) -> [SortKey] {
        switch field {
        case .createdAt: .byAge
        case .name: .byName
        }
    }
}

extension UserOrder {
    /// `people` is the table of those who take part in projects, which repeats the moment and the name.
    static func keysOfPerson(_ field: UserOrderField) -> [SortKey] {
        switch field {
        case .createdAt: [.timestamp("people.user_created_at"), .uuid("people.user_id")]
        case .name: [.text("people.user_name"), .uuid("people.user_id")]
        }
    }
}

extension OrganizationInvitationOrder: ListOrder {
    static func keys(_ field: OrganizationInvitationOrderField) -> [SortKey] {
        switch field {
        case .createdAt: .byAge
        case .expiresAt: [.timestamp("entity.expires_at"), .id]
        case .email: [.text("entity.email"), .id]
        }
    }
}

extension AuditEntryOrder: ListOrder {
    static func keys(_ field: AuditEntryOrderField) -> [SortKey] {
        switch field {
        case .createdAt: .byAge
        }
    }
}

extension NotificationOrder: ListOrder {
    static func keys(_ field: NotificationOrderField) -> [SortKey] {
        switch field {
        case .createdAt: .byAge
        }
    }
}

extension ProjectCooperationOrder: ListOrder {
    static func keys(_ field: ProjectCooperationOrderField) -> [SortKey] {
        switch field {
        case .joinedAt: .byAge
        case .name: .byName
        }
    }
}

extension TaskTagOrder: ListOrder {
    static func keys(_ field: TaskTagOrderField) -> [SortKey] {
        switch field {
        case .createdAt: .byAge
        case .name: .byName
        }
    }
}

extension TaskOrder: ListOrder {
    static func keys(_ field: TaskOrderField) -> [SortKey] {
        switch field {
        case .createdAt: .byAge
        case .updatedAt: .byChange
        case .dueAt: [.timestampOrNever("entity.due_at"), .id]
        case .name: .byName
        case .board: [.decimal("entity.board_rank"), .id]
        case .status: [.integer("entity.status_position"), .id]
        case .priority: [.integer("entity.priority_position"), .id]
        case .tid: [.integer("entity.number")]
        }
    }
}

extension SubtaskOrder: ListOrder {
    static func keys(_ field: SubtaskOrderField) -> [SortKey] {
        switch field {
        case .position: [.integer("entity.position")]
        case .createdAt: .byAge
        case .updatedAt: .byChange
        case .name: .byName
        }
    }
}

extension AnnotationOrder: ListOrder {
    static func keys(_ field: AnnotationOrderField) -> [SortKey] {
        switch field {
        case .createdAt: .byAge
        case .updatedAt: .byChange
        }
    }
}

extension ReviewOrder: ListOrder {
    static func keys(_ field: ReviewOrderField) -> [SortKey] {
        switch field {
        case .createdAt: .byAge
        case .finishedAt: .byEnd
        }
    }
}

extension FindingOrder: ListOrder {
    static func keys(_ field: FindingOrderField) -> [SortKey] {
        switch field {
        case .createdAt: .byAge
        case .updatedAt: .byChange
        case .severity: [.integer("severity_rank(entity.severity)"), .id]
        }
    }
}

extension PromotedFindingOrder: ListOrder {
    static func keys(_ field: PromotedFindingOrderField) -> [SortKey] {
        switch field {
        case .createdAt: .byAge
        }
    }
}

extension CharacterOrder: ListOrder {
    static func keys(_ field: CharacterOrderField) -> [SortKey] {
        switch field {
        case .createdAt: .byAge
        case .updatedAt: .byChange
        case .name: .byName
        }
    }
}

extension ItemOrder: ListOrder {
    static func keys(_ field: ItemOrderField) -> [SortKey] {
        switch field {
        case .createdAt: .byAge
        case .updatedAt: .byChange
        case .name: [.text("entity.asset_file_name"), .id]
        }
    }
}

extension ReviewSetOrder: ListOrder {
    static func keys(_ field: ReviewSetOrderField) -> [SortKey] {
        switch field {
        case .createdAt: .byAge
        case .updatedAt: .byChange
        case .name: .byName
        }
    }
}

extension IpOrder: ListOrder {
    static func keys(_ field: IpOrderField) -> [SortKey] {
        switch field {
        case .createdAt: .byAge
        case .name: .byName
        }
    }
}

extension AssetOrder: ListOrder {
    static func keys(_ field: AssetOrderField) -> [SortKey] {
        switch field {
        case .createdAt: .byAge
        case .fileName: [.text("entity.file_name"), .id]
        case .byteCount: [.integer("entity.byte_count"), .id]
        }
    }
}

extension DocumentOrder: ListOrder {
    static func keys(_ field: DocumentOrderField) -> [SortKey] {
        switch field {
        case .createdAt: .byAge
        case .updatedAt: .byChange
        case .name: .byName
        }
    }
}

extension BatchJobOrder: ListOrder {
    static func keys(_ field: BatchJobOrderField) -> [SortKey] {
        switch field {
        case .createdAt: .byAge
        case .finishedAt: .byEnd
        }
    }
}

extension BatchJobItemOrder: ListOrder {
    static func keys(_ field: BatchJobItemOrderField) -> [SortKey] {
        switch field {
        case .position: [.integer("entity.position")]
        case .finishedAt: .byEnd
        }
    }
}

extension ImportOrder: ListOrder {
    static func keys(_ field: ImportOrderField) -> [SortKey] {
        switch field {
        case .createdAt: .byAge
        case .finishedAt: .byEnd
        }
    }
}

extension ImportItemOrder: ListOrder {
    static func keys(_ field: ImportItemOrderField) -> [SortKey] {
        switch field {
        case .position: [.integer("entity.position")]
        case .finishedAt: .byEnd
        }
    }
}

extension RpdTestOrder: ListOrder {
    static func keys(_ field: RpdTestOrderField) -> [SortKey] {
        switch field {
        case .createdAt: .byAge
        case .finishedAt: .byEnd
        }
    }
}

extension GeneratedReferenceOrder: ListOrder {
    static func keys(_ field: GeneratedReferenceOrderField) -> [SortKey] {
        switch field {
        case .createdAt: .byAge
        case .finishedAt: .byEnd
        }
    }
}

extension ExportOrder: ListOrder {
    /// `links` is the table of the tasks of exports, which repeats the moments.
    static func keys(_ field: ExportOrderField) -> [SortKey] {
        switch field {
        case .createdAt: [.timestamp("links.export_created_at"), .uuid("links.export_id")]
        case .finishedAt: [.timestamp("links.export_finished_at"), .uuid("links.export_id")]
        }
    }

    /// The same for lists of exports that go without the links.
    static func ownKeys(_ field: ExportOrderField) -> [SortKey] {
        switch field {
        case .createdAt: .byAge
        case .finishedAt: .byEnd
        }
    }
}

extension RpdOrder: ListOrder {
    /// `active` is the active version, which only the lists by titles and versions have: see ``RpdRow/ofProject(in:among:)``.
    static func keys(_ field: RpdOrderField) -> [SortKey] {
        switch field {
        case .createdAt: .byAge
        case .updatedAt: .byChange
        case .title: [.text("active.title"), .uuid("active.rpd_id")]
        case .version: [.integer("active.version_number"), .uuid("active.rpd_id")]
        case .status: [.integer("entity.is_active::integer"), .id]
        }
    }
}

extension MemberOrder: ListOrder {
    /// `members` is the table of links, which repeats the name.
    static func keys(_ field: MemberOrderField) -> [SortKey] {
        switch field {
        case .joinedAt: [.timestamp("members.created_at"), .uuid("members.user_id")]
        case .name: [.text("members.user_name"), .uuid("members.user_id")]
        }
    }
}
