public import EventLoop
import Imaging

/// The painter that needs no account: it draws a figure of its own, whose looks follow from the words.
///
/// It understands no words. The same request gives the same picture, another one most likely another. From pictures it makes
/// one by laying its figure over them.
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
            let sketch = try DemoIllustration.render(
                figure: figures[Int(seed % UInt64(figures.count))], variant: .missingNotice, seed: seed,
                width: request.width, height: request.height)
            return request.sources.isEmpty ? sketch : try Self.laid(sketch, over: request.sources)
        }
    }

    /// The sketch, half transparent, over the pictures side by side.
    private static func laid(_ sketch: [UInt8], over sources: [PictureSource]) throws -> [UInt8] {
        var bitmap = try Picture.decode(.bytes(sketch)).bitmap()
        for (index, source) in sources.enumerated() {
            let left = bitmap.width * index / sources.count
            let columns = bitmap.width * (index + 1) / sources.count - left
            let part = try Picture.decode(source).resized(width: columns, height: bitmap.height).bitmap()
            for row in 0..<bitmap.height {
                let start = (row * bitmap.width + left) * 3
                for place in 0..<(columns * 3) {
                    let under = part.samples[row * columns * 3 + place]
                    bitmap.samples[start + place] = UInt8((Int(bitmap.samples[start + place]) + Int(under)) / 2)
                }
            }
        }
        return try Picture(bitmap).pngBytes()
    }

    /// FNV-1a with 64 bits.
    private static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    }
}
