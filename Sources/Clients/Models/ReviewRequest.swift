public import Imaging

// What a model is asked: one review point against one picture.

/// How a review point is checked; the raw values are those of the API.
public enum ReviewKind: String, Sendable, Hashable, CaseIterable {
    /// Forbidden motifs.
    case generalNG = "GENERAL_NG_REVIEW"
    /// How a character or thing must look, compared with reference pictures.
    case visual = "VISUAL_REVIEW"
    /// Agreement with the settings of the work.
    case settings = "SETTINGS_REVIEW"
    /// Quality and style of the design.
    case design = "DESIGN_REVIEW"
    /// Texts, such as how characters address each other.
    case text = "TEXT_REVIEW"
    /// Copyright notices and marks.
    case copyright = "COPYRIGHT_REVIEW"
}

/// Thorough or fast; the raw values are those of the API.
public enum ReviewMode: String, Sendable, Hashable, CaseIterable {
    /// Every check.
    case quality = "QUALITY"
    /// The checks that cost least.
    case speed = "SPEED"
}

/// Which way of checking a forbidden motif; the raw values are those of the API.
public enum NGSubcategory: String, Sendable, Hashable, CaseIterable {
    /// A motif with a definite shape, such as a symbol.
    case concreteShape = "CONCRETE_SHAPE"
    /// A motif without a definite shape, such as an insulting gesture.
    case abstractType = "ABSTRACT_TYPE"
}

/// The language of what a model writes.
public enum ReviewLanguage: String, Sendable, Hashable, CaseIterable {
    /// Japanese, the language of the users.
    case japanese = "ja"
    /// English.
    case english = "en"
}

/// One review point against one picture.
public struct ReviewRequest: Sendable {
    /// How to check.
    public var kind: ReviewKind
    /// What to check, in a few words; also the forbidden motif's name.
    public var title: String
    /// What to check, in full.
    public var instruction: String
    /// Words for the check: forbidden ones, or the only tags that findings may carry.
    public var tags: [String]
    /// Which way of checking a forbidden motif; nil counts as `concreteShape`.
    public var ngSubcategory: NGSubcategory?
    /// What sort of visual check it is, when somebody has sorted it; see `VisualCheck`.
    public var visualCheck: VisualCheck?
    /// The pictures to compare with, in order.
    public var references: [PictureSource]
    /// The picture to check.
    public var picture: PictureSource
    /// Thorough or fast.
    public var mode: ReviewMode
    /// The language of the findings.
    public var language: ReviewLanguage

    /// Makes a request.
    public init(
        kind: ReviewKind, title: String, instruction: String = "", tags: [String] = [],
        ngSubcategory: NGSubcategory? = nil, visualCheck: VisualCheck? = nil, references: [PictureSource] = [],
        picture: PictureSource, mode: ReviewMode = .speed, language: ReviewLanguage = .japanese
    ) {
        self.kind = kind
        self.title = title
        self.instruction = instruction
        self.tags = tags
        self.ngSubcategory = ngSubcategory
        self.visualCheck = visualCheck
        self.references = references
        self.picture = picture
        self.mode = mode
        self.language = language
    }
}
