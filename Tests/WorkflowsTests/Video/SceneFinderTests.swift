import Clients
import Testing

@testable import Workflows

@Suite("Finding cuts in how frames differ")
struct SceneFinderTests {
    /// A video of so many frames a second with cuts at these frames, above a noise of which some frames have more.
    private func differences(
        frames: Int, rate: Double, cuts: [Int: Float], noise: (Int) -> Float = { _ in 0.5 }
    ) -> MediaReader.Differences {
        var result = MediaReader.Differences()
        for frame in 0..<frames {
            result.append(at: Double(frame) / rate, distance: frame == 0 ? 0 : cuts[frame] ?? noise(frame))
        }
        return result
    }

    @Test("a cut begins a scene at its frame; scenes leave no gap, and end with the video")
    func cuts() {
        let scenes = SceneFinder.scenes(
            in: differences(frames: 100, rate: 25, cuts: [30: 25, 75: 60]), duration: 4.02)
        #expect(scenes.map(\.startSeconds) == [0, 1.2, 3])
        #expect(scenes.map(\.endSeconds) == [1.2, 3, 4.02])
        #expect(scenes.map(\.startFrame) == [0, 30, 75] && scenes.map(\.endFrame) == [29, 74, 99])
        #expect(scenes.map(\.middleSeconds) == [0.6, 2.08, 3.48])
    }

    @Test("what moves or flickers all the time has no cut, and a cut in it stands out all the same")
    func adaptive() {
        let shaky = differences(frames: 200, rate: 25, cuts: [:]) { $0.isMultiple(of: 3) ? 14 : 9 }
        #expect(SceneFinder.scenes(in: shaky, duration: 8).count == 1)
        let cut = differences(frames: 200, rate: 25, cuts: [100: 36]) { $0.isMultiple(of: 3) ? 14 : 9 }
        #expect(SceneFinder.scenes(in: cut, duration: 8).map(\.startFrame) == [0, 100])
        // Too little to be seen, however still the rest is.
        let still = differences(frames: 200, rate: 25, cuts: [100: 5]) { _ in 0 }
        #expect(SceneFinder.scenes(in: still, duration: 8).count == 1)
    }

    @Test("pictures that follow each other like slides are all scenes, a flash is none")
    func slides() {
        let slides = differences(frames: 5, rate: 1, cuts: [1: 60, 2: 55, 3: 70, 4: 48])
        #expect(SceneFinder.scenes(in: slides, duration: 5).map(\.startSeconds) == [0, 1, 2, 3, 4])
        let flash = differences(frames: 100, rate: 25, cuts: [50: 90, 51: 90])
        #expect(SceneFinder.scenes(in: flash, duration: 4).count <= 2)
        let edges = differences(frames: 100, rate: 25, cuts: [3: 90, 97: 90])
        #expect(SceneFinder.scenes(in: edges, duration: 4).count == 1)
    }

    @Test("more than 200 scenes become 200: the shortest are joined to their neighbours")
    func cap() {
        let cuts = Dictionary(uniqueKeysWithValues: (1..<500).map { ($0 * 25, Float(50)) })
        let scenes = SceneFinder.scenes(in: differences(frames: 12_500, rate: 25, cuts: cuts), duration: 500)
        #expect(scenes.count == 200)
        // Of thousands, those are looked at that are the clearest, wherever they are.
        let rising = Dictionary(uniqueKeysWithValues: (1..<3_000).map { ($0 * 25, Float(50) + Float($0) / 100) })
        let clearest = SceneFinder.scenes(in: differences(frames: 75_000, rate: 25, cuts: rising), duration: 3_000)
        #expect(clearest.first?.endSeconds == 1_000 && clearest.count == 200)
        let few = [(0.0, 4.0), (4, 5), (5, 5.5), (5.5, 9)].map {
            VideoScene(startSeconds: $0, endSeconds: $1, startFrame: 0, endFrame: 0, middleSeconds: 0)
        }
        #expect(SceneFinder.joined(few, to: 3).map(\.endSeconds) == [4, 5.5, 9])
        #expect(SceneFinder.joined(few, to: 1).map(\.endSeconds) == [9])
    }

    @Test("rule 27: no time lies outside the video, whatever its length and frames are")
    func times() {
        var random = SystemRandomNumberGenerator()
        for round in 0..<400 {
            let duration = Double.random(in: 0.001...(round.isMultiple(of: 2) ? 2 : 4_000), using: &random)
            var found = MediaReader.Differences()
            var moment = Bool.random(using: &random) ? 0 : Double.random(in: 0...duration * 1.2, using: &random)
            for _ in 0..<Int.random(in: 1...400, using: &random) {
                let isCut = Int.random(in: 0..<4, using: &random) == 0
                found.append(at: moment, distance: isCut ? .random(in: 20...255) : .random(in: 0...10))
                moment += Double.random(in: 0...duration / 80, using: &random)
            }
            let scenes = SceneFinder.scenes(in: found, duration: duration)
            #expect((1...200).contains(scenes.count))
            #expect(scenes.first?.startSeconds == 0 && scenes.last?.endSeconds == duration)
            #expect(scenes.first?.startFrame == 0 && scenes.last?.endFrame == found.moments.count - 1)
            for (scene, next) in zip(scenes, scenes.dropFirst()) {
                #expect(scene.endSeconds == next.startSeconds && scene.endFrame + 1 == next.startFrame)
            }
            for scene in scenes {
                #expect(scene.startSeconds < scene.endSeconds && scene.startFrame <= scene.endFrame)
                #expect((scene.startSeconds...scene.endSeconds).contains(scene.middleSeconds))
            }
        }
    }
}
