// The uniqueness rules ask the same question: is a name repeated? Few names are compared with each other, many are
// numbered, so that a thousand arguments don't cost a million comparisons.

extension ValidationContext {
    /// Whether two of the names are spelt the same.
    @inline(__always)
    mutating func hasRepetition(count: Int, _ name: (Int) -> Name) -> Bool {
        if count > 8 { return hasRepetitionAmongMany(count: count, name) }
        for index in 1..<max(count, 1) {
            for other in 0..<index where document.isEqual(name(index), name(other)) { return true }
        }
        return false
    }

    private mutating func hasRepetitionAmongMany(count: Int, _ name: (Int) -> Name) -> Bool {
        var seen: Set<Symbol> = []
        return !(0..<count).allSatisfy { seen.insert(symbol(of: name($0))).inserted }
    }

    /// Every name that repeats an earlier one, with the first that is spelt the same.
    mutating func repetitions(in names: [Name]) -> [(name: Name, first: Name)] {
        var first: [Symbol: Name] = [:]
        var result: [(Name, Name)] = []
        for name in names {
            let symbol = symbol(of: name)
            if let earlier = first[symbol] { result.append((name, earlier)) } else { first[symbol] = name }
        }
        return result
    }

    /// The names that occur more than once, together with their repetitions.
    mutating func repeatedGroups(in names: [Name]) -> [[Name]] {
        var groupOfSymbol: [Symbol: Int] = [:]
        var groups: [[Name]] = []
        for name in names {
            let symbol = symbol(of: name)
            if let group = groupOfSymbol[symbol] {
                groups[group].append(name)
            } else {
                groupOfSymbol[symbol] = groups.count
                groups.append([name])
            }
        }
        return groups.filter { $0.count > 1 }
    }
}
