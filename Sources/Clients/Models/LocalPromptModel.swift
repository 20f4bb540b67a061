public import EventLoop
public import Imaging

/// The helper that needs no account: rules over the words, and measures of the pixels.
///
/// It understands nothing, and its confidence is low accordingly.
public struct LocalPromptModel: PromptModel {
    private let pool: BlockingPool
    private let textReader: TextReader?

    /// Makes the helper; without a reader no text in pictures is read.
    public init(pool: BlockingPool = .shared, textReader: TextReader? = nil) {
        self.pool = pool
        self.textReader = textReader
    }

    /// The version of its rules.
    public var modelName: String { "local-words-1" }

    /// Says that no language model has any part in it.
    public var method: String { "語句の規則と画素の測定によります。言語モデルは使っていません。" }

    /// The beginnings of the sentences, and what stands in quotation marks or can be read in the picture.
    public func titles(for request: PromptRequest, limit: Int) async throws -> [PromptSuggestion] {
        var titles: [PromptSuggestion] = []
        func add(_ title: String, _ confidence: Double) {
            if !title.isEmpty, !titles.contains(where: { $0.text == title }) {
                titles.append(PromptSuggestion(text: title, confidence: confidence))
            }
        }
        for part in InstructionParts.split(request.text) { add(Self.heading(of: part), 0.4) }
        let lines = try await shown(in: request)?.lines ?? []
        for quoted in Self.quoted(in: "\(request.text)\n\(request.context)") + lines {
            add(Self.shortened("「\(quoted)」の確認"), 0.3)
        }
        add((request.kind ?? Self.kind(of: request.text).kind).heading, 0.2)
        return Array(titles.prefix(limit))
    }

    /// The kind by its words if it is not said, the title and criteria by rules, and as tags what stands in quotation marks.
    public func wording(for request: PromptRequest) async throws -> SuggestedWording {
        let (kind, words) = Self.kind(of: request.text)
        var tags = Self.quoted(in: "\(request.text)\n\(request.context)")
        for word in words where !tags.contains(word) { tags.append(word) }
        let title = try await titles(for: request, limit: 1).first?.text
        return SuggestedWording(
            kind: request.kind ?? kind, title: title ?? (request.kind ?? kind).heading,
            instruction: try await rewriting(of: request).text, tags: Array(tags.prefix(10)),
            confidence: request.kind != nil
                ? 1 : words.isEmpty ? 0.1 : min(0.6, 0.2 + 0.1 * Double(words.count)))
    }

    /// Each sentence as a criterion of its own, after the background; a picture adds its colours and its text.
    public func rewriting(of request: PromptRequest) async throws -> PromptSuggestion {
        var parts = InstructionParts.split(request.text).map(Self.withoutNumber).filter { !$0.isEmpty }
        if let shown = try await shown(in: request) { parts += Self.criteria(of: shown) }
        let criteria = parts.enumerated().map { "\($0 + 1). \($1)" }
        let background = request.context.split(whereSeparator: \.isNewline).joined(separator: " ")
        let lines =
            ["次の基準をひとつずつ確認してください。"] + (background.isEmpty ? [] : ["背景: \(background)"]) + criteria
            + ["満たさない基準があれば、その番号と場所を示してください。"]
        return PromptSuggestion(text: lines.joined(separator: "\n"), confidence: 0.3)
    }

    /// Sizes, colours and text of a picture; of one whose text is checked, the text first.
    public func description(of picture: PictureSource, for kind: ReviewKind?) async throws -> PictureDescription {
        let signal = CancellationSignal()
        return try await withTaskCancellationHandler {
            try await pool.stage("describing a picture", signal) {
                try describe(try Picture.decode(picture), for: kind, signal)
            }
        } onCancel: {
            signal.set()
        }
    }

    /// What was measured of the picture, and what changes of a motif do not make it another.
    public func motif(_ tag: String, in picture: PictureSource) async throws -> MotifDescription {
        let shown = try await description(of: picture, for: .generalNG)
        return MotifDescription(
            tag: tag, characteristics: "「\(tag)」の例。\(shown.text)",
            considerations: """
                「\(tag)」そのものに加え、一部だけが見えるもの、小さなもの、回転や反転をしたもの、色を変えたもの、模様や影に紛れたものも\
                確認してください。似ていても別の意図が明らかな形は、その理由とともに示してください。
                """,
            confidence: 0.2)
    }

    private func shown(in request: PromptRequest) async throws -> PictureDescription? {
        guard let picture = request.picture else { return nil }
        return try await description(of: picture, for: request.kind)
    }

    /// What must be as in a picture.
    private static func criteria(of shown: PictureDescription) -> [String] {
        let names = shown.colors.prefix(3).map { "\($0.name.map { "\($0)系" } ?? "")\($0.hex)" }
        var criteria = names.isEmpty ? [] : ["主な色が参考画像（\(names.joined(separator: "、"))）と合っている。"]
        criteria += shown.lines.prefix(3).map { "「\($0)」という文字が参考画像と同じである。" }
        return criteria
    }

    private func describe(
        _ picture: Picture, for kind: ReviewKind?, _ signal: CancellationSignal
    ) throws -> PictureDescription {
        let palette = Palette(of: try picture.fitted(into: 256).bitmap(), maximumColors: 5)
        let colors = palette.entries.map { entry in
            PictureDescription.Color(
                color: entry.color, name: ColorWord.all.first { $0.describes(entry.lab) }?.japanese, share: entry.share)
        }
        let read = try textReader?.read(picture, .scattered, signal) ?? ""
        let lines = read.split(whereSeparator: \.isNewline).map { String($0) }.filter { line in
            line.filter { $0.isLetter || $0.isNumber }.count >= 2
        }
        let shape = picture.width == picture.height ? "正方形" : picture.width > picture.height ? "横長" : "縦長"
        let names = colors.compactMap { color -> String? in
            // In the words of a forbidden motif a colour to the digit would itself be forbidden.
            let hex = kind == .generalNG ? "" : color.hex
            let name = (color.name.map { "\($0)系" } ?? "") + hex
            return name.isEmpty ? nil : "\(name)（\(Int((color.share * 100).rounded()))%）"
        }
        var sentences = ["\(picture.width)×\(picture.height) ピクセルの\(shape)の画像です。"]
        if colors.isEmpty { sentences.append("すべて透明です。") }
        if !names.isEmpty { sentences.append("主な色は\(names.joined(separator: "、"))です。") }
        if !lines.isEmpty {
            sentences.insert(
                "「\(lines.prefix(5).joined(separator: "」「"))」という文字が読めます。", at: kind == .text ? 0 : sentences.count)
        }
        var keywords = [shape]
        for name in colors.compactMap(\.name) where !keywords.contains(name) { keywords.append(name) }
        return PictureDescription(
            text: sentences.joined(), width: picture.width, height: picture.height, colors: colors,
            lines: Array(lines.prefix(20)), keywords: keywords, confidence: 0.5)
    }
}

extension LocalPromptModel {
    /// The longest title that is suggested, in characters.
    private static let titleLength = 30
    /// How orders and conclusions end, which a title does not need; the longer first.
    private static let endings = [
        "してはいけません", "であることを確認してください", "ことを確認してください", "を確認してください", "か確認してください", "してください", "であること", "ではいけません",
        "になっていること", "すること", "ください", "です", "ます", "こと",
    ]

    /// Words by which the kinds are known.
    private static let words: [(kind: ReviewKind, words: [String])] = [
        (.text, ["呼称", "呼び方", "一人称", "二人称", "台詞", "セリフ", "口調", "誤字", "表記"]),
        (.copyright, ["著作権", "コピーライト", "©", "(c)", "商標", "権利表記", "他社", "ロゴの権利"]),
        (.generalNG, ["NG", "禁止", "使用不可", "描かない", "含まない", "写り込", "武器", "流血", "暴力", "喫煙", "飲酒"]),
        (.design, ["デザイン", "構図", "レイアウト", "余白", "解像度", "書体", "フォント", "画質"]),
        (.settings, ["設定", "世界観", "年齢", "身長", "時代", "季節", "所属"]),
        (.visual, ["色", "髪", "瞳", "目の", "衣装", "服", "形", "模様", "向き", "耳", "しっぽ", "小物"]),
    ]

    /// The kind that most words speak for, and those words; a look at the picture if none does.
    static func kind(of text: String) -> (kind: ReviewKind, words: [String]) {
        let found = words.map { entry in (kind: entry.kind, words: entry.words.filter(text.contains)) }
        let most = found.map(\.words.count).max() ?? 0
        guard most > 0, let best = found.first(where: { $0.words.count == most }) else { return (.visual, []) }
        return best
    }

    /// What stands in quotation marks, each once.
    static func quoted(in text: String) -> [String] {
        var found: [String] = []
        for (open, close) in [("「", "」"), ("『", "』"), ("\"", "\"")] as [(Character, Character)] {
            var rest = text[...]
            while let start = rest.firstIndex(of: open) {
                let inner = rest[rest.index(after: start)...]
                guard let end = inner.firstIndex(of: close) else { break }
                let quoted = String(inner[..<end])
                if (1...titleLength).contains(quoted.count), !found.contains(quoted) { found.append(quoted) }
                rest = inner[inner.index(after: end)...]
            }
        }
        return found
    }

    private static func heading(of sentence: String) -> String {
        var heading = withoutNumber(sentence)
        while let last = heading.last, "。．.！!？?、 \u{3000}".contains(last) { heading.removeLast() }
        if let ending = endings.first(where: { heading.hasSuffix($0) && heading.count > $0.count + 3 }) {
            heading.removeLast(ending.count)
        }
        return shortened(heading)
    }

    private static func shortened(_ text: String) -> String {
        text.count <= titleLength ? text : String(text.prefix(titleLength - 1)) + "…"
    }

    /// Without a number in front: criteria get numbers of their own.
    private static func withoutNumber(_ part: String) -> String {
        let digits = part.prefix { $0.isNumber || "(（".contains($0) }
        guard digits.contains(where: \.isNumber) else { return part }
        let rest = part[digits.endIndex...]
        guard let mark = rest.first, ".．)）、:：".contains(mark) else { return part }
        return String(rest.dropFirst().drop(while: \.isWhitespace))
    }
}

extension ReviewKind {
    /// A title that says no more than the kind.
    fileprivate var heading: String {
        switch self {
        case .generalNG: "NG表現の確認"
        case .visual: "見た目の確認"
        case .settings: "設定との一致の確認"
        case .design: "デザインの確認"
        case .text: "テキストの確認"
        case .copyright: "権利表記の確認"
        }
    }
}
