/// What a person wants to see, and in which manner.
public struct ReferencePrompt: Sendable, Hashable {
    /// What the picture shows, 1 to 500 characters.
    public var text: String
    /// What it must not show, at most 500 characters.
    public var negative: String
    /// How it is painted, for example `watercolor`.
    public var style: String?
    /// How the figure stands.
    public var pose: String?
    /// From where it is seen, for example `close-up`.
    public var camera: String?
    /// How it is lit, for example `soft`.
    public var lighting: String?

    /// Makes a prompt.
    public init(
        text: String, negative: String = "", style: String? = nil, pose: String? = nil, camera: String? = nil,
        lighting: String? = nil
    ) {
        self.text = text
        self.negative = negative
        self.style = style
        self.pose = pose
        self.camera = camera
        self.lighting = lighting
    }

    /// What the model is told: the text, and the manner behind it.
    var enhanced: String {
        [
            text, style.map { "\($0) style" }, pose, camera.map { "\($0) shot" }, lighting.map { "\($0) lighting" },
        ].compactMap { $0 }.joined(separator: ", ")
    }

    /// The prompt as it is stored.
    func checked(_ check: inout InputCheck) -> ReferencePrompt {
        var result = self
        result.text = check.name(text, ["prompt"], maximum: 500)
        result.negative = check.text(negative, ["negativePrompt"], maximum: 500)
        result.style = style.map { check.name($0, ["style"], maximum: 100) }
        result.pose = pose.map { check.name($0, ["pose"], maximum: 100) }
        result.camera = camera.map { check.name($0, ["camera"], maximum: 100) }
        result.lighting = lighting.map { check.name($0, ["lighting"], maximum: 100) }
        return result
    }
}
