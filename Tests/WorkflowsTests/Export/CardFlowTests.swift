import Testing

@testable import Workflows

@Suite("CardFlow and FindingsTable")
struct CardFlowTests {
    private func card(_ number: Int, bodyLength: Int) -> Card {
        let body = (0..<bodyLength).map { index in String("あいうえおかきくけこ".dropFirst(index % 10).prefix(1)) }.joined()
        return Card(
            label: "\(number)", colour: "000000",
            paragraphs: [
                Card.Paragraph(kind: .badge, text: "リスク"), Card.Paragraph(kind: .title, text: "項目\(number)"),
                Card.Paragraph(kind: .body, text: body), Card.Paragraph(kind: .suggestion, text: "提案: 直す\n二行目"),
            ])
    }

    private func place(_ cards: [Card]) -> [[PlacedCard]] {
        CardFlow.place(
            cards, first: [SlideLayout.panel], later: SlideLayout.continuationColumns, continuedLabel: "続き")
    }

    @Test(
        "cards lie in their columns, apart from each other, and no text is lost",
        arguments: [
            [10], [5_000], Array(repeating: 40, count: 40), [3_000, 1, 3_000, 1], Array(repeating: 900, count: 9),
            (0..<60).map { $0 * 37 % 700 },
        ])
    func placement(lengths: [Int]) {
        let cards = lengths.enumerated().map { card($0 + 1, bodyLength: $1) }
        let pages = place(cards)
        for (index, page) in pages.enumerated() {
            #expect(!page.isEmpty)
            let columns = index == 0 ? [SlideLayout.panel] : SlideLayout.continuationColumns
            for (position, placed) in page.enumerated() {
                #expect(columns.contains { $0.contains(placed.frame) })
                #expect(!page[..<position].contains { $0.frame.intersects(placed.frame) })
            }
        }
        func text(_ cards: [Card], _ label: String, _ kind: Card.Kind) -> String {
            cards.filter { $0.label == label }.flatMap(\.paragraphs).filter { $0.kind == kind }
                .map(\.text).joined().filter { !$0.isNewline }
        }
        let placed = pages.joined().map(\.card)
        for card in cards {
            for kind in [Card.Kind.title, .body, .suggestion] {
                #expect(text(placed, card.label, kind) == text([card], card.label, kind))
            }
        }
    }

    @Test("nothing to place is one page without cards")
    func empty() {
        #expect(place([]).map(\.count) == [0])
    }

    @Test("a list that just does not fit is set smaller, a short one is not")
    func smaller() {
        let few = place((1...3).map { card($0, bodyLength: 60) })
        #expect(few.count == 1 && few[0].allSatisfy { $0.size == .normal })
        let more = place((1...3).map { card($0, bodyLength: 100) })
        #expect(more.count == 1 && more[0].allSatisfy { $0.size == .small })
    }

    @Test("a card that is split says on the next page that it goes on")
    func continuedLabel() {
        let pages = place([card(1, bodyLength: 4_000)])
        #expect(pages.count > 1)
        for page in pages.dropFirst() { #expect(page[0].card.paragraphs[0].text == "続き") }
    }

    @Test("table pages hold all entries in order within the height, and no text is lost")
    func tablePages() {
        let entries = (0..<70).map { index in
            FindingsTable.Entry(
                number: "\(index)", slide: 2, severity: index % 7 == 0 ? "注意\n保留" : "注意", colour: "000000",
                title: "項目\(index)", finding: String(repeating: "指摘", count: index * index % 1_300),
                suggestion: index % 2 == 0 ? "" : "一行目\n二行目")
        }
        let pages = FindingsTable.pages(entries, height: SlideLayout.content.height, continuedLabel: "続き")
        for page in pages {
            let height = FindingsTable.headerHeight + page.reduce(0) { $0 + $1.height }
            #expect(height <= SlideLayout.content.height)
            #expect(!page.isEmpty)
        }
        let rows = pages.joined().map(\.entry)
        for (index, entry) in entries.enumerated() {
            let parts = rows.filter { $0.number == "\(index)" }
            #expect(parts.map(\.finding).joined() == entry.finding)
            #expect(parts.map(\.suggestion).joined() == entry.suggestion)
            #expect(parts.first?.title == entry.title)
            #expect(parts.dropFirst().allSatisfy { $0.title == "続き" })
        }
        let order = rows.compactMap { Int($0.number) }
        #expect(order == order.sorted())
        #expect(FindingsTable.pages([], height: SlideLayout.content.height, continuedLabel: "").map(\.count) == [0])
    }
}
