import Clients
import Testing

@Suite("Instructions")
struct InstructionTests {
    @Test(
        "An instruction falls into its sentences and lines, without bullets; nothing of it is lost",
        arguments: [
            ("", []), ("  \n ", []), ("青い目", ["青い目"]),
            ("青い目。赤い靴！\n・帽子は\r\n- 白い？はい", ["青い目。", "赤い靴！", "帽子は", "白い？", "はい"]),
            ("「だめ！」と言わない。次", ["「だめ！」と言わない。", "次"]),
            ("Use a.png at 1.5 scale. Keep it!", ["Use a.png at 1.5 scale.", "Keep it!"]),
            ("十字架を探す\n********\n判断する", ["十字架を探す", "判断する"]),
        ])
    func parts(instruction: String, expected: [String]) {
        #expect(InstructionParts.split(instruction) == expected)
    }

    @Test("Very many parts keep the rest together")
    func manyParts() {
        let lines = (1...80).map { "line \($0)" }
        let parts = InstructionParts.split(lines.joined(separator: "\n"))
        #expect(parts.count == InstructionParts.maximum)
        #expect(parts.last == lines[49...].joined(separator: "\n"))
    }

    @Test(
        "A visual check is sorted by its words, the more particular first",
        arguments: [
            ("瞳の色", "設定どおりか", true, .color), ("手", "指の数は5本か", true, .numerical),
            ("襟の色の数", "", true, .numerical), ("顔", "左右が逆でないか", true, .orientation),
            ("制服", "夏服と冬服のいずれか", true, .classification),
            ("帽子", "帽子があるか。その場合は、つばの色を見る", true, .consecutive), ("エンブレム", "同じ形か", true, .rightOrWrong),
            ("エンブレム", "同じ形か", false, .others), ("Eye COLOR", "teal", true, .color),
            ("Fingers", "Count them", true, .numerical), ("Discount badge", "leftover", true, .rightOrWrong),
            ("Facing", "the viewer", true, .orientation),
        ] as [(String, String, Bool, VisualCheck)])
    func sorts(title: String, instruction: String, hasReferences: Bool, expected: VisualCheck) {
        #expect(VisualCheck(title: title, instruction: instruction, hasReferences: hasReferences) == expected)
    }
}
