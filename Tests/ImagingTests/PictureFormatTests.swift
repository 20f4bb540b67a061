import Imaging
import Testing

@Suite("PictureFormat")
struct PictureFormatTests {
    @Test(
        "The first bytes name the format",
        arguments: [
            ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], PictureFormat.png),
            ([0xFF, 0xD8, 0xFF, 0xE0], .jpeg),
            (Array("RIFF????WEBPVP8 ".utf8), .webp),
            (Array("GIF89a".utf8), .gif),
            (Array("GIF87a".utf8), .gif),
            (Array("BM".utf8) + [0x46, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0], .bmp),
            (Array("II*\0".utf8), .tiff),
            (Array("MM\0*".utf8), .tiff),
            (Array("8BPS\0\u{1}".utf8), .psd),
            (Array("8BPS\0\u{2}".utf8), .psd),
            ([0, 0, 1, 0, 2, 0, 16, 16, 0, 0, 1, 0], .ico),
        ] as [([UInt8], PictureFormat)])
    func known(bytes: [UInt8], format: PictureFormat) {
        #expect(PictureFormat(magicNumber: bytes) == format)
    }

    @Test(
        "Other files are no pictures",
        arguments: [
            "", "<svg xmlns='http://www.w3.org/2000/svg'/>", "%PDF-1.7", "BM??", "BM is no bitmap", "RIFF????WAVE",
            "GIF88a", "8BPS\0\u{3}", "8BPS", "\0\0\u{1}\0\0\0\u{10}\u{10}\0\0\u{1}\0",
            "\0\0\u{2}\0\u{1}\0\u{10}\u{10}\0\0",
            "#!/bin/sh",
        ])
    func unknown(text: String) {
        #expect(PictureFormat(magicNumber: Array(text.utf8)) == nil)
    }
}
