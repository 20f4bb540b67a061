// The last pixels: moving and scaling a found place until the reference fits best, on the picture's own pixels.

extension RegionTemplate {
    /// The place near the given one where the reference's structure fits best, and how well it fits there.
    ///
    /// Moves each edge by up to some five percent of the size, in ever smaller steps.
    public func aligned(
        in picture: Picture, near start: PixelRectangle, checkCancellation: () throws -> Void = {}
    ) throws -> RegionMatch {
        let reference = try detail(side: min(Self.alignmentSide, max(start.width, start.height, 8)))
        let map = LuminanceMap(reference.withoutOpacity)
        let isCounted = reference.countedPixels(margin: 1)
        func score(_ rectangle: PixelRectangle) throws -> Double {
            let place = try picture.cropped(to: rectangle).resized(width: map.width, height: map.height).bitmap()
            return LuminanceMap(place).correlation(with: map, where: isCounted)
        }
        var best = RegionMatch(rectangle: start, score: try score(start))
        var step = max(1, max(start.width, start.height) / 32)
        while true {
            try checkCancellation()
            let neighbours = Self.neighbours(of: best.rectangle, step, picture.width, picture.height)
            let better = try neighbours.map { RegionMatch(rectangle: $0, score: try score($0)) }
                .max { $0.score < $1.score }
            if let better, better.score > best.score {
                best = better
            } else if step > 1 {
                step /= 2
            } else {
                return best
            }
        }
    }

    private static let alignmentSide = 48

    /// The rectangle moved by a step each way, and with each of its edges moved alone.
    private static func neighbours(
        of rectangle: PixelRectangle, _ step: Int, _ width: Int, _ height: Int
    ) -> [PixelRectangle] {
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
}
