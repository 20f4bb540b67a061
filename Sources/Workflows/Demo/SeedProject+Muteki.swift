import Imaging

extension SeedProject {
    /// A project of a company that has nothing to do with the others: nobody else sees it.
    static let muteki = SeedProject(
        key: "muteki", organization: .muteki, name: "霧の港の物語 / Tales of the Foggy Harbour",
        description: "港町の子どもたちの絵本（架空の作品）。ほかの組織からは見えない、非公開のプロジェクトです。", author: .stranger,
        reviewer: .stranger, firstSeed: 500,
        rpds: [
            .visual(
                "eyes-ren", .ren,
                .init(
                    title: "船乗りの瞳の色", instruction: "船乗りの瞳は琥珀色です。", references: [.reference(.eyes, .ren)]))
        ],
        tasks: [
            SeedTask(
                "絵本 表紙", .waiting, .middle, due: 7, by: .stranger, for: .stranger,
                [.init("ラフ", .ren)])
        ])
}
