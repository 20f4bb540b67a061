import Testing

@testable import Workflows

@Suite("Paths and names of imported files")
struct ImportPathTests {
    @Test(
        "a path is names between slashes",
        arguments: [
            ("x.png", nil, "x.png"), ("set A/x.png", "set A", "x.png"), (" set A / sub/x.png ", "set A/sub", "x.png"),
            ("表紙/第１話/絵.png", "表紙/第１話", "絵.png"), ("a..b/..x", "a..b", "..x"),
        ] as [(String, String?, String)])
    func paths(text: String, folder: String?, name: String) {
        var check = InputCheck()
        #expect(ImportPath(text, ["path"], &check) == ImportPath(folder: folder, name: name))
        #expect(check.problems == [])
    }

    @Test(
        "what leads elsewhere, or has an empty or strange name in it, is none",
        arguments: [
            "", " ", "/x.png", "a//x.png", "a/", "../x.png", "a/../x.png", "./x.png", "a\\x.png", "a\nb/x.png",
            "a/\u{0}",
        ])
    func noPaths(text: String) {
        var check = InputCheck()
        #expect(ImportPath(text, ["path"], &check) == nil)
        #expect(check.problems.map(\.code) == [.invalid])
    }

    @Test("names and folders are as long as names of tasks may be, and not too deep")
    func lengths() {
        let long = String(repeating: "あ", count: 255)
        for (text, isPath) in [
            ("\(long)/\(long)", true), ("\(long)x/a", false), ("a/\(long)x", false),
            (Array(repeating: "a", count: 32).joined(separator: "/"), true),
            (Array(repeating: "a", count: 33).joined(separator: "/"), false),
        ] {
            var check = InputCheck()
            #expect((ImportPath(text, ["path"], &check) != nil) == isPath)
            #expect(check.problems.map(\.code) == (isPath ? [] : [.tooLong]))
        }
    }

    @Test(
        "the stem is the name without its last extension",
        arguments: [("a.png", "a"), ("a.b.png", "a.b"), ("a", "a"), (".png", ".png"), ("絵.PNG", "絵")])
    func stems(name: String, stem: String) {
        #expect(ImportPath(folder: nil, name: name).stem == stem)
    }

    @Test(
        "numbers count by their value, also those as wide as Japanese characters; capitals do not matter",
        arguments: [
            ["a1", "a2", "a10"], ["1", "2", "10", "a"], ["x-009", "x-10", "x-011"], ["A", "b", "C"],
            ["第２話", "第10話", "第１１話"], ["a", "a1", "a1b", "ab"], ["a01", "a1"],
            ["9", "10000000000000000000000000000000000000000"],
        ])
    func order(names: [String]) {
        #expect(names.reversed().sorted(by: NaturalOrder.precedes) == names)
        for name in names { #expect(!NaturalOrder.precedes(name, name)) }
    }
}
