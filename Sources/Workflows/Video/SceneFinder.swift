import Clients

/// Finds the cuts of a video in how much its frames differ.
///
/// A cut is a frame that differs much more from the one before than its neighbours do from theirs: the threshold is
/// adaptive, so that a shaky or noisy video has no more cuts than a still one. A difference so large that no movement makes
/// it is a cut whatever the neighbours do: pictures that follow each other like slides are all scenes. Slow fades are no
/// cuts. Measured with `SceneFinderTests` and `SceneRunTests` on films of still, moving and noisy parts in one colour model
/// after another: every cut is found at its frame, and nothing else.
enum SceneFinder {
    /// Differences below this are noise, on the scale from 0 to 255.
    static let smallestDistance: Float = 6
    /// How many times the neighbours' mean a cut differs.
    static let neighboursFactor: Float = 3
    /// How many neighbours on each side count.
    static let neighbours = 2
    /// No movement from one frame to the next makes such a difference.
    static let certainDistance: Float = 40
    /// Nothing shorter is a scene, in seconds: a flash of light is none.
    static let shortestScene = 0.4
    /// The most scenes of a video; the shortest are joined to their neighbours.
    static let maximumScenes = 200
    /// The most cuts that are looked at; of more, the clearest.
    private static let maximumCuts = 2_000

    /// The scenes of a video, at least one, without gaps from 0 to `duration`.
    ///
    /// `differences` has at least one frame. No time lies outside the video, whatever the frames say.
    static func scenes(in differences: MediaReader.Differences, duration: Double) -> [VideoScene] {
        let moments = differences.moments
        precondition(!moments.isEmpty && duration > 0, "a video has a frame and a length")
        var starts = [0]
        for cut in cuts(in: differences, duration: duration) {
            guard moments[cut] - (starts.count == 1 ? 0 : moments[starts[starts.count - 1]]) >= shortestScene,
                duration - moments[cut] >= shortestScene
            else { continue }
            starts.append(cut)
        }
        let scenes = starts.indices.map { index in
            let next = index + 1 < starts.count ? starts[index + 1] : nil
            return VideoScene(
                startSeconds: index == 0 ? 0 : moments[starts[index]], endSeconds: next.map { moments[$0] } ?? duration,
                startFrame: starts[index], endFrame: (next ?? moments.count) - 1, middleSeconds: 0)
        }
        return joined(scenes, to: maximumScenes).map { scene in
            var scene = scene
            scene.middleSeconds = middle(of: scene, moments)
            return scene
        }
    }

    /// The numbers of the frames that begin something new, rising.
    private static func cuts(in differences: MediaReader.Differences, duration: Double) -> [Int] {
        let distances = differences.distances
        let found = distances.indices.dropFirst().filter { index in
            guard differences.moments[index] < duration, distances[index] >= smallestDistance else { return false }
            // The first frame has nothing before it, so its 0 says nothing.
            let around = max(1, index - neighbours)...min(distances.count - 1, index + neighbours)
            let sum = distances[around].reduce(0, +) - distances[index]
            let mean = around.count > 1 ? sum / Float(around.count - 1) : 0
            return distances[index] >= certainDistance || distances[index] >= neighboursFactor * mean
        }
        guard found.count > maximumCuts else { return found }
        return found.sorted { distances[$0] > distances[$1] }.prefix(maximumCuts).sorted()
    }

    /// Joins the shortest scene to the shorter of its neighbours until there are few enough.
    static func joined(_ scenes: [VideoScene], to maximum: Int) -> [VideoScene] {
        var scenes = scenes
        while scenes.count > max(1, maximum) {
            guard let shortest = scenes.indices.min(by: { scenes[$0].length < scenes[$1].length }) else { break }
            let before = shortest > 0 ? scenes[shortest - 1].length : .infinity
            let after = shortest + 1 < scenes.count ? scenes[shortest + 1].length : .infinity
            let first = before <= after ? shortest - 1 : shortest
            scenes[first].endSeconds = scenes[first + 1].endSeconds
            scenes[first].endFrame = scenes[first + 1].endFrame
            scenes.remove(at: first + 1)
        }
        return scenes
    }

    /// When the frame in the middle of a scene's time begins.
    private static func middle(of scene: VideoScene, _ moments: [Double]) -> Double {
        let goal = (scene.startSeconds + scene.endSeconds) / 2
        // Frames need not come in equal steps, and behind the last one there may be sound.
        var (low, high) = (scene.startFrame, scene.endFrame)
        while low < high {
            let middle = (low + high + 1) / 2
            if moments[middle] <= goal { low = middle } else { high = middle - 1 }
        }
        return min(max(moments[low], scene.startSeconds), scene.endSeconds)
    }
}
