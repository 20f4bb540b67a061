public import Imaging

/// What is to be painted.
public struct PictureRequest: Sendable, Hashable {
    /// What the picture shows.
    public let prompt: String
    /// What it must not show; may be empty.
    public let negativePrompt: String
    /// Columns.
    public let width: Int
    /// Rows.
    public let height: Int
    /// Its place among those of one request, from 1: the same words make as many different pictures.
    public let number: Int
    /// The pictures from which it is made; empty for one from words alone.
    public var sources: [PictureSource]

    /// Makes a request.
    public init(
        prompt: String, negativePrompt: String, width: Int, height: Int, number: Int, sources: [PictureSource] = []
    ) {
        self.sources = sources
        self.prompt = prompt
        self.negativePrompt = negativePrompt
        self.width = width
        self.height = height
        self.number = number
    }
}

/// A service that paints pictures.
public protocol PictureModel: Sendable {
    /// What is stored with the pictures.
    var modelName: String { get }

    /// The picture as PNG.
    func picture(for request: PictureRequest) async throws -> [UInt8]
}
