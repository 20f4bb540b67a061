import CVips

// Other sizes and parts of a picture. Call on the blocking pool.

extension Picture {
    /// The part inside the rectangle.
    ///
    /// - Throws: `ImagingError` with `invalidArgument` when the rectangle is empty or leaves the picture.
    public func cropped(to rectangle: PixelRectangle) throws -> Picture {
        guard rectangle.width > 0, rectangle.height > 0, rectangle.x >= 0, rectangle.y >= 0,
            rectangle.width <= width - rectangle.x, rectangle.height <= height - rectangle.y
        else { throw ImagingError(.invalidArgument, "a crop of \(rectangle) from \(width) × \(height) pixels") }
        let part = try handle.applying("crop") {
            cvips_extract_area(
                $0, $1, Int32(rectangle.x), Int32(rectangle.y), Int32(rectangle.width), Int32(rectangle.height))
        }
        return Picture(normalised: try part.inMemory())
    }

    /// The whole picture at exactly this size; its shape changes when the proportions do.
    ///
    /// - Throws: `ImagingError` with `invalidArgument` for sizes outside 1…65,535.
    public func resized(width newWidth: Int, height newHeight: Int) throws -> Picture {
        let sizes = 1...65_535
        guard sizes.contains(newWidth), sizes.contains(newHeight) else {
            throw ImagingError(.invalidArgument, "a size of \(newWidth) × \(newHeight) pixels")
        }
        if newWidth == width && newHeight == height { return self }
        return Picture(normalised: try handle.scaled(to: newWidth, newHeight).inMemory())
    }

    /// The picture mirrored left to right.
    ///
    /// - Throws: `ImagingError` with `operationFailed`.
    public func mirrored() throws -> Picture {
        Picture(normalised: try handle.applying("mirror", cvips_mirror).inMemory())
    }

    /// The picture made to fit into a square of this side with its shape kept; smaller pictures stay as they are.
    ///
    /// - Throws: `ImagingError` with `invalidArgument` for a side below 1.
    public func fitted(into maximumSide: Int) throws -> Picture {
        try fitted(intoWidth: maximumSide, height: maximumSide)
    }

    /// The picture made to fit into a rectangle with its shape kept; smaller pictures stay as they are.
    ///
    /// - Throws: `ImagingError` with `invalidArgument` for a side below 1.
    public func fitted(intoWidth maximumWidth: Int, height maximumHeight: Int) throws -> Picture {
        guard maximumWidth > 0, maximumHeight > 0 else {
            throw ImagingError(.invalidArgument, "a size of \(maximumWidth) × \(maximumHeight) pixels")
        }
        if width <= maximumWidth && height <= maximumHeight { return self }
        let scale = min(Double(maximumWidth) / Double(width), Double(maximumHeight) / Double(height))
        return try resized(
            width: max(1, Int((Double(width) * scale).rounded())),
            height: max(1, Int((Double(height) * scale).rounded())))
    }
}

extension VipsImageHandle {
    /// The 8-bit image at exactly this size, not yet computed.
    ///
    /// Colours are weighted by their opacity, or what hides under transparent parts would bleed into the edges.
    func scaled(to newWidth: Int, _ newHeight: Int) throws -> VipsImageHandle {
        if newWidth == width && newHeight == height { return self }
        let isWeighted = bands == 4
        var result = isWeighted ? try applying("premultiply", cvips_premultiply) : self
        // libvips takes factors and rounds the size itself; for extreme shapes a second pass mends the last pixel.
        for nudge in [0, 0.1, 0.4] where result.width != newWidth || result.height != newHeight {
            let horizontal = (Double(newWidth) + nudge) / Double(result.width)
            let vertical = (Double(newHeight) + nudge) / Double(result.height)
            result = try result.applying("resize") { cvips_resize($0, $1, horizontal, vertical) }
        }
        guard result.width == newWidth, result.height == newHeight else {
            throw ImagingError(.operationFailed, "resize gave \(result.width) × \(result.height) pixels")
        }
        if isWeighted { result = try result.applying("unpremultiply", cvips_unpremultiply) }
        return try result.applying("8 bits", cvips_cast_uchar)
    }
}
