/// Which picture a slide is about (DOMAIN §5.1): of those in the left-most column the highest one, a film before all that
/// only stand there (§5.5).
enum MainPicture {
    /// What covers less of the slide is an ornament.
    static let smallestShare = 0.03
    /// How far from the left-most one pictures still stand in its column, as a share of the slide's width.
    static let tolerance = 0.15

    /// The pictures without ornaments: the main one first, then the one that would be it without that, and so on.
    static func order(_ pictures: [SlideReader.Picture], width: Double, height: Double) -> [SlideReader.Picture] {
        let shown = pictures.filter { $0.area >= smallestShare * width * height }
        return columns(of: shown.filter { $0.film != nil }, width) + columns(of: shown.filter { $0.film == nil }, width)
    }

    private static func columns(of pictures: [SlideReader.Picture], _ width: Double) -> [SlideReader.Picture] {
        var rest = pictures
        var ordered: [SlideReader.Picture] = []
        while let left = rest.map(\.left).min() {
            var main: Int?
            for (index, picture) in rest.enumerated() where picture.left <= left + tolerance * width {
                guard let best = main else {
                    main = index
                    continue
                }
                if (picture.top, picture.left) < (rest[best].top, rest[best].left) { main = index }
            }
            guard let main else { break }
            ordered.append(rest.remove(at: main))
        }
        return ordered
    }
}
