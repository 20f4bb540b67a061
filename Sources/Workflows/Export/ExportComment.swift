/// A thread: what somebody wrote or drew on a material, with the answers.
public struct ExportComment: Sendable {
    /// What was drawn at the place.
    public enum Shape: Sendable, Hashable {
        /// A rectangle.
        case rectangle
        /// An ellipse.
        case ellipse
        /// An arrow.
        case arrow
        /// The text itself.
        case text
        /// Strokes of a pen.
        case freehand
    }

    /// What becomes a part of the picture in the box.
    public enum Layer: Sendable, Hashable {
        /// The picture of the first post, more or less opaque (0 to 1).
        case picture(opacity: Double)
        /// Two fields of colour: what is there, and what should be. As `#rrggbb`.
        case colours(sampled: String, reference: String)
    }

    /// What one person wrote at one time.
    public struct Post: Sendable {
        /// Who wrote it; empty if that is not known any more.
        public var author: String
        /// When, as people read it.
        public var date: String
        /// What it says; may be empty.
        public var text: String
        /// A picture shown with it.
        public var picture: DeckPicture?

        /// Makes a post.
        public init(author: String, date: String, text: String, picture: DeckPicture? = nil) {
            self.author = author
            self.date = date
            self.text = text
            self.picture = picture
        }
    }

    /// The number on the picture and in the list.
    public var number: Int
    /// What begins the thread.
    public var post: Post
    /// The answers, oldest first.
    public var replies: [Post]
    /// Whether somebody has marked it as solved.
    public var isSolved: Bool
    /// Whether the AI wrote it.
    public var isByAI: Bool
    /// What was drawn; nil for a plain comment.
    public var shape: Shape?
    /// Where it is; nil if it concerns the whole material.
    public var box: ExportFinding.Box?
    /// Six hexadecimal digits, nil for the usual colour.
    public var colour: String?
    /// The lines of a pen or an arrow.
    public var drawing: CanvasDrawing?
    /// When in a video or recording, as people read it (`0:12–0:15`); empty otherwise.
    public var time: String
    /// What is drawn into the picture; nil for most.
    public var layer: Layer?

    /// Makes a thread.
    public init(
        number: Int,
        post: Post,
        replies: [Post] = [],
        isSolved: Bool = false,
        isByAI: Bool = false,
        shape: Shape? = nil,
        box: ExportFinding.Box? = nil,
        colour: String? = nil,
        drawing: CanvasDrawing? = nil,
        time: String = "",
        layer: Layer? = nil
    ) {
        self.layer = layer
        self.number = number
        self.post = post
        self.replies = replies
        self.isSolved = isSolved
        self.isByAI = isByAI
        self.shape = shape
        self.box = box
        self.colour = colour
        self.drawing = drawing
        self.time = time
    }
}

extension ExportComment {
    /// What names the thread on slides; findings have the bare numbers.
    var label: String { "C\(number)" }

    /// The colour of its marks.
    var markColour: String { colour ?? DeckStyle.comment }

    /// All that was written, in order.
    var posts: [Post] { [post] + replies }
}
