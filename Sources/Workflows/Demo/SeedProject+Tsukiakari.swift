import Imaging

extension SeedProject {
    /// The rights holder's second project, which only the rights holder sees.
    static let tsukiakari = SeedProject(
        key: "tsukiakari", organization: .hoshimi, name: "月灯り喫茶モモ / Momo's Moonlight Tea Room",
        description: """
            月夜にだけ開く喫茶店の看板娘モモと、無口な焙煎士レンの日々を描く連載漫画（架空の作品）。
            書籍・店頭・配信の絵をここで監修します。
            """,
        author: .supervisor, reviewer: .owner, firstSeed: 300, rpds: tsukiakariRpds, tasks: tsukiakariTasks)

    private static let tsukiakariRpds: [SeedRpd] = [
        .visual(
            "eyes-momo", .momo,
            .init(
                title: "モモの瞳の色", instruction: "モモの瞳は紫です。光の当たり方で赤や緑に寄せないでください。",
                references: [.reference(.eyes, .momo)])),
        .visual(
            "face-momo", .momo,
            .init(
                title: "モモの髪色", instruction: "髪は桃色、影は濃い桃色です。",
                references: [.reference(.face, .momo)]),
            .init(
                title: "モモの髪色とリボン", instruction: "髪は桃色、影は濃い桃色、リボンは水色です。参照画像と同じ配色であることを確認してください。",
                references: [.reference(.face, .momo)])),
        .visual(
            "eyes-ren", .ren,
            .init(
                title: "レンの瞳の色", instruction: "レンの瞳は琥珀色です。参照画像と比べてください。",
                references: [.reference(.eyes, .ren)])),
        .visual(
            "badge-ren", .ren,
            .init(
                title: "店のバッジ", instruction: "店員の胸には店のバッジを付けます。配色を変えてはいけません。",
                references: [.reference(.badge, .ren)])),
        .general(
            "notice", "COPYRIGHT_REVIEW",
            .init(
                title: "権利表記",
                instruction: "権利表記は「\(DemoIllustration.noticeText)」です。字間と帯の色は参照画像に従います。",
                references: [.reference(.notice, .momo)])),
        .general(
            "ng-bolt", "GENERAL_NG_REVIEW",
            .init(
                title: "禁止シンボル：雷の丸紋", instruction: "他社の登録商標に似ているため、赤地に黒い雷の丸紋は使えません。",
                tags: ["丸紋", "商標"], ngSubcategory: "CONCRETE_SHAPE",
                references: [.reference(.forbiddenSymbol, .momo)])),
        .general(
            "settings", "SETTINGS_REVIEW",
            .init(title: "店内の灯り", instruction: "店内の場面は月の出ている夜だけです。昼の窓を描かないでください。")),
        .general(
            "design", "DESIGN_REVIEW",
            .init(title: "表紙の余白", instruction: "題字の入る上部四分の一には、顔や手などの大事な要素を置かないでください。")),
        .general(
            "names", "TEXT_REVIEW",
            .init(title: "呼称：モモとレン", instruction: "モモはレンを「レンくん」、レンはモモを「店長」と呼びます。")),
        .general(
            "ng-alcohol", "GENERAL_NG_REVIEW",
            .init(
                title: "飲酒の描写", instruction: "登場人物が酒を飲む、または酒と分かる瓶や缶を持つ描写は避けます。",
                tags: ["飲酒", "酒瓶"], ngSubcategory: "ABSTRACT_TYPE")),
        .visual(
            "badge-old", .momo, isActive: false,
            .init(
                title: "開店当初のバッジ（使用終了）", instruction: "第1巻の特典だけに使ったバッジです。現在は監修しません。",
                references: [.reference(.badge, .momo)])),
    ]
}
