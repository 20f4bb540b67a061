import Imaging

extension SeedProject {
    static let hoshiyomiTasks: [SeedTask] = [
        SeedTask(
            "第1話 キービジュアル", .finished, .high, due: -21, by: .supervisor, for: .supervisor, note: "放送告知の中心になる絵。",
            [.init("正面", .sora), .init("夕景の差分", .sora)]),
        SeedTask(
            "公式サイト トップ画像", .finished, .middle, due: -18, by: .studio, for: .supervisor,
            [.init("パソコン版", .sora)]),
        SeedTask(
            "第1話 予告サムネイル", .finished, .low, due: -15, by: .partner, for: .owner, [.init("A案", .sora)]),
        SeedTask(
            "アクリルスタンド ソラ", .finished, .middle, due: -12, by: .studio, for: .supervisor,
            note: "第1版は瞳の色の誤りで差し戻し、第2版で修正済み。", [.init("表面", .sora, before: .wrongEyeColor)]),
        SeedTask(
            "ヒナタ 登場告知", .finished, .middle, due: -9, by: .partner, for: .supervisor,
            [.init("告知画像", .hinata, before: .missingNotice)]),
        SeedTask(
            "第2話 予告サムネイル", .returned, .high, due: -2, by: .partner, for: .supervisor,
            [.init("A案", .sora, .wrongEyeColor), .init("B案", .sora)]),
        SeedTask(
            "コラボカフェ 店頭ポスター", .returned, .middle, due: -1, by: .studio, for: .supervisor, note: "店頭掲示。印刷入稿前の最終確認。",
            [.init("入口用", .sora, .missingNotice)]),
        SeedTask(
            "缶バッジ 第2弾", .returned, .middle, due: 1, by: .studio, for: .owner,
            [.init("ソラ", .sora, .wrongBadgeColor), .init("ヒナタ", .hinata)]),
        SeedTask(
            "雑誌広告 見開き", .returned, .high, due: 2, by: .partner, for: .supervisor,
            [.init("左面", .sora, [.forbiddenSymbol, .missingNotice])]),
        SeedTask(
            "第3話 キービジュアル", .withPerson, .high, due: 3, by: .studio, for: .supervisor,
            [.init("正面", .sora), .init("逆光の差分", .sora, .wrongEyeColor)]),
        SeedTask(
            "クリアファイル 表紙", .withPerson, .middle, due: 4, by: .studio, for: .supervisor,
            [.init("表", .hinata, .wrongEyeColor)]),
        SeedTask(
            "配信バナー 夏", .withPerson, .low, due: 5, by: .partner, for: .owner, [.init("横長", .sora, [], .blurred)]),
        SeedTask(
            "ヒナタ 誕生日イラスト", .withPerson, .middle, due: 6, by: .partner, for: .supervisor,
            [.init("本絵", .hinata, .missingNotice)]),
        SeedTask(
            "第3話 予告サムネイル", .withAI, .high, due: 1, by: .partner, for: .supervisor,
            [.init("A案", .sora, .forbiddenSymbol)]),
        SeedTask(
            "ゲーム内アイコン", .withAI, .middle, due: 7, by: .studio, for: .supervisor,
            [.init("ソラ", .sora, [], .tooSmall)]),
        SeedTask(
            "権利表記の一括確認", .withAI, .low, due: 2, by: .supervisor, for: .supervisor,
            note: "今月の告知画像の権利表記だけを確認する。", isNoticeCheck: true,
            [.init("配信の告知", .sora), .init("物販の告知", .sora, .missingNotice)]),
        SeedTask(
            "第4話 キービジュアル", .waiting, .high, due: 8, by: .studio, for: .supervisor,
            [.init("正面", .sora), .init("夜景の差分", .sora), .init("ヒナタ単独", .hinata)]),
        SeedTask(
            "第4話 予告サムネイル", .waiting, .middle, due: 9, by: .partner, for: .supervisor,
            [.init("A案", .sora, .wrongBadgeColor), .init("B案", .hinata)]),
        SeedTask(
            "トートバッグ 図案", .waiting, .low, due: 11, by: .studio, for: nil,
            [.init("生成り", .hinata, [.forbiddenSymbol]), .init("紺", .sora)]),
        SeedTask("駅貼りポスター", .waiting, .high, due: 12, by: .partner, for: .owner, [.init("B1 縦", .sora)]),
        SeedTask(
            "特装版ジャケット", .waiting, .middle, due: 16, by: .studio, for: .supervisor,
            [.init("表", .sora, [.wrongEyeColor, .missingNotice]), .init("裏", .hinata)]),
        SeedTask(
            "ステッカー 3種", .waiting, .low, due: nil, by: .studio, for: nil, note: "納期は相談中。",
            [.init("1番", .sora), .init("2番", .hinata, .wrongBadgeColor), .init("3番", .sora, .missingFigure)]),
    ]
}
