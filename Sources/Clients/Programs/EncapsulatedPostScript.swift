// The frame of an EPS file (Adobe Technical Note 5002): where the program is, and which part of the paper it paints.

/// What is known of an EPS file without running it.
struct EncapsulatedPostScript {
    /// How files begin that have a small picture for old word processors beside the program.
    static let binaryHeader: [UInt8] = [0xC5, 0xD0, 0xD3, 0xC6]
    /// The longest side, in points: some hundred metres.
    private static let longestSide = 300_000.0

    /// The program.
    let program: ArraySlice<UInt8>
    /// The lower left corner, in points.
    let origin: (x: Double, y: Double)
    /// Width and height, in points.
    let size: (width: Double, height: Double)

    /// Reads the frame; nil for a file without one, or with a size that nothing has.
    init?(_ bytes: [UInt8]) {
        guard let program = Self.program(of: bytes), let box = Self.boundingBox(of: program), box.count == 4,
            box.allSatisfy({ abs($0) <= Self.longestSide })
        else { return nil }
        self.program = program
        origin = (box[0], box[1])
        size = (box[2] - box[0], box[3] - box[1])
        guard size.width > 0, size.height > 0 else { return nil }
    }

    private static func program(of bytes: [UInt8]) -> ArraySlice<UInt8>? {
        guard bytes.starts(with: binaryHeader) else { return bytes[...] }
        guard bytes.count >= 12 else { return nil }
        func number(_ place: Int) -> Int { (0..<4).reduce(0) { $0 | Int(bytes[place + $1]) << ($1 * 8) } }
        let (place, count) = (number(4), number(8))
        guard place <= bytes.count, count <= bytes.count - place else { return nil }
        return bytes[place..<(place + count)]
    }

    /// The numbers of the first comment that has some; `(atend)` says that they stand in the last one.
    private static func boundingBox(of program: ArraySlice<UInt8>) -> [Double]? {
        let mark = Array("%%BoundingBox:".utf8)
        func line(at start: Int) -> String {
            let rest = program[(start + mark.count)...].prefix(200)
            return String(decoding: rest.prefix { $0 != 10 && $0 != 13 }, as: UTF8.self)
        }
        func begins(_ place: Int) -> Bool {
            let isStart = place == program.startIndex || program[place - 1] == 10 || program[place - 1] == 13
            return isStart && program[place...].starts(with: mark)
        }
        guard let first = program.indices.first(where: begins) else { return nil }
        let text = line(at: first)
        if !text.contains("(atend)") { return numbers(of: text) }
        return program.indices.last(where: begins).flatMap { numbers(of: line(at: $0)) }
    }

    private static func numbers(of text: String) -> [Double] {
        text.split(separator: " ").compactMap { Double($0) }.filter(\.isFinite)
    }
}
