// A thread → what is drawn of it on its picture, each shape as what it is.

/// The marks of one thread on a slide.
struct CommentMark {
    /// Where the label stands: at the edge of an area, at the beginning of a line.
    let frame: EMURect
    let items: [Slide.Item]

    /// The marks of a thread on the picture in a frame; nil if it has no place there.
    init?(_ comment: ExportComment, on picture: PicturePlace) {
        let marker = comment.box.flatMap { picture.marker(for: $0) }
        let strokes = comment.drawing?.strokes ?? []
        switch comment.shape {
        case .arrow:
            guard let arrow = Self.arrow(comment, strokes, marker, on: picture) else { return nil }
            items = [.arrow(arrow)]
            frame = EMURect(around: [arrow.from]) ?? picture.frame
        case .freehand where !strokes.isEmpty, nil where !strokes.isEmpty:
            let drawings = Self.drawings(comment, strokes, on: picture)
            items = drawings.map { .drawing($0) }
            frame = EMURect(around: drawings[0].strokes[0].points.prefix(1)) ?? picture.frame
        default:
            guard let marker else { return nil }
            frame = marker.cover
            items = [.shape(comment.shape == .text ? Self.text(comment, marker) : Self.outline(comment, marker))]
        }
    }

    private static func line(_ comment: ExportComment) -> Slide.Shape.Line {
        Slide.Shape.Line(
            colour: comment.markColour, width: DeckStyle.markerLine, isDashed: comment.isSolved, isRound: true)
    }

    private static func outline(_ comment: ExportComment, _ marker: PicturePlace.Marker) -> Slide.Shape {
        Slide.Shape(
            name: name(comment), description: comment.post.text, frame: marker.frame, rotation: marker.rotation,
            geometry: comment.shape == .ellipse ? .ellipse : .rectangle, line: line(comment))
    }

    /// The text at its place, in letters that fit there; all of it is in the list, however much fits here.
    private static func text(_ comment: ExportComment, _ marker: PicturePlace.Marker) -> Slide.Shape {
        let frame = marker.frame
        func lines(_ points: Double) -> Int { max(frame.height / EMU.points(points * 1.3), 1) }
        let sizes = [16.0, 14, 12, 10, 8]
        let points =
            sizes.first { points in
                TextMeasure.lines(of: comment.post.text, width: frame.width, points: points).count <= lines(points)
            } ?? 8
        let text = TextMeasure.truncated(
            comment.post.text, width: frame.width, points: points, lines: lines(points))
        let run = Slide.Run(text: text, points: points, isBold: true, colour: comment.markColour)
        return Slide.Shape(
            name: name(comment), description: comment.post.text, frame: frame, rotation: marker.rotation,
            text: Slide.TextBody(paragraphs: [Slide.Paragraph(runs: [run], line: points * 1.3)]))
    }

    /// From the drawing's beginning to its end; without a drawing, through the area.
    private static func arrow(
        _ comment: ExportComment, _ strokes: [CanvasDrawing.Stroke], _ marker: PicturePlace.Marker?,
        on picture: PicturePlace
    ) -> Slide.Arrow? {
        let ends: (EMUPoint, EMUPoint)
        if let shaft = strokes.first(where: { !$0.isClosed }), let first = shaft.points.first,
            let last = shaft.points.last
        {
            ends = (picture.point(first), picture.point(last))
        } else if let marker {
            ends = (marker.corners[0], marker.corners[2])
        } else {
            return nil
        }
        return Slide.Arrow(
            name: name(comment), description: comment.post.text, from: ends.0, to: ends.1, line: line(comment))
    }

    /// The strokes, those of one colour and width as one shape.
    private static func drawings(
        _ comment: ExportComment, _ strokes: [CanvasDrawing.Stroke], on picture: PicturePlace
    ) -> [Slide.Drawing] {
        var drawings: [Slide.Drawing] = []
        for stroke in strokes {
            var line = line(comment)
            line.colour = stroke.colour ?? comment.markColour
            // Thin enough to see what is below, thick enough to be seen.
            line.width = min(max(Int(stroke.width * Double(picture.frame.width)), EMU.points(0.75)), EMU.points(20))
            line.isDashed = false
            let points = stroke.points.map { picture.point($0) }
            let part = Slide.Drawing.Stroke(points: points, isClosed: stroke.isClosed)
            if let last = drawings.last, last.line.colour == line.colour, last.line.width == line.width {
                drawings[drawings.count - 1].strokes.append(part)
            } else {
                drawings.append(
                    Slide.Drawing(
                        name: name(comment), description: comment.post.text, frame: picture.frame, strokes: [part],
                        line: line))
            }
        }
        for index in drawings.indices {
            let points = drawings[index].strokes.lazy.flatMap(\.points)
            drawings[index].frame = EMURect(around: points) ?? picture.frame
        }
        return drawings
    }

    private static func name(_ comment: ExportComment) -> String { "Comment \(comment.number)" }
}
