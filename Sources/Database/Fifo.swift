/// A queue in an array: appended at the end, taken from the front, the front cut off now and then.
struct Fifo<Element> {
    private var storage: [Element?] = []
    private var head = 0

    var count: Int { storage.count - head }
    var isEmpty: Bool { head == storage.count }
    var first: Element? { isEmpty ? nil : storage[head] }

    mutating func append(_ element: Element) { storage.append(element) }

    mutating func popFirst() -> Element? {
        guard head < storage.count else { return nil }
        let element = storage[head]
        storage[head] = nil
        head += 1
        if head == storage.count {
            storage.removeAll(keepingCapacity: true)
            head = 0
        } else if head >= 64 && head * 2 >= storage.count {
            storage.removeFirst(head)
            head = 0
        }
        return element
    }

    /// Changes the first element in place.
    mutating func updateFirst<R>(_ body: (inout Element) -> R) -> R? {
        guard head < storage.count, var element = storage[head] else { return nil }
        storage[head] = nil
        defer { storage[head] = element }
        return body(&element)
    }

    /// Takes out the first element that fits; order is kept.
    mutating func removeFirst(where fits: (Element) -> Bool) -> Element? {
        for index in head..<storage.count {
            if let element = storage[index], fits(element) {
                storage.remove(at: index)
                return element
            }
        }
        return nil
    }

    mutating func removeAll() -> [Element] {
        defer {
            storage.removeAll()
            head = 0
        }
        return storage[head...].compactMap(\.self)
    }

    func forEach(_ body: (Element) -> Void) {
        for index in head..<storage.count {
            if let element = storage[index] { body(element) }
        }
    }
}
