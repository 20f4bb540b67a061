import Imaging
import Testing

@Suite("LabColor")
struct LabColorTests {
    @Test(
        "sRGB converts to the known Lab values and back",
        arguments: [
            (RGBColor(255, 255, 255), 100.0, 0.0, 0.0), (RGBColor(0, 0, 0), 0, 0, 0),
            (RGBColor(255, 0, 0), 53.24, 80.09, 67.20), (RGBColor(0, 255, 0), 87.73, -86.18, 83.18),
            (RGBColor(0, 0, 255), 32.30, 79.19, -107.86), (RGBColor(119, 119, 119), 50.03, 0, 0),
        ])
    func conversion(color: RGBColor, lightness: Double, a: Double, b: Double) {
        let lab = LabColor(color)
        #expect(abs(lab.lightness - lightness) < 0.02)
        #expect(abs(lab.a - a) < 0.02)
        #expect(abs(lab.b - b) < 0.02)
        #expect(lab.rgb == color)
    }

    @Test(
        "CIEDE2000 gives the published differences, both ways round",
        arguments: [
            ([50, 2.6772, -79.7751, 50, 0, -82.7485], 2.0425), ([50, 3.1571, -77.2803, 50, 0, -82.7485], 2.8615),
            ([50, -1.3802, -84.2814, 50, 0, -82.7485], 1.0000), ([50, 0, 0, 50, -1, 2], 2.3669),
            ([50, 2.49, -0.001, 50, -2.49, 0.0009], 7.1792), ([50, 2.49, -0.001, 50, -2.49, 0.0011], 7.2195),
            ([50, 2.5, 0, 73, 25, -18], 27.1492), ([50, 2.5, 0, 58, 24, 15], 19.4535),
            ([60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387], 1.2644),
            ([22.7233, 20.0904, -46.6940, 23.0331, 14.9730, -42.5619], 2.0373),
            ([2.0776, 0.0795, -1.1350, 0.9033, -0.0636, -0.5514], 0.9082),
        ] as [([Double], Double)])
    func differences(pair: [Double], expected: Double) {
        let first = LabColor(lightness: pair[0], a: pair[1], b: pair[2])
        let second = LabColor(lightness: pair[3], a: pair[4], b: pair[5])
        #expect(abs(first.difference(from: second) - expected) < 0.000_06)
        #expect(abs(second.difference(from: first) - expected) < 0.000_06)
        #expect(first.difference(from: first) == 0)
    }

    @Test(
        "Hexadecimal colours are read and written",
        arguments: [
            ("#ff0000", RGBColor(255, 0, 0)), ("#0aF", RGBColor(0, 170, 255)), ("#12AbEf", RGBColor(0x12, 0xAB, 0xEF)),
        ])
    func hexadecimal(text: String, color: RGBColor) {
        #expect(RGBColor(hex: text) == color)
        #expect(RGBColor(hex: color.hex) == color)
    }

    @Test("What is no colour is refused", arguments: ["ff0000", "#ff00", "#ggg", "#", "#ff00000", ""])
    func notHexadecimal(text: String) { #expect(RGBColor(hex: text) == nil) }
}
