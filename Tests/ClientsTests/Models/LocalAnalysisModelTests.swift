import Clients
import EventLoop
import Imaging
import Testing

@Suite("LocalAnalysisModel")
struct LocalAnalysisModelTests {
    private let model = LocalAnalysisModel(language: .english)

    private static func sample(_ figure: DemoFigure, _ parts: [DemoPart] = [.face]) throws -> CharacterSample {
        CharacterSample(
            name: "\(figure)", references: try parts.map { .bytes(try DemoIllustration.reference($0, figure: figure)) })
    }

    private static func picture(_ figure: DemoFigure, _ variant: DemoVariant = []) throws -> (Picture, DemoIllustration)
    {
        let drawn = DemoIllustration(figure: figure, variant: variant, seed: 3, width: 480, height: 360)
        return (try Picture(drawn.bitmap()), drawn)
    }

    @Test("The character that is there is seen where it is, and the others are not", arguments: DemoFigure.allCases)
    func whoIsThere(figure: DemoFigure) async throws {
        let (picture, drawn) = try Self.picture(figure)
        let samples = try DemoFigure.allCases.map { try Self.sample($0) }
        let seen = try await model.characters(on: .bytes(try picture.pngBytes()), among: samples)
        #expect(seen.map { DemoFigure.allCases[$0.sample] } == [figure])
        let character = try #require(seen.first)
        #expect(character.reference == 0)
        #expect(character.confidence >= 0.8 && character.confidence <= 1)
        let place = try #require(character.area).pixels(imageWidth: 480, imageHeight: 360)
        let face = try #require(drawn.rectangle(of: .face))
        let found = PixelRectangle(x: place.x, y: place.y, width: place.width, height: place.height)
        #expect(found.overlap(with: face) > 0.6)
    }

    @Test("It is less sure of a picture that has lost detail, and knows a mirrored one")
    func confidence() async throws {
        let (picture, _) = try Self.picture(.sora)
        let sample = CharacterSample(name: "sora", references: [.bytes(try picture.pngBytes())])
        func confidence(_ picture: Picture) async throws -> Double {
            try await model.characters(on: .bytes(try picture.pngBytes()), among: [sample]).first?.confidence ?? 0
        }
        let same = try await confidence(picture)
        let poor = try await confidence(picture.resized(width: 60, height: 45).resized(width: 480, height: 360))
        #expect(same > 0.98)
        #expect(poor < same - 0.01 && poor > 0.5)
        #expect(try await confidence(picture.mirrored()) > 0.95)
    }

    @Test("Nobody is an answer, for a picture without a figure")
    func nobody() async throws {
        let (picture, _) = try Self.picture(.sora, .missingFigure)
        let seen = try await model.characters(
            on: .bytes(try picture.pngBytes()), among: [try Self.sample(.sora, [.face, .eyes])])
        #expect(seen == [])
    }

    @Test("Two characters with the same picture are both seen; of two at one place only the likest")
    func samePlace() async throws {
        let (picture, _) = try Self.picture(.sora)
        let whole = CharacterSample(name: "whole", references: [.bytes(try picture.pngBytes())])
        let poor = CharacterSample(
            name: "poor",
            references: [.bytes(try picture.resized(width: 48, height: 36).resized(width: 480, height: 360).pngBytes())]
        )
        let seen = try await model.characters(on: .bytes(try picture.pngBytes()), among: [poor, whole, whole])
        #expect(Set(seen.map(\.sample)) == [1, 2])
    }

    @Test("What cannot be looked at is refused, never an empty answer")
    func refusals() async throws {
        let (picture, _) = try Self.picture(.sora)
        let bytes = try picture.pngBytes()
        let broken = PictureSource.bytes([1, 2, 3])
        let even = PictureSource.bytes(
            try Picture(Bitmap(width: 40, height: 40, color: RGBColor(9, 9, 9))).pngBytes())
        for references in [[broken], [even], []] {
            let refusal = await #expect(throws: AnalysisRefusal.self) {
                _ = try await model.characters(
                    on: .bytes(bytes), among: [CharacterSample(name: "x", references: references)])
            }
            #expect(refusal?.code == "REFERENCES_UNREADABLE")
        }
        for look in [
            { _ = try await model.characters(on: broken, among: [try Self.sample(.sora)]) },
            { _ = try await model.objects(on: broken, limit: 25) },
        ] as [() async throws -> Void] {
            let refusal = await #expect(throws: AnalysisRefusal.self) { try await look() }
            #expect(refusal?.code == "PICTURE_UNREADABLE")
        }
        // One picture that cannot be compared does not hide the others.
        let mixed = CharacterSample(name: "x", references: [broken, .bytes(bytes)])
        #expect(try await model.characters(on: .bytes(bytes), among: [mixed]).map(\.reference) == [1])
    }

    @Test("Objects have a place, a confidence and the name of their colour; an even surface has none")
    func objects() async throws {
        var bitmap = Bitmap(width: 400, height: 300, color: RGBColor(250, 250, 250))
        for y in 100..<200 { for x in 200..<350 { bitmap[x, y] = RGBColor(225, 20, 30) } }
        let seen = try await model.objects(on: .bytes(try Picture(bitmap).pngBytes()), limit: 25)
        let object = try #require(seen.first)
        #expect(seen.count == 1 && object.label == "red area")
        #expect(abs(object.area.x - 0.5) < 0.02 && abs(object.area.width - 0.375) < 0.03)
        let japanese = try await LocalAnalysisModel().objects(on: .bytes(try Picture(bitmap).pngBytes()), limit: 25)
        #expect(japanese.map(\.label) == ["赤の領域"])
        let even = try Picture(Bitmap(width: 40, height: 40, color: RGBColor(9, 9, 9))).pngBytes()
        #expect(try await model.objects(on: .bytes(even), limit: 25) == [])
    }

    @Test("A cancelled look ends with the cancellation")
    func cancellation() async throws {
        let (picture, _) = try Self.picture(.sora)
        let bytes = try picture.pngBytes()
        let samples = [CharacterSample](repeating: try Self.sample(.sora, [.face, .eyes]), count: 200)
        await #expect(throws: CancellationError.self) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { _ = try await model.characters(on: .bytes(bytes), among: samples) }
                group.cancelAll()
                try await group.waitForAll()
            }
        }
    }
}
