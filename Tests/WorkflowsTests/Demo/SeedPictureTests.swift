import FoundationEssentials
import Imaging
import Testing

@testable import Workflows

@Suite struct SeedPictureTests {
    @Test func drawnPicturesAreModestOfTheirTypeAndHaveTheirFaults() throws {
        let pictures: [(SeedPicture, width: Int?, isBlurred: Bool)] = [
            (.material(.sora, .wrongEyeColor, seed: 7, .none), 960, false),
            (.material(.momo, .missingNotice, seed: 10, .blurred), 960, true),
            (.material(.hinata, [], seed: 12, .tooSmall), 208, false),
            (.reference(.badge, .ren), nil, false),
        ]
        for (picture, width, isBlurred) in pictures {
            let bytes = try picture.bytes()
            #expect(bytes.count <= 300_000)
            let found = try FileInspector().inspect(picture: bytes, announced: picture.mediaType)
            if let width { #expect(found.width == width && found.height == width * 3 / 4) }
            let quality = PictureQuality(of: LuminanceMap(try Picture.decode(.bytes(bytes)).bitmap()))
            #expect(quality.isBlurred == isBlurred)
        }
    }

    @Test func idsAreTheSameInEveryDatabase() throws {
        // Written down: a change here would seed a second organisation beside the first.
        #expect(SeedUser.supervisor.id.text == "9e001077-4775-876e-8359-771ab76a1c00")
        let ids =
            SeedProject.all.flatMap(\.files).map(\.id) + SeedProject.all.flatMap(\.placedSubtasks).map(\.id)
            + SeedProject.all.flatMap { project in project.tasks.map(project.id(of:)) }
            + SeedProject.all.flatMap { project in project.rpds.map(project.id(of:)) }
        #expect(Swift.Set(ids).count == ids.count)
    }
}
