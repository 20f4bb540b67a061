// Where things lie on a slide: pure geometry, without a word of XML.

/// The places of a 16:9 slide and the rules for putting pictures and markers there.
enum SlideLayout {
    /// The whole slide, 13⅓ × 7½ inches.
    static let slide = EMURect(x: 0, y: 0, width: 12_192_000, height: 6_858_000)
    /// The heading.
    static let heading = EMURect(inches: 0.45, 0.27, 9.1, 0.56)
    /// The remark right of the heading.
    static let headingNote = EMURect(inches: 9.6, 0.27, 3.283, 0.56)
    /// The line under the heading.
    static let headingRule = EMURect(inches: 0.45, 0.87, 12.433, 0)
    /// The footer's text.
    static let footer = EMURect(inches: 0.45, 7.1, 10, 0.25)
    /// The slide's number.
    static let slideNumber = EMURect(inches: 11.883, 7.1, 1, 0.25)
    /// Between heading and footer, over the whole width.
    static let content = EMURect(inches: 0.45, 1.05, 12.433, 5.9)
    /// The mat on which a picture lies.
    static let mat = EMURect(inches: 0.45, 1.05, 8.0, 5.9)
    /// The counts above the list beside the picture.
    static let panelHeader = EMURect(inches: 8.65, 1.05, 4.233, 0.3)
    /// The list beside the picture.
    static let panel = EMURect(inches: 8.65, 1.45, 4.233, 5.4)
    /// The hint below the list that it goes on.
    static let panelFooter = EMURect(inches: 8.65, 6.87, 4.233, 0.18)
    /// The two columns of a slide that continues a list.
    static let continuationColumns = [
        EMURect(inches: 0.45, 1.05, 6.13, 5.9), EMURect(inches: 6.753, 1.05, 6.13, 5.9),
    ]

    private static let matMargin = EMU.inches(0.1)
    private static let labelHeight = EMU.inches(0.25)
    private static let labelDigitWidth = EMU.inches(0.085)

    /// Where a picture lies: as large as the mat allows, centred, its proportions kept.
    static func pictureFrame(pixelWidth: Int, pixelHeight: Int) -> EMURect {
        let area = EMURect(
            x: mat.x + matMargin, y: mat.y + matMargin, width: mat.width - 2 * matMargin,
            height: mat.height - 2 * matMargin)
        let scale = min(Double(area.width) / Double(pixelWidth), Double(area.height) / Double(pixelHeight))
        let width = min(max(Int((Double(pixelWidth) * scale).rounded()), 1), area.width)
        let height = min(max(Int((Double(pixelHeight) * scale).rounded()), 1), area.height)
        return EMURect(
            x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width: width, height: height)
    }

    /// Where a box of a picture lies on the slide, nil if nothing of it lies on the picture.
    ///
    /// Edges are rounded, not sizes, so that boxes that touch on the picture touch on the slide.
    static func marker(for box: ExportFinding.Box, on picture: EMURect) -> EMURect? {
        let values = [box.x, box.y, box.width, box.height]
        guard values.allSatisfy(\.isFinite) else { return nil }
        let left = min(max(box.x, 0), 1)
        let top = min(max(box.y, 0), 1)
        let right = min(max(box.x + box.width, 0), 1)
        let bottom = min(max(box.y + box.height, 0), 1)
        guard right > left, bottom > top else { return nil }
        func along(_ part: Double, _ length: Int) -> Int { Int((part * Double(length)).rounded()) }
        let x = along(left, picture.width)
        let y = along(top, picture.height)
        return EMURect(
            x: picture.x + x, y: picture.y + y,
            width: max(along(right, picture.width) - x, 1), height: max(along(bottom, picture.height) - y, 1))
    }

    /// Where a point of a picture lies on the slide.
    static func point(_ point: CanvasDrawing.Point, on picture: EMURect) -> EMUPoint {
        EMUPoint(
            x: picture.x + Int((point.x * Double(picture.width)).rounded()),
            y: picture.y + Int((point.y * Double(picture.height)).rounded()))
    }

    /// Where the label of a marker lies: at one of its corners, if possible free of the labels placed before.
    static func label(
        for marker: EMURect, text: String, within bounds: EMURect = mat, avoiding placed: [EMURect]
    ) -> EMURect {
        let width = labelHeight + labelDigitWidth * (text.utf8.count - 1)
        func rect(_ x: Int, _ y: Int) -> EMURect {
            EMURect(
                x: min(max(x, bounds.x), bounds.right - width), y: min(max(y, bounds.y), bounds.bottom - labelHeight),
                width: width, height: labelHeight)
        }
        let candidates = [
            rect(marker.x, marker.y - labelHeight), rect(marker.x, marker.y), rect(marker.right - width, marker.y),
            rect(marker.right - width, marker.y - labelHeight), rect(marker.x, marker.bottom),
            rect(marker.right - width, marker.bottom), rect(marker.x - width, marker.y),
            rect(marker.right, marker.y), rect(marker.right, marker.bottom - labelHeight),
        ]
        return candidates.first { candidate in !placed.contains { $0.intersects(candidate) } } ?? candidates[0]
    }
}
