import Foundation
import Glibc
import Imaging
import TestSupport
import Testing

@testable import Workflows

@Suite("Places of pictures on the slides of others")
struct PicturePlaceTests {
    /// Where the only picture of a slide with these shapes lies.
    private func place(_ shapes: String) throws -> PicturePlace? {
        let path = FileManager.default.temporaryDirectory.appending(path: "deck-\(UUID().uuidString)").path()
        defer {
            // What is left over is in the temporary directory; a test does not fail for it.
            try? FileManager.default.removeItem(atPath: path)
        }
        try Data(try DeckFile(slides: [shapes], media: ["a": []]).bytes()).write(to: URL(filePath: path))
        return try PresentationReader(path: path).slides {}.first?.pictures.first?.place
    }

    private func picture(_ attributes: String = "", crop: String = "", fill: String = "") -> String {
        DeckFile.picture("a", DeckFile.place(100_000, 200_000, 400_000, 200_000, attributes))
            .replacing("<a:stretch>", with: "<a:srcRect \(crop)/><a:stretch>")
            .replacing("<a:fillRect/>", with: "<a:fillRect \(fill)/>")
    }

    private func expect(
        _ shapes: String, _ x: Double, _ y: Double, at wanted: (x: Int, y: Int),
        location: SourceLocation = #_sourceLocation
    ) throws {
        let point = try #require(try place(shapes)).point(CanvasDrawing.Point(x: x, y: y))
        let isNear = abs(point.x - wanted.x) <= 1 && abs(point.y - wanted.y) <= 1
        #expect(isNear, "\(point), not \(wanted)", sourceLocation: location)
    }

    @Test("points lie where turns, flips and what is cropped have put them")
    func ownChanges() throws {
        try expect(picture(), 0.25, 0.5, at: (200_000, 300_000))
        try expect(picture(#"rot="5400000""#), 0, 0, at: (400_000, 100_000))
        try expect(picture(#"flipH="1""#), 0.25, 0.5, at: (400_000, 300_000))
        try expect(picture(#"flipV="true""#), 0.25, 0.25, at: (200_000, 350_000))
        // Flipped first, turned then.
        try expect(picture(#"rot="5400000" flipV="1""#), 0, 0, at: (200_000, 100_000))
        for crop in [#"l="25000" b="50000""#, #"l="25%" b="50%""#] {
            try expect(picture(crop: crop), 0.25, 0.5, at: (100_000, 400_000))
            try expect(picture(crop: crop), 0, 0, at: (-33_333, 200_000))
            // The centre of a turn is that of what can be seen.
            try expect(picture(#"rot="10800000""#, crop: crop), 0.25, 0, at: (500_000, 400_000))
            try expect(picture(#"flipH="1""#, crop: crop), 0.25, 0, at: (500_000, 200_000))
        }
        // A margin around the picture instead of something cropped, and a picture that is larger than its shape.
        try expect(picture(crop: #"l="-100000""#), 0, 0, at: (300_000, 200_000))
        try expect(picture(fill: #"l="-50000" b="50000""#), 0, 1, at: (-100_000, 300_000))
    }

    @Test("points lie where groups have put them; what is turned in a stretched group stays a rectangle")
    func groups() throws {
        func group(_ attributes: String, _ child: String) -> String {
            DeckFile.group(
                DeckFile.place(0, 0, 400_000, 400_000, attributes), children: (0, 0, 800_000, 400_000), child)
        }
        func child(_ attributes: String) -> String {
            DeckFile.picture("a", DeckFile.place(200_000, 100_000, 400_000, 200_000, attributes))
        }
        try expect(group("", child("")), 0, 0, at: (100_000, 100_000))
        try expect(group(#"flipH="1""#, child("")), 0, 0, at: (300_000, 100_000))
        try expect(group(#"rot="5400000""#, child("")), 0, 0, at: (300_000, 100_000))
        // On its side, its width is upright: it is not made narrower, but flatter.
        try expect(group("", child(#"rot="5400000""#)), 0, 0, at: (250_000, 0))
        try expect(group("", child(#"rot="1800000""#)), 1, 0.5, at: (286_603, 250_000))
        try expect(group("", child(#"rot="3600000""#)), 1, 0.5, at: (300_000, 373_205))
        let twice = DeckFile.group(
            DeckFile.place(0, 0, 1_000_000, 1_000_000, #"rot="5400000""#), children: (0, 0, 500_000, 500_000),
            group("", child("")))
        try expect(twice, 0, 0, at: (800_000, 200_000))
    }

    @Test("what people see turned by EXIF lies where its pixels are on the slide", arguments: UInt8(1)...8)
    func orientation(tag: UInt8) throws {
        // Stored: a red spot at a quarter of the width and an eighth of the height.
        var bitmap = Bitmap(width: 160, height: 80, color: RGBColor(255, 255, 255))
        for x in 32..<48 { for y in 2..<18 { bitmap[x, y] = RGBColor(255, 0, 0) } }
        let file = PictureFiles.turned(try Picture(bitmap).jpegBytes(quality: 95), orientation: tag)
        let seen = try Picture.decode(.bytes(file)).bitmap()
        let spot = (0..<(seen.width * seen.height)).filter { seen[$0 % seen.width, $0 / seen.width].green < 99 }
        let count = Double(spot.count)
        let x = spot.map { Double($0 % seen.width) + 0.5 }.reduce(0, +) / count / Double(seen.width)
        let y = spot.map { Double($0 / seen.width) + 0.5 }.reduce(0, +) / count / Double(seen.height)
        let header = try PictureHeader.read(.bytes(file))
        #expect(header.orientation == Int(tag))
        for shapes in [picture(), picture(#"rot="4000000" flipH="1""#, crop: #"l="25000" b="50000""#)] {
            let place = try #require(try place(shapes))
            let stored = place.point(CanvasDrawing.Point(x: 0.25, y: 0.125))
            let found = place.showing(orientation: header.orientation).point(CanvasDrawing.Point(x: x, y: y))
            // A hundredth of the picture: JPEG has soft edges.
            #expect(abs(found.x - stored.x) < 4_000 && abs(found.y - stored.y) < 4_000, "\(found), not \(stored)")
        }
    }

    @Test("units and numbers that no program writes are read or left out")
    func numbers() throws {
        let units = picture().replacing(#"x="100000""#, with: #"x="1in""#)
            .replacing(#"cy="200000""#, with: #"cy="10mm""#)
        try expect(units, 0, 1, at: (914_400, 560_000))
        for extent in ["1e-300", "nan", "-inf", "1e300"] {
            let group = DeckFile.group(
                DeckFile.place(0, 0, 400_000, 400_000, #"rot="7""#), children: (0, 0, 77, 88), picture(#"rot="1""#))
            let place = try place(group.replacing("77", with: extent).replacing("88", with: extent))
            // What is drawn there is of no use, but nothing is computed without end or out of range.
            let point = place?.point(CanvasDrawing.Point(x: 0.5, y: 0.5)) ?? EMUPoint(x: 0, y: 0)
            #expect(max(abs(point.x), abs(point.y)) < 1 << 40)
        }
    }

    @Test("the mark of a box has its corners on the points of the box", arguments: 0..<200)
    func markers(_: Int) throws {
        func angle() -> String { #"rot="\(Int.random(in: -21_600_000...21_600_000))""# }
        func flips() -> String { #"flipH="\(Int.random(in: 0...1))" flipV="\(Int.random(in: 0...1))""# }
        func crop() -> String {
            ["l", "t", "r", "b"].map { #"\#($0)="\#(Int.random(in: -20_000...40_000))""# }.joined(separator: " ")
        }
        let group = DeckFile.group(
            DeckFile.place(0, 0, 900_000, 900_000, "\(angle()) \(flips())"),
            children: (0, 0, .random(in: 300_000...900_000), .random(in: 300_000...900_000)),
            picture("\(angle()) \(flips())", crop: crop()))
        let place = try #require(try place(group))
        let (x, y) = (Double.random(in: 0...0.5), Double.random(in: 0...0.5))
        let box = ExportFinding.Box(x: x, y: y, width: .random(in: 0.05...0.5), height: .random(in: 0.05...0.5))
        let marker = try #require(place.marker(for: box))
        let points = [(0.0, 0.0), (1, 0), (1, 1), (0, 1)].map { right, down in
            place.point(CanvasDrawing.Point(x: x + right * box.width, y: y + down * box.height))
        }
        func isNear(_ one: EMUPoint, _ other: EMUPoint) -> Bool {
            abs(one.x - other.x) <= 3 && abs(one.y - other.y) <= 3
        }
        #expect(zip(marker.corners, points).allSatisfy(isNear), "\(group)")
        // What the file says, a frame and a turn, has the same corners, whichever of them comes first.
        let turn = Double(marker.rotation) / 60_000 * .pi / 180
        let (width, height) = (Double(marker.frame.width) / 2, Double(marker.frame.height) / 2)
        let drawn = [(-1.0, -1.0), (1, -1), (1, 1), (-1, 1)].map { right, down in
            let (dx, dy) = (right * width, down * height)
            return EMUPoint(
                x: Int(Double(marker.frame.x) + width + dx * cos(turn) - dy * sin(turn)),
                y: Int(Double(marker.frame.y) + height + dx * sin(turn) + dy * cos(turn)))
        }
        #expect(drawn.allSatisfy { corner in points.contains { isNear($0, corner) } }, "\(group)")
        #expect(marker.rotation <= 5_400_000 || marker.rotation >= 16_200_000, "nothing stands on its head")
    }
}
