import Imaging

extension SeedProject {
    static let tsukiakariTasks: [SeedTask] = [
        SeedTask(
            "第1巻 表紙", .finished, .high, due: -20, by: .supervisor, for: .owner, note: "重版から使う絵。",
            [.init("本番", .momo)]),
        SeedTask(
            "第1巻 店頭POP", .finished, .low, due: -14, by: .owner, for: .supervisor,
            [.init("レン", .ren, before: .forbiddenSymbol)]),
        SeedTask(
            "第2巻 表紙", .returned, .high, due: -1, by: .supervisor, for: .owner,
            [.init("A案", .momo, .wrongEyeColor), .init("B案", .momo)]),
        SeedTask(
            "コースター 2種", .returned, .middle, due: 2, by: .owner, for: .supervisor,
            [.init("レン", .ren, .wrongBadgeColor)]),
        SeedTask(
            "電子書籍 バナー", .withPerson, .middle, due: 3, by: .supervisor, for: .owner,
            [.init("横長", .momo, .missingNotice)]),
        SeedTask(
            "月替わりカレンダー", .withPerson, .low, due: 5, by: .owner, for: .supervisor,
            [.init("九月", .ren, .forbiddenSymbol)]),
        SeedTask(
            "アニメ化 発表画像", .withAI, .high, due: 1, by: .owner, for: .owner, note: "解禁まで社外秘。",
            [.init("発表用", .momo)]),
        SeedTask(
            "SNS 投稿画像", .withAI, .middle, due: 4, by: .supervisor, for: .supervisor,
            [.init("月曜日", .momo, [], .blurred), .init("金曜日", .ren)]),
        SeedTask(
            "第3巻 表紙", .waiting, .high, due: 10, by: .supervisor, for: .owner,
            [.init("A案", .momo), .init("B案", .ren)]),
        SeedTask(
            "第3巻 口絵", .waiting, .middle, due: 13, by: .supervisor, for: .owner,
            [.init("口絵1", .ren), .init("口絵2", .momo, .missingNotice)]),
        SeedTask(
            "マグカップ", .waiting, .middle, due: 14, by: .owner, for: .supervisor,
            [.init("モモ", .momo, .wrongBadgeColor)]),
        SeedTask(
            "ポストカード 3種", .waiting, .low, due: 15, by: .owner, for: nil,
            [.init("春", .momo), .init("夏", .ren), .init("秋", .momo, .wrongEyeColor)]),
        SeedTask("書店ポスター", .waiting, .high, due: 17, by: .supervisor, for: .owner, [.init("A2", .ren)]),
        SeedTask(
            "しおり 特典", .waiting, .low, due: 19, by: .owner, for: .supervisor,
            [.init("モモ", .momo, .forbiddenSymbol), .init("レン", .ren)]),
        SeedTask(
            "配信サイト サムネイル", .waiting, .middle, due: 20, by: .supervisor, for: .supervisor,
            [.init("第10話", .momo, [], .tooSmall)]),
        SeedTask(
            "喫茶フェア メニュー", .waiting, .middle, due: 24, by: .owner, for: .supervisor,
            [.init("表紙", .momo), .init("裏表紙", .ren, .wrongEyeColor)]),
        SeedTask("応援広告", .waiting, .low, due: 28, by: .supervisor, for: nil, [.init("駅構内", .momo)]),
        SeedTask(
            "年賀状 素材", .waiting, .low, due: nil, by: .owner, for: nil, note: "来年の干支が決まってから着手。",
            [.init("下絵", .ren, .missingFigure)]),
    ]
}
