// Connected groups of marked pixels (four neighbours), by flood fill with an explicit stack.

/// A connected group of marked pixels.
public struct ConnectedPatch: Sendable, Hashable {
    /// The smallest rectangle around the group.
    public let bounds: PixelRectangle
    /// Pixels in the group.
    public let count: Int
    /// The indices (`y * width + x`) of the pixels, in no particular order.
    public let pixels: [Int]

    /// All groups of a mask, largest first; equal ones from top to bottom.
    public static func all(in mask: [Bool], width: Int, height: Int) -> [ConnectedPatch] {
        precondition(mask.count == width * height, "ConnectedPatch: the mask must be width × height")
        var remaining = mask
        var patches: [ConnectedPatch] = []
        for start in mask.indices where remaining[start] {
            patches.append(fill(&remaining, from: start, width, height))
        }
        return patches.sorted { ($0.count, $1.bounds.y, $1.bounds.x) > ($1.count, $0.bounds.y, $0.bounds.x) }
    }

    /// The largest group of a mask; nil when nothing is marked.
    public static func largest(in mask: [Bool], width: Int, height: Int) -> ConnectedPatch? {
        all(in: mask, width: width, height: height).first
    }

    private static func fill(_ remaining: inout [Bool], from start: Int, _ width: Int, _ height: Int) -> ConnectedPatch
    {
        var stack = [start]
        var pixels: [Int] = []
        remaining[start] = false
        var (left, top, right, bottom) = (start % width, start / width, start % width, start / width)
        func visit(_ index: Int) {
            if remaining[index] {
                remaining[index] = false
                stack.append(index)
            }
        }
        while let index = stack.popLast() {
            pixels.append(index)
            let x = index % width
            let y = index / width
            (left, right, top, bottom) = (min(left, x), max(right, x), min(top, y), max(bottom, y))
            if x > 0 { visit(index - 1) }
            if x + 1 < width { visit(index + 1) }
            if y > 0 { visit(index - width) }
            if y + 1 < height { visit(index + width) }
        }
        return ConnectedPatch(
            bounds: PixelRectangle(x: left, y: top, width: right - left + 1, height: bottom - top + 1),
            count: pixels.count, pixels: pixels)
    }
}
