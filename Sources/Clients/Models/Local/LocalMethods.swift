import Imaging

// How findings were found, in words and figures. A person must be able to judge how far to trust them.

/// The `method` texts of the local model.
enum LocalMethods {
    static func comparison(_ place: FoundPlace, of count: Int) -> LocalizedText {
        let presence = place.presence.likeness.text(digits: 2)
        let structure = place.comparison.structure.text(digits: 2)
        let difference = place.comparison.meanDifference.text(digits: 1)
        let edges = place.comparison.edges.text(digits: 2)
        return LocalizedText(
            "画素比較：参照画像 \(place.reference + 1)/\(count) を全位置・全サイズで相関探索。類似度 \(presence)"
                + "（構造 \(structure)、輪郭 \(edges)、平均色差 ΔE \(difference)）",
            "pixel comparison: reference \(place.reference + 1) of \(count) searched at all places and sizes; likeness "
                + "\(presence) (structure \(structure), edges \(edges), mean ΔE \(difference))")
    }

    static func swatch(_ share: Double) -> LocalizedText {
        let percent = (share * 100).text(digits: 2)
        return LocalizedText(
            "画素比較：参照色との色差 ΔE 10 以内の画素が \(percent)%",
            "pixel comparison: \(percent)% of the pixels are within ΔE 10 of the reference colour")
    }

    static func coverage(_ color: ForbiddenColor, _ coverage: ColorCoverage) -> LocalizedText {
        let share = (coverage.share * 100).text(digits: 2)
        let patch = (coverage.largestPatchShare * 100).text(digits: 2)
        return LocalizedText(
            "色の計測：「\(color.name)」に当たる画素 \(share)%、最大のまとまり \(patch)%",
            "colour measurement: “\(color.name)” on \(share)% of the pixels, \(patch)% in the largest patch")
    }

    static func quality(_ quality: PictureQuality) -> LocalizedText {
        let sharpness = quality.sharpness.text(digits: 0)
        let contrast = quality.contrast.text(digits: 1)
        let entropy = quality.entropy.text(digits: 2)
        return LocalizedText(
            "画質の計測：鮮鋭度 \(sharpness)、コントラスト \(contrast)、エントロピー \(entropy)",
            "quality measurement: sharpness \(sharpness), contrast \(contrast), entropy \(entropy)")
    }

    static func nothingForbidden(
        references: Int, mirroredToo: Bool, bestLikeness: Double?, colors: Int
    ) -> LocalizedText {
        var japanese: [String] = []
        var english: [String] = []
        if references > 0, let likeness = bestLikeness?.text(digits: 2) {
            japanese.append("参照画像 \(references) 枚\(mirroredToo ? "（左右反転を含む）" : "")との最大類似度 \(likeness)")
            english.append(
                "best likeness to \(references) reference pictures\(mirroredToo ? ", mirrored too," : "") \(likeness)")
        }
        if colors > 0 {
            japanese.append("禁止色 \(colors) 色の画素は基準未満")
            english.append("\(colors) forbidden colours below the threshold")
        }
        return LocalizedText(
            "画素比較：" + japanese.joined(separator: "、"), "pixel comparison: " + english.joined(separator: "; "))
    }

    static let notMeasured = LocalizedText("自動計測なし", "nothing was measured")
}
