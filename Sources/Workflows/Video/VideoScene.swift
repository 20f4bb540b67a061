/// A part of a video that was filmed or drawn in one piece, from one cut to the next.
struct VideoScene: Sendable, Hashable {
    /// Where it begins, in seconds from the video's beginning.
    var startSeconds: Double
    /// Where it ends, in seconds: where the next scene begins, or the video ends.
    var endSeconds: Double
    /// The number of its first frame, from 0.
    var startFrame: Int
    /// The number of its last frame.
    var endFrame: Int
    /// When its middle frame begins, in seconds.
    var middleSeconds: Double

    /// How long it lasts, in seconds.
    var length: Double { endSeconds - startSeconds }
}
