/// Words of which the large organisation's texts are made.
enum LargeWords {
    static let people = ["青木 はるか", "石田 まこと", "上野 ひなた", "江口 そら", "岡本 みなみ", "加藤 れん", "木下 あおい"]
    static let titles = ["月明かりの魔女", "銀河郵便局", "ねこの手商会", "竜騎士アルト", "放課後オーケストラ", "雨宿り喫茶", "鉄道少女"]
    static let goods = ["アクリルスタンド", "缶バッジ", "ポスター", "クリアファイル", "パッケージ", "店頭パネル", "告知画像", "Tシャツ"]
    static let parts = ["瞳の色", "髪飾り", "制服の襟", "エンブレム", "靴の形", "ロゴの余白", "権利表記", "手の指の数", "背景の看板"]
    static let points = ["瞳の色は設定どおりか", "制服の着崩しはないか", "権利表記があるか", "禁止された表情ではないか", "ロゴの比率は正しいか"]
    static let kinds = [
        "GENERAL_NG_REVIEW", "VISUAL_REVIEW", "SETTINGS_REVIEW", "DESIGN_REVIEW", "TEXT_REVIEW", "COPYRIGHT_REVIEW",
    ]
}
