// The samples of a composite: one channel after the other, plain or as PackBits (TIFF 6.0, section 9).

extension PSDReader {
    /// About how many bytes are in memory at once beside the result.
    private static let portion = 4 << 20

    /// The shown channels as 8-bit samples, interleaved.
    ///
    /// - Throws: `ImagingError` with `corruptPicture` when the end is missing.
    func composite() throws -> [UInt8] {
        let rowBytes = depth == 1 ? (width + 7) / 8 : width * depth / 8
        let compression = try bytes.bigEndian(place, 2)
        // Before memory is spent: the last row of plain samples, the last length of packed ones.
        let needed = compression == 0 ? bands * height * rowBytes : channels * height * lengthBytes
        _ = try bytes.read(place + 2 + needed - 1, 1)
        var samples = [UInt8](repeating: 0, count: width * height * bands)
        switch compression {
        case 0: try copy(rowBytes, to: &samples)
        case 1: try unpack(rowBytes, to: &samples)
        default: throw Self.damaged("compression \(compression)")
        }
        return samples
    }

    /// The bytes that the length of a packed row has.
    private var lengthBytes: Int { isLarge ? 4 : 2 }

    private func copy(_ rowBytes: Int, to samples: inout [UInt8]) throws {
        let perPortion = max(1, Self.portion / rowBytes)
        for channel in 0..<bands {
            for first in stride(from: 0, to: height, by: perPortion) {
                let count = min(perPortion, height - first)
                let rows = try bytes.read(place + 2 + (channel * height + first) * rowBytes, count * rowBytes)
                for row in 0..<count {
                    write(rows[(row * rowBytes)..<((row + 1) * rowBytes)], first + row, channel, to: &samples)
                }
            }
        }
    }

    private func unpack(_ rowBytes: Int, to samples: inout [UInt8]) throws {
        let lengthBytes = lengthBytes
        let table = try bytes.read(place + 2, channels * height * lengthBytes)
        func length(_ index: Int) -> Int {
            table[(index * lengthBytes)..<((index + 1) * lengthBytes)].reduce(0) { $0 << 8 | Int($1) }
        }
        var next = place + 2 + table.count
        for channel in 0..<bands {
            var row = 0
            while row < height {
                // As many rows as make a portion, at least one.
                var lengths = [length(channel * height + row)]
                var total = lengths[0]
                while total < Self.portion, row + lengths.count < height {
                    lengths.append(length(channel * height + row + lengths.count))
                    total += lengths[lengths.count - 1]
                }
                let packed = try bytes.read(next, total)
                next += total
                var start = 0
                for length in lengths {
                    let line = try Self.unpackBits(packed[start..<(start + length)], count: rowBytes)
                    write(line[...], row, channel, to: &samples)
                    start += length
                    row += 1
                }
            }
        }
    }

    /// A row of exactly `count` bytes.
    static func unpackBits(_ packed: ArraySlice<UInt8>, count: Int) throws -> [UInt8] {
        var row: [UInt8] = []
        row.reserveCapacity(count)
        var place = packed.startIndex
        while row.count < count, place < packed.endIndex {
            let head = Int(Int8(bitPattern: packed[place]))
            place += 1
            if head >= 0 {
                guard packed.endIndex - place > head else { break }
                row += packed[place...(place + head)]
                place += head + 1
            } else if head != -128 {
                guard place < packed.endIndex else { break }
                row += repeatElement(packed[place], count: 1 - head)
                place += 1
            }
        }
        guard row.count == count else { throw damaged("a row of \(row.count) bytes instead of \(count)") }
        return row
    }

    private func write(_ line: ArraySlice<UInt8>, _ row: Int, _ channel: Int, to samples: inout [UInt8]) {
        var target = row * width * bands + channel
        line.withUnsafeBufferPointer { line in
            for column in 0..<width {
                samples[target] = sample(of: line, at: column)
                target += bands
            }
        }
    }

    private func sample(of line: UnsafeBufferPointer<UInt8>, at column: Int) -> UInt8 {
        switch depth {
        case 1: return line[column / 8] >> UInt8(7 - column % 8) & 1 == 1 ? 0 : 255
        case 8: return line[column]
        case 16: return UInt8((Int(line[column * 2]) << 8 | Int(line[column * 2 + 1])) * 255 / 65_535)
        default:
            let bits = (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(line[column * 4 + $1]) }
            let value = Float(bitPattern: bits)
            return value.isNaN ? 0 : LabColor.byte(Double(value))
        }
    }
}
