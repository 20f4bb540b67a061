public import FoundationEssentials
public import JSON

/// What a version of a review point says, as it comes from a person.
public struct RpdContent: Sendable, Hashable {
    /// What to check, in a few words.
    public var title: String
    /// What to check, in full.
    public var instruction: String
    /// The motifs that it forbids, in order, for the kind `GENERAL_NG_REVIEW` and only there.
    public var groups: [MotifGroup]
    /// Words for the check.
    public var tags: [String]
    /// `CONCRETE_SHAPE` or `ABSTRACT_TYPE`, for the kind `GENERAL_NG_REVIEW` and only there.
    public var ngSubcategory: String?
    /// The pictures to compare with, in order.
    public var referenceAssetIDs: [UUID]
    /// How characters call each other, see `AppellationTable`; for the kind `TEXT_REVIEW` and only there.
    public var appellations: JSONValue?
    /// The file that the table is from; it has to be the project's.
    public var appellationAssetID: UUID?
    /// Exceptions from the table.
    public var specialRules: [SpecialRule]

    /// Makes a content.
    public init(
        title: String, instruction: String = "", groups: [MotifGroup] = [], tags: [String] = [],
        ngSubcategory: String? = nil, referenceAssetIDs: [UUID] = [], appellations: JSONValue? = nil,
        appellationAssetID: UUID? = nil, specialRules: [SpecialRule] = []
    ) {
        self.title = title
        self.instruction = instruction
        self.groups = groups
        self.tags = tags
        self.ngSubcategory = ngSubcategory
        self.referenceAssetIDs = referenceAssetIDs
        self.appellations = appellations
        self.appellationAssetID = appellationAssetID
        self.specialRules = specialRules
    }

    /// What is checked, of a row of `rpd_versions` called `versions`: the instruction and what the groups add to it.
    static let fullInstruction = "versions.instruction || versions.group_text"

    /// The groups in words, as they follow the instruction.
    var groupText: String { MotifGroup.text(of: groups, after: instruction) }

    /// The content without spaces at the ends and without repeated tags and pictures; adds what is wrong to `check`.
    func checked(kind: String, field: [String], _ check: inout InputCheck) -> RpdContent {
        var content = self
        content.title = check.name(title, field + ["title"])
        content.instruction = check.text(instruction, field + ["instruction"])
        content.groups = checkedGroups(kind: kind, field + ["groups"], &check)
        content.tags = checkedTags(field + ["tags"], &check)
        switch (kind, ngSubcategory) {
        case ("GENERAL_NG_REVIEW", nil):
            check.fail(field + ["ngSubcategory"], .required, "This kind needs to know the sort of motif.")
        case ("GENERAL_NG_REVIEW", "CONCRETE_SHAPE"), ("GENERAL_NG_REVIEW", "ABSTRACT_TYPE"), (_, nil):
            break
        default:
            check.fail(field + ["ngSubcategory"], .invalid, "This is not for this kind of review point.")
        }
        content.specialRules = checkedRules(field + ["specialRules"], &check)
        checkAppellations(kind: kind, field, &check)
        if referenceAssetIDs.count > 20 {
            check.fail(field + ["referenceAssetIds"], .tooLong, "At most 20 pictures are allowed.")
        }
        var seen: Swift.Set<UUID> = []
        content.referenceAssetIDs = referenceAssetIDs.filter { seen.insert($0).inserted }
        return content
    }

    private func checkedGroups(kind: String, _ field: [String], _ check: inout InputCheck) -> [MotifGroup] {
        if !groups.isEmpty, kind != "GENERAL_NG_REVIEW" {
            check.fail(field, .invalid, "This is not for this kind of review point.")
        }
        if groups.count > MotifGroup.maximumCount {
            check.fail(field, .tooLong, "At most \(MotifGroup.maximumCount) groups are allowed.")
        }
        return groups.enumerated().map { $1.checked(field + [String($0)], &check) }
    }

    private func checkAppellations(kind: String, _ field: [String], _ check: inout InputCheck) {
        if kind != "TEXT_REVIEW" {
            let message = "This is not for this kind of review point."
            let source = appellationAssetID == nil ? "appellations" : "appellationAssetId"
            if appellations != nil { check.fail(field + [source], .invalid, message) }
            if !specialRules.isEmpty { check.fail(field + ["specialRules"], .invalid, message) }
        } else if let appellations, AppellationTable(appellations) == nil {
            check.fail(
                field + ["appellations"], .invalid,
                """
                A table is an object of speakers, each an object of targets with their appellations as texts: 1 to \
                \(AppellationTable.maximumCharacters) characters, texts of 1 to \(AppellationTable.maximumLength).
                """)
        }
    }

    private func checkedRules(_ field: [String], _ check: inout InputCheck) -> [SpecialRule] {
        if specialRules.count > 100 { check.fail(field, .tooLong, "At most 100 rules are allowed.") }
        return specialRules.enumerated().map { index, rule in
            let place = field + [String(index)]
            if rule.conditions.count > 20 {
                check.fail(place + ["conditions"], .tooLong, "At most 20 conditions are allowed.")
            }
            return SpecialRule(
                speaker: check.name(rule.speaker, place + ["speaker"], maximum: AppellationTable.maximumLength),
                target: check.name(rule.target, place + ["target"], maximum: AppellationTable.maximumLength),
                alias: check.name(rule.alias, place + ["alias"], maximum: AppellationTable.maximumLength),
                conditions: rule.conditions.enumerated().map {
                    check.name($1, place + ["conditions", String($0)])
                })
        }
    }

    private func checkedTags(_ field: [String], _ check: inout InputCheck) -> [String] {
        if tags.count > 100 { check.fail(field, .tooLong, "At most 100 tags are allowed.") }
        var seen: Swift.Set<String> = []
        var result: [String] = []
        for (index, tag) in tags.enumerated() {
            let name = check.name(tag, field + [String(index)], maximum: 100)
            if seen.insert(name).inserted { result.append(name) }
        }
        return result
    }
}
