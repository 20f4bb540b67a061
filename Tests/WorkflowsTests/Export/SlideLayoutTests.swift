import Testing

@testable import Workflows

@Suite("SlideLayout")
struct SlideLayoutTests {
    static let sizes = [(1920, 1080), (1080, 1920), (512, 512), (16, 16), (1, 1), (740, 250), (3, 4000), (4000, 3)]

    @Test("a picture fills the mat in one direction, keeps its proportions and lies in the middle", arguments: sizes)
    func pictureFrame(width: Int, height: Int) {
        let frame = SlideLayout.pictureFrame(pixelWidth: width, pixelHeight: height)
        #expect(SlideLayout.mat.contains(frame))
        let margin = EMU.inches(0.1)
        let touches =
            frame.width == SlideLayout.mat.width - 2 * margin || frame.height == SlideLayout.mat.height - 2 * margin
        #expect(touches)
        let shown = Double(frame.width) / Double(frame.height)
        #expect(abs(shown / (Double(width) / Double(height)) - 1) < 0.001)
        #expect(abs((frame.x - SlideLayout.mat.x) - (SlideLayout.mat.right - frame.right)) <= 1)
        #expect(abs((frame.y - SlideLayout.mat.y) - (SlideLayout.mat.bottom - frame.bottom)) <= 1)
    }

    @Test("rule 31: a marker lies at the box's part of the picture, to one EMU", arguments: sizes)
    func marker(width: Int, height: Int) throws {
        let frame = SlideLayout.pictureFrame(pixelWidth: width, pixelHeight: height)
        for box in [
            ExportFinding.Box(x: 0, y: 0, width: 1, height: 1), .init(x: 0.25, y: 0.5, width: 0.5, height: 0.25),
            .init(x: 0.9, y: 0.9, width: 0.1, height: 0.1), .init(x: 1.0 / 3, y: 2.0 / 3, width: 0.1, height: 0.2),
        ] {
            let marker = try #require(SlideLayout.marker(for: box, on: frame))
            #expect(abs(Double(marker.x) - (Double(frame.x) + box.x * Double(frame.width))) <= 1)
            #expect(abs(Double(marker.y) - (Double(frame.y) + box.y * Double(frame.height))) <= 1)
            #expect(abs(Double(marker.width) - box.width * Double(frame.width)) <= 1)
            #expect(abs(Double(marker.height) - box.height * Double(frame.height)) <= 1)
        }
    }

    @Test("boxes that touch on the picture touch on the slide")
    func touching() throws {
        let frame = SlideLayout.pictureFrame(pixelWidth: 1001, pixelHeight: 777)
        for cut in stride(from: 0.01, to: 1, by: 0.037) {
            let left = try #require(SlideLayout.marker(for: .init(x: 0, y: 0, width: cut, height: 1), on: frame))
            let right = try #require(SlideLayout.marker(for: .init(x: cut, y: 0, width: 1 - cut, height: 1), on: frame))
            #expect(left.right == right.x)
            #expect(right.right == frame.right)
        }
    }

    @Test("what lies outside the picture is cut off, and what has no area is no marker")
    func clipping() throws {
        let frame = EMURect(x: 1000, y: 2000, width: 10_000, height: 10_000)
        let over = try #require(SlideLayout.marker(for: .init(x: -0.5, y: 0.8, width: 1, height: 5), on: frame))
        #expect(over == EMURect(x: 1000, y: 10_000, width: 5_000, height: 2_000))
        for box in [
            ExportFinding.Box(x: 0, y: 0, width: 0, height: 0), .init(x: 0.5, y: 0.5, width: -0.2, height: 0.2),
            .init(x: 1, y: 0, width: 0.5, height: 0.5), .init(x: -2, y: 0, width: 1, height: 1),
            .init(x: .nan, y: 0, width: 1, height: 1), .init(x: 0, y: 0, width: .infinity, height: 1),
        ] {
            #expect(SlideLayout.marker(for: box, on: frame) == nil)
        }
        let thin = try #require(SlideLayout.marker(for: .init(x: 0.5, y: 0.5, width: 1e-9, height: 1e-9), on: frame))
        #expect(thin.width == 1 && thin.height == 1)
    }

    @Test("number labels stay on the mat and avoid each other while there is room")
    func labels() {
        let frame = SlideLayout.pictureFrame(pixelWidth: 800, pixelHeight: 600)
        var placed: [EMURect] = []
        let box = ExportFinding.Box(x: 0.3, y: 0.3, width: 0.3, height: 0.3)
        for number in 1...6 {
            guard let marker = SlideLayout.marker(for: box, on: frame) else { continue }
            let label = SlideLayout.label(for: marker, text: String(number), avoiding: placed)
            #expect(!placed.contains { $0.intersects(label) })
            placed.append(label)
        }
        #expect(placed.count == 6)
        for (x, y) in [(0.0, 0.0), (0.999, 0), (0, 0.999), (0.999, 0.999)] {
            let corner = ExportFinding.Box(x: x, y: y, width: 0.001, height: 0.001)
            guard let marker = SlideLayout.marker(for: corner, on: frame) else { continue }
            #expect(SlideLayout.mat.contains(SlideLayout.label(for: marker, text: String(1_000), avoiding: [])))
        }
    }

    @Test("all fixed places lie on the slide, and heading, content and footer do not overlap")
    func places() {
        let places = [
            SlideLayout.heading, SlideLayout.headingRule, SlideLayout.footer, SlideLayout.slideNumber,
            SlideLayout.content, SlideLayout.mat, SlideLayout.panelHeader, SlideLayout.panel, SlideLayout.panelFooter,
        ]
        for place in places + SlideLayout.continuationColumns { #expect(SlideLayout.slide.contains(place)) }
        #expect(SlideLayout.heading.bottom <= SlideLayout.content.y)
        #expect(SlideLayout.content.bottom <= SlideLayout.footer.y)
        #expect(!SlideLayout.mat.intersects(SlideLayout.panel))
        #expect(!SlideLayout.panelHeader.intersects(SlideLayout.panel))
        #expect(!SlideLayout.panelFooter.intersects(SlideLayout.panel))
        #expect(SlideLayout.panelFooter.bottom <= SlideLayout.footer.y)
        #expect(FindingsTable.columns.reduce(0, +) <= SlideLayout.content.width + 1_000)
    }
}
