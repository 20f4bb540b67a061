// The slides of the tables: findings and statuses.

extension DeckSlides {
    /// One page of the table; the slide column leads to the picture by a click.
    func table(_ rows: [FindingsTable.Row], _ page: Int, _ pages: Int, number: Int) -> Slide {
        var slide = content(labels.findingsTable, note: pages > 1 ? "\(page) / \(pages)" : "", number: number)
        var table = Slide.Table(
            name: "Findings table \(page)", x: SlideLayout.content.x, y: SlideLayout.content.y,
            columns: FindingsTable.columns, rows: [header(labels.columns, centred: 0..<2)], insets: FindingsTable.insets
        )
        if rows.isEmpty {
            let texts = ["", "", "", "", labels.noFindings, ""]
            table.rows.append(
                Slide.Table.Row(
                    height: FindingsTable.headerHeight, fill: DeckStyle.white, cells: texts.map { cell($0) }))
        }
        for row in rows {
            let entry = row.entry
            let link = entry.slide.map { slide.relationship(to: .slide(number: $0)) }
            var slideCell = cell(entry.slide.map(String.init) ?? "", isCentred: true)
            slideCell.paragraphs[0].runs[0].link = link
            slideCell.paragraphs[0].runs[0].colour = DeckStyle.brand
            table.rows.append(
                Slide.Table.Row(
                    height: row.height, fill: row.isShaded ? DeckStyle.stripe : DeckStyle.white,
                    cells: [
                        cell(entry.number, isBold: true, colour: entry.colour, isCentred: true), slideCell,
                        cell(entry.severity, isBold: true, colour: entry.colour), cell(entry.title, isBold: true),
                        cell(entry.finding), cell(entry.suggestion),
                    ]))
        }
        slide.items.append(.table(table))
        return slide
    }

    /// One page of the table of statuses; the slide column leads to the material by a click.
    func statuses(_ rows: [StatusTable.Row], _ page: Int, _ pages: Int, number: Int) -> Slide {
        var slide = content(labels.statuses, note: pages > 1 ? "\(page) / \(pages)" : "", number: number)
        var table = Slide.Table(
            name: "Status table \(page)", x: SlideLayout.content.x, y: SlideLayout.content.y,
            columns: StatusTable.columns, rows: [header(labels.statusColumns, centred: 5..<9)],
            insets: FindingsTable.insets)
        for row in rows {
            let entry = row.entry
            var slideCell = cell(String(entry.slide), colour: DeckStyle.brand, isCentred: true)
            slideCell.paragraphs[0].runs[0].link = slide.relationship(to: .slide(number: entry.slide))
            var cells = [
                slideCell, cell(entry.task), cell(entry.material, isBold: true), cell(entry.version),
                cell(entry.status, isBold: true, colour: entry.statusColour),
            ]
            for (severity, count) in zip(ExportFinding.Severity.allCases, entry.counts) {
                let text = deck.showsFindings ? String(count) : ""
                let colour = count > 0 ? DeckStyle.colour(severity) : DeckStyle.muted
                cells.append(cell(text, isBold: count > 0, colour: colour, isCentred: true))
            }
            cells.append(cell(String(entry.comments), isCentred: true))
            table.rows.append(
                Slide.Table.Row(
                    height: row.height, fill: row.isShaded ? DeckStyle.stripe : DeckStyle.white, cells: cells))
        }
        slide.items.append(.table(table))
        return slide
    }

    private func header(_ titles: [String], centred: Range<Int>) -> Slide.Table.Row {
        Slide.Table.Row(
            height: FindingsTable.headerHeight, fill: DeckStyle.brand,
            cells: titles.enumerated().map { index, title in
                var header = cell(
                    title, isBold: true, colour: DeckStyle.white, isCentred: index == 0 || centred.contains(index))
                header.isMiddle = true
                return header
            })
    }

    private func cell(
        _ text: String, isBold: Bool = false, colour: String = DeckStyle.ink, isCentred: Bool = false
    ) -> Slide.Table.Cell {
        let run = Slide.Run(text: text, points: DeckStyle.tablePoints, isBold: isBold, colour: colour)
        return Slide.Table.Cell(paragraphs: [
            Slide.Paragraph(runs: [run], alignment: isCentred ? .centre : .left, line: DeckStyle.tableLine)
        ])
    }
}
