// Which part of an incremental response may be told to the client when. A part is a deferred fragment (one `@defer` on one
// object) or a stream (the rest of one list). The data of deferred fragments comes in execution groups: fields of one object
// that the same fragments ask for. A group is sent once, with the first of its fragments that is complete.

/// Keeps the books of one incremental response.
// Confined to the request's serial executor.
final class IncrementalPublisher: @unchecked Sendable {
    /// A part is told to the client (`pending`) when what it belongs to has been delivered.
    private enum State {
        case waiting
        case pending(id: Int)
        case completed
        /// It will never come: it ended with errors, or what it belongs to did.
        case dropped
    }

    /// Where a part was found.
    private enum Origin {
        case initial
        case group(Int)
        case stream(Int)
    }

    private enum Part: Hashable {
        case fragment(Int)
        case stream(Int)
    }

    private struct Fragment {
        let usage: DeferUsage
        let path: [PathSegment]
        let origin: Origin
        var state = State.waiting
        var groups: [Int] = []
        /// How many of its groups are not yet resolved.
        var openGroups = 0
        var failure: [GraphQLError]?
    }

    private struct Group {
        let path: [PathSegment]
        let fragments: [Int]
        var part: SerializedPart?
        var isSent = false
    }

    private struct Stream {
        let label: String?
        let path: [PathSegment]
        let origin: Origin
        var state = State.waiting
        var part: SerializedPart?
    }

    private struct FragmentKey: Hashable {
        let usage: Int
        let path: [PathSegment]
    }

    private var fragments: [Fragment] = []
    private var fragmentByKey: [FragmentKey: Int] = [:]
    private var groups: [Group] = []
    private var streams: [Stream] = []
    /// The parts that are waiting or pending, in the order in which they were found.
    private var open: [Part] = []
    private var nextID = 0
    private var finished: [IncrementalWork] = []

    /// Takes what was found in the initial result; gives the first notices and the work to begin with.
    func begin(_ discoveries: Discoveries) -> (update: IncrementalUpdate, work: [IncrementalWork]) {
        let work = add([(discoveries, .initial)])
        return (settle(), work)
    }

    /// Takes work that is done.
    func finish(_ work: IncrementalWork) {
        finished.append(work)
    }

    /// What the client can be told now that more work is done, and the work that it has uncovered.
    func advance() -> (update: IncrementalUpdate, work: [IncrementalWork]) {
        let done = finished
        finished = []
        // First what was found in it, then that it is done: a fragment is not complete while a group is still unknown.
        var found: [(Discoveries, Origin)] = []
        for work in done {
            switch work.subject {
            case .selection(_, let ids): found += zip(work.parts, ids).map { ($0.discoveries, .group($1)) }
            case .lists(_, let lists): found += zip(work.parts, lists).map { ($0.discoveries, .stream($1.stream)) }
            }
        }
        let next = add(found)
        for work in done {
            switch work.subject {
            case .selection(_, let ids): for (part, id) in zip(work.parts, ids) { close(group: id, with: part) }
            case .lists(_, let lists): for (part, list) in zip(work.parts, lists) { streams[list.stream].part = part }
            }
        }
        return (settle(), next)
    }

    private func close(group id: Int, with part: SerializedPart) {
        groups[id].part = part
        for fragment in groups[id].fragments {
            fragments[fragment].openGroups -= 1
            if fragments[fragment].failure == nil { fragments[fragment].failure = part.failure }
        }
    }
}

// MARK: What was found

extension IncrementalPublisher {
    /// Books what was found, and makes work of it: one piece for all that belongs to the same batch.
    private func add(_ found: [(discoveries: Discoveries, origin: Origin)]) -> [IncrementalWork] {
        var objects: [(batch: PlannedBatch, found: [(Discoveries.Object, Origin)])] = []
        var lists: [(rest: StreamedRest, found: [(Discoveries.List, Origin)])] = []
        var places: [ObjectIdentifier: Int] = [:]
        for (discoveries, origin) in found {
            for object in discoveries.objects {
                let place = places[ObjectIdentifier(object.batch), default: objects.count]
                if place == objects.count { objects.append((object.batch, [])) }
                places[ObjectIdentifier(object.batch)] = place
                objects[place].found.append((object, origin))
            }
            for list in discoveries.lists {
                let place = places[ObjectIdentifier(list.rest), default: lists.count]
                if place == lists.count { lists.append((list.rest, [])) }
                places[ObjectIdentifier(list.rest)] = place
                lists[place].found.append((list, origin))
            }
        }
        return objects.flatMap { work(on: $0.found, of: $0.batch) } + lists.map { work(on: $0.found, of: $0.rest) }
    }

    private func work(on objects: [(Discoveries.Object, Origin)], of batch: PlannedBatch) -> [IncrementalWork] {
        // Most often all objects are there, in order; some are missing where nulls have swallowed them.
        let indices = objects.map(\.0.index)
        let sources = indices.elementsEqual(0..<batch.objects.count) ? batch.objects : batch.objects.subset(indices)
        return batch.plan.deferred.map { selection in
            let ids = objects.map { object, origin in
                let fragments = selection.usages.map { fragment($0, at: object.path, origin) }
                groups.append(Group(path: object.path, fragments: fragments))
                for fragment in fragments {
                    self.fragments[fragment].groups.append(groups.count - 1)
                    self.fragments[fragment].openGroups += 1
                }
                return groups.count - 1
            }
            return IncrementalWork(
                .selection(PlannedBatch(plan: selection.plan, objects: sources), groups: ids),
                paths: objects.map(\.0.path))
        }
    }

    private func work(on lists: [(Discoveries.List, Origin)], of rest: StreamedRest) -> IncrementalWork {
        let first = streams.count
        for (list, origin) in lists {
            open.append(.stream(streams.count))
            streams.append(Stream(label: rest.stream.label, path: list.path, origin: origin))
        }
        return IncrementalWork(
            .lists(rest, lists.enumerated().map { ($1.0.parent, first + $0) }), paths: lists.map(\.0.path))
    }

    /// The fragment of a `@defer` to which an object at this path belongs.
    private func fragment(_ usage: DeferUsage, at path: [PathSegment], _ origin: Origin) -> Int {
        let key = FragmentKey(usage: usage.id, path: path.object(atDepth: usage.depth))
        if let known = fragmentByKey[key] { return known }
        fragmentByKey[key] = fragments.count
        open.append(.fragment(fragments.count))
        fragments.append(Fragment(usage: usage, path: key.path, origin: origin))
        return fragments.count - 1
    }
}

// MARK: What the client is told

extension IncrementalPublisher {
    /// Tells all that can be told.
    ///
    /// A part that completes may be what another one waits for, so it goes on until nothing changes.
    private func settle() -> IncrementalUpdate {
        var update = IncrementalUpdate()
        var count: Int
        repeat {
            count = update.pending.count + update.completed.count
            for part in open {
                switch part {
                case .fragment(let index): settle(fragment: index, &update)
                case .stream(let index): settle(stream: index, &update)
                }
            }
            open.removeAll { isOver($0) }
        } while count != update.pending.count + update.completed.count
        // What waits now waits for something that never comes.
        update.hasNext = open.contains { part in if case .pending = state(of: part) { true } else { false } }
        return update
    }

    private func settle(fragment index: Int, _ update: inout IncrementalUpdate) {
        let fragment = fragments[index]
        if case .waiting = fragment.state {
            guard let isReady = gate(of: fragment) else { return }
            fragments[index].state =
                isReady ? announce(fragment.path, fragment.usage.label, &update) : .dropped
        }
        guard case .pending(let id) = fragments[index].state else { return }
        if let failure = fragment.failure {
            fragments[index].state = .dropped
            update.completed.append(.init(id: id, errors: failure))
        } else if fragment.openGroups == 0 {
            for group in fragment.groups { send(group, &update) }
            fragments[index].state = .completed
            update.completed.append(.init(id: id, errors: []))
        }
    }

    private func settle(stream index: Int, _ update: inout IncrementalUpdate) {
        let stream = streams[index]
        if case .waiting = stream.state {
            guard let isReady = isDelivered(stream.origin) else { return }
            streams[index].state = isReady ? announce(stream.path, stream.label, &update) : .dropped
        }
        guard case .pending(let id) = streams[index].state, let part = stream.part else { return }
        if let json = part.json {
            update.entries.append(.init(id: id, content: .items, json: json, errors: part.errors))
        }
        streams[index].part = nil
        streams[index].state = .completed
        update.completed.append(.init(id: id, errors: part.failure ?? []))
    }

    private func announce(_ path: [PathSegment], _ label: String?, _ update: inout IncrementalUpdate) -> State {
        defer { nextID += 1 }
        update.pending.append(.init(id: nextID, path: path, label: label))
        return .pending(id: nextID)
    }

    /// Sends a group's data, with the id of that one of its pending fragments whose path is the longest.
    private func send(_ index: Int, _ update: inout IncrementalUpdate) {
        let group = groups[index]
        guard !group.isSent, let part = group.part, let json = part.json else { return }
        var best: (id: Int, depth: Int)?
        for fragment in group.fragments {
            guard case .pending(let id) = fragments[fragment].state else { continue }
            let depth = fragments[fragment].path.count
            if depth > best?.depth ?? -1 { best = (id, depth) }
        }
        guard let best else { return }
        groups[index].isSent = true
        groups[index].part = nil
        update.entries.append(
            .init(id: best.id, content: .data(subPath: group.path[best.depth...]), json: json, errors: part.errors))
    }

    /// Whether a fragment may be told: true after the fragment around it, and false if that one has failed.
    private func gate(of fragment: Fragment) -> Bool? {
        var usage = fragment.usage.parent
        while let outer = usage {
            let key = FragmentKey(usage: outer.id, path: fragment.path.object(atDepth: outer.depth))
            // A `@defer` that puts nothing off, because all its fields are asked for elsewhere, has no fragment.
            if let index = fragmentByKey[key] {
                switch fragments[index].state {
                case .waiting, .pending: return nil
                case .completed: return true
                case .dropped: return false
                }
            }
            usage = outer.parent
        }
        return isDelivered(fragment.origin)
    }

    private func isDelivered(_ origin: Origin) -> Bool? {
        switch origin {
        case .initial: return true
        case .group(let index):
            if groups[index].isSent { return true }
            let isLost = groups[index].fragments.allSatisfy { isOver(.fragment($0)) }
            return isLost ? false : nil
        case .stream(let index):
            switch streams[index].state {
            case .waiting, .pending: return nil
            case .completed: return true
            case .dropped: return false
            }
        }
    }

    private func state(of part: Part) -> State {
        switch part {
        case .fragment(let index): fragments[index].state
        case .stream(let index): streams[index].state
        }
    }

    private func isOver(_ part: Part) -> Bool {
        switch state(of: part) {
        case .waiting, .pending: false
        case .completed, .dropped: true
        }
    }
}

extension [PathSegment] {
    /// The path of the object to which the first `depth` fields lead, of all that lie on this path.
    fileprivate func object(atDepth depth: Int) -> [PathSegment] {
        var keys = 0
        for (index, segment) in enumerated() {
            guard case .key = segment else { continue }
            if keys == depth { return Array(self[..<index]) }
            keys += 1
        }
        return self
    }
}
