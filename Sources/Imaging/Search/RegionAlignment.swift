// The last pixels: moving and scaling a found place until the reference fits best.

extension RegionTemplate {
    /// The place near the given one where the reference's structure fits best, and how well it fits there.
    ///
    /// Moves each edge by up to some ten percent of the size, in ever smaller steps, on a copy in which the place is at most
    /// 128 pixels long: edges of larger places are right to half a percent.
    public func aligned(
        in picture: Picture, near start: PixelRectangle, checkCancellation: () throws -> Void = {}
    ) throws -> RegionMatch {
        let view = AlignmentView(of: start, in: picture)
        let part = try picture.cropped(to: view.window).resized(width: view.width, height: view.height)
        let reference = try detail(side: min(48, max(view.start.width, view.start.height, 8)))
        let map = LuminanceMap(reference.withoutOpacity)
        let isCounted = reference.countedPixels(margin: 1)
        func match(_ rectangle: PixelRectangle) throws -> RegionMatch {
            let place = try part.cropped(to: rectangle).resized(width: map.width, height: map.height).bitmap()
            return RegionMatch(
                rectangle: rectangle, score: LuminanceMap(place).correlation(with: map, where: isCounted))
        }
        var best = try match(view.start)
        var step = max(1, max(view.start.width, view.start.height) / 32)
        while true {
            try checkCancellation()
            let better = try view.neighbours(of: best.rectangle, step).map(match).max { $0.score < $1.score }
            if let better, better.score > best.score {
                best = better
            } else if step > 1 {
                step /= 2
            } else {
                return RegionMatch(rectangle: view.inPicture(best.rectangle), score: best.score)
            }
        }
    }
}

/// A reduced view of a place with some margin, and the way back to the picture's pixels.
private struct AlignmentView {
    let window: PixelRectangle
    let width: Int
    let height: Int
    let start: PixelRectangle

    init(of place: PixelRectangle, in picture: Picture) {
        let margin = (x: place.width / 8 + 2, y: place.height / 8 + 2)
        let left = max(0, place.x - margin.x)
        let top = max(0, place.y - margin.y)
        window = PixelRectangle(
            x: left, y: top, width: min(picture.width, place.x + place.width + margin.x) - left,
            height: min(picture.height, place.y + place.height + margin.y) - top)
        let scale = min(1, 128 / Double(max(place.width, place.height)))
        width = max(4, Int((Double(window.width) * scale).rounded()))
        height = max(4, Int((Double(window.height) * scale).rounded()))
        let x = min(Int((Double(place.x - left) * scale).rounded()), width - 1)
        let y = min(Int((Double(place.y - top) * scale).rounded()), height - 1)
        start = PixelRectangle(
            x: x, y: y, width: min(width - x, max(1, Int((Double(place.width) * scale).rounded()))),
            height: min(height - y, max(1, Int((Double(place.height) * scale).rounded()))))
    }

    /// The rectangle moved by a step each way, and with each of its edges moved alone; only what stays in the view.
    func neighbours(of rectangle: PixelRectangle, _ step: Int) -> [PixelRectangle] {
        let changes = [1, -1].flatMap { sign in
            let step = sign * step
            return [
                (step, 0, 0, 0), (0, step, 0, 0), (step, 0, -step, 0), (0, step, 0, -step), (0, 0, step, 0),
                (0, 0, 0, step),
            ]
        }
        return changes.map {
            PixelRectangle(
                x: rectangle.x + $0.0, y: rectangle.y + $0.1, width: rectangle.width + $0.2,
                height: rectangle.height + $0.3)
        }.filter {
            $0.x >= 0 && $0.y >= 0 && $0.width >= 4 && $0.height >= 4 && $0.x + $0.width <= width
                && $0.y + $0.height <= height
        }
    }

    /// A rectangle of the view in the picture's pixels.
    func inPicture(_ rectangle: PixelRectangle) -> PixelRectangle {
        let scale = (x: Double(window.width) / Double(width), y: Double(window.height) / Double(height))
        let left = Int((Double(rectangle.x) * scale.x).rounded())
        let top = Int((Double(rectangle.y) * scale.y).rounded())
        let right = Int((Double(rectangle.x + rectangle.width) * scale.x).rounded())
        let bottom = Int((Double(rectangle.y + rectangle.height) * scale.y).rounded())
        return PixelRectangle(
            x: window.x + left, y: window.y + top, width: max(1, right - left), height: max(1, bottom - top))
    }
}
