import CVips

// What can be known of a picture without decoding its pixels.

/// Format and size of an encoded picture.
public struct PictureHeader: Sendable, Hashable {
    /// The format by magic number.
    public let format: PictureFormat
    /// Columns as shown, that is after the EXIF orientation.
    public let width: Int
    /// Rows as shown, that is after the EXIF orientation.
    public let height: Int
    /// Frames of an animation; 1 for a still picture.
    public let frameCount: Int
    /// How it is turned and flipped to be shown, as EXIF counts: from 1 (not at all) to 8.
    public let orientation: Int

    /// Makes a header from known values.
    public init(format: PictureFormat, width: Int, height: Int, frameCount: Int = 1, orientation: Int = 1) {
        self.format = format
        self.width = width
        self.height = height
        self.frameCount = frameCount
        self.orientation = orientation
    }

    /// Reads the header without decoding pixels.
    ///
    /// May wait for the disk: call it on the blocking pool.
    ///
    /// - Throws: `ImagingError` with `unsupportedFormat`, `tooManyBytes`, `tooManyPixels`, `corruptPicture` or
    ///   `unreadableFile`.
    public static func read(_ source: PictureSource, limits: PictureLimits = .standard) throws -> PictureHeader {
        try source.withOpened(limits) { format, handle in
            handle.withImage { image in
                let turned = vips_image_get_orientation_swap(image) != 0
                return PictureHeader(
                    format: format,
                    width: turned ? handle.height : handle.width,
                    height: turned ? handle.width : handle.height,
                    frameCount: max(1, Int(vips_image_get_n_pages(image))),
                    orientation: Int(vips_image_get_orientation(image)))
            }
        }
    }
}
