import Imaging

/// A PDF file with a line of text on each page, and pictures embedded in it (ISO 32000-2).
///
/// `pictures` has those of each page by their numbers in `images`: a picture may be on many pages. With `claimedSide` the
/// file says that they are so wide and high.
func pdfBytes(
    pages: [String], images: [Bitmap] = [], pictures: [[Int]] = [], claimedSide: Int? = nil
) -> [UInt8] {
    var objects: [[UInt8]] = [
        Array("<< /Type /Catalog /Pages 2 0 R >>".utf8), [],
        Array("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".utf8),
    ]
    for image in images {
        let head = """
            << /Type /XObject /Subtype /Image /Width \(claimedSide ?? image.width) /Height \(claimedSide ?? image.height) /ColorSpace /DeviceRGB \
            /BitsPerComponent 8 /Length \(image.samples.count) >>
            stream

            """
        objects.append(Array(head.utf8) + image.samples + Array("\nendstream".utf8))
    }
    var kids: [String] = []
    for (index, text) in pages.enumerated() {
        let shown = pictures.indices.contains(index) ? pictures[index] : []
        var drawing = text.isEmpty ? "" : "BT /F1 24 Tf 20 60 Td (\(text)) Tj ET\n"
        for (place, number) in shown.enumerated() {
            drawing += "q 50 0 0 50 \(20 + 60 * place) 100 cm /I\(number) Do Q\n"
        }
        objects.append(Array("<< /Length \(drawing.utf8.count) >>\nstream\n\(drawing)\nendstream".utf8))
        let names = Set(shown).sorted().map { "/I\($0) \(4 + $0) 0 R" }.joined(separator: " ")
        let page = """
            << /Type /Page /Parent 2 0 R /MediaBox [0 0 400 200] /Contents \(objects.count) 0 R \
            /Resources << /Font << /F1 3 0 R >> /XObject << \(names) >> >> >>
            """
        objects.append(Array(page.utf8))
        kids.append("\(objects.count) 0 R")
    }
    objects[1] = Array("<< /Type /Pages /Count \(kids.count) /Kids [\(kids.joined(separator: " "))] >>".utf8)
    return file(of: objects)
}

private func file(of objects: [[UInt8]]) -> [UInt8] {
    var file = Array("%PDF-1.4\n".utf8)
    var places: [Int] = []
    for (index, object) in objects.enumerated() {
        places.append(file.count)
        file += Array("\(index + 1) 0 obj\n".utf8) + object + Array("\nendobj\n".utf8)
    }
    let start = file.count
    file += Array("xref\n0 \(objects.count + 1)\n0000000000 65535 f \n".utf8)
    for place in places {
        let digits = String(place)
        file += Array((String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n").utf8)
    }
    file += Array(
        "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n".utf8)
    return file
}
