public import EventLoop
import Imaging

/// The painter that needs no account: it draws a figure of its own, whose looks follow from the words.
///
/// It understands no words. The same request gives the same picture, another one most likely another.
public struct LocalPictureModel: PictureModel {
    private let pool: BlockingPool

    /// Makes the model.
    public init(pool: BlockingPool = .shared) { self.pool = pool }

    /// The version of the rules by which it draws.
    public var modelName: String { "local-sketch-1" }

    /// Draws on the blocking pool.
    public func picture(for request: PictureRequest) async throws -> [UInt8] {
        try await pool.run("drawing a picture") {
            let seed = Self.hash("\(request.prompt)\n\(request.negativePrompt)\n\(request.number)")
            let figures = DemoFigure.allCases
            return try DemoIllustration.render(
                figure: figures[Int(seed % UInt64(figures.count))], variant: .missingNotice, seed: seed,
                width: request.width, height: request.height)
        }
    }

    /// FNV-1a with 64 bits.
    private static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    }
}
