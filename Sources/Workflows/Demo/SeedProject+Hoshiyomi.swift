import Imaging

extension SeedProject {
    /// The rights holder's first project, on which a studio and an individual work too.
    static let hoshiyomi = SeedProject(
        key: "hoshiyomi", organization: .hoshimi, name: "星詠みのソラ / Sora of the Star Charts",
        description: """
            星図を読む少女ソラと、灯台守のヒナタが空の島々を旅するアニメーション作品（架空の作品）。
            宣伝物・商品の絵をここで監修します。権利表記は全点に必要です。
            """,
        author: .owner, reviewer: .supervisor, cooperating: [.furinzaka], individuals: [.partner], firstSeed: 100,
        rpds: hoshiyomiRpds, tasks: hoshiyomiTasks, films: hoshiyomiFilms)

    private static let hoshiyomiRpds: [SeedRpd] = [
        .visual(
            "eyes-sora", .sora,
            .init(title: "ソラの瞳の色", instruction: "ソラの瞳は緑がかった青です。参照画像と比べてください。"),
            .init(
                title: "ソラの瞳の色",
                instruction: "ソラの瞳は青緑です。虹彩の色が参照画像と明らかに違う場合は差し戻してください。白いハイライトは左右とも入れます。",
                references: [.reference(.eyes, .sora)])),
        .visual(
            "face-sora", .sora,
            .init(
                title: "ソラの髪色と顔立ち",
                instruction: "髪は青、前髪は中央で分かれ、左上に赤いリボンが付きます。髪と肌の色が参照画像と同じであることを確認してください。",
                references: [.reference(.face, .sora)])),
        .visual(
            "badge-sora", .sora,
            .init(
                title: "胸の星のエンブレム",
                instruction: "制服の胸には青地に黄色の五芒星のエンブレムを必ず入れます。地の色・星の色を変えてはいけません。",
                references: [.reference(.badge, .sora)])),
        .visual(
            "eyes-hinata", .hinata,
            .init(
                title: "ヒナタの瞳の色", instruction: "ヒナタの瞳は緑です。参照画像と比べてください。",
                references: [.reference(.eyes, .hinata)])),
        .general(
            "notice", "COPYRIGHT_REVIEW",
            .init(title: "権利表記", instruction: "絵のどこかに権利表記「© AIMAGE DEMO 2024」を入れてください。"),
            .init(
                title: "権利表記",
                instruction: """
                    「\(DemoIllustration.noticeText)」を、絵の下端に参照画像と同じ帯で入れます。
                    文字・記号・年が一つでも違うもの、帯のないものは差し戻しです。
                    """,
                references: [.reference(.notice, .sora)])),
        .general(
            "ng-bolt", "GENERAL_NG_REVIEW",
            .init(
                title: "禁止シンボル：赤黒の稲妻紋",
                instruction: "作中の敵対組織の紋章です。赤い円と黒い稲妻の組み合わせは、背景や小物であっても商品・宣伝物には使えません。",
                tags: ["稲妻紋", "組織の紋章"], ngSubcategory: "CONCRETE_SHAPE",
                references: [.reference(.forbiddenSymbol, .sora)])),
        .general(
            "ng-gesture", "GENERAL_NG_REVIEW",
            .init(
                title: "侮辱的な身振り", instruction: "見る人を侮辱すると受け取られる手つきや表情がないことを確認してください。",
                tags: ["手つき", "表情"], ngSubcategory: "ABSTRACT_TYPE")),
        .general(
            "settings", "SETTINGS_REVIEW",
            .init(
                title: "制服の着用場面", instruction: "灯台の制服は第1話以降の地上の場面でだけ着用します。空の島の場面では旅装です。")),
        .general(
            "design", "DESIGN_REVIEW",
            .init(title: "線と塗りの仕上げ", instruction: "主線の途切れ、塗り残し、はみ出しがないこと。影の色は設定資料に従います。"),
            .init(
                title: "線と塗りの仕上げ",
                instruction: "主線の途切れ、塗り残し、はみ出しがないこと。影の色は設定資料に従い、二段階までとします。")),
        .general(
            "names", "TEXT_REVIEW",
            .init(
                title: "呼称：ソラとヒナタ",
                instruction: "ソラはヒナタを「ヒナタさん」、ヒナタはソラを「ソラ」と呼びます。台本・吹き出しで確認します。")),
        .visual(
            "badge-old", .sora, isActive: false,
            .init(
                title: "旧エンブレム（使用終了）", instruction: "第1話放送前の宣伝物だけに使ったエンブレムです。現在は監修しません。",
                references: [.reference(.badge, .sora)])),
    ]
}
