// A package of others with a few parts changed and a few more: what is not named here is copied byte for byte.

import Archive
import XML

/// Which parts of a presentation are other ones now, and which it has more.
struct PackageChanges {
    /// A part as it is written.
    struct Part {
        let name: String
        let bytes: () throws -> [UInt8]
    }

    private static let packageNamespace = "http://schemas.openxmlformats.org/package/2006/"
    private static let contentTypes = "[Content_Types].xml"
    /// What the names and ids of ours begin with; the numbers behind it go on where those of an earlier export end.
    private static let stem = "aimage"

    private let package: OfficePackage
    private let presentation: String
    private let variant: OfficeVariant
    /// The parts that are other ones or new, by name.
    private var changed: [String: [UInt8]] = [:]
    /// The names of the new ones.
    private var added: [String] = []
    /// The pictures that it has more, by the names of their parts.
    private(set) var media: [(name: String, picture: DeckPicture)] = []
    private var lastNumber: Int

    /// Begins with a package in which nothing is changed; `presentation` is the part that lists the slides.
    init(of package: OfficePackage, presentation: String, variant: OfficeVariant) {
        self.package = package
        self.presentation = presentation
        self.variant = variant
        lastNumber = Self.lastNumber(in: package.entries.map(\.name))
    }

    /// All parts but the new pictures: those of the package in their order, then the new ones.
    var parts: [Part] {
        (package.entries.filter { !$0.isDirectory }.map(\.name) + added).map { name in
            Part(name: name) { try bytes(of: name) }
        }
    }

    /// The bytes of a part as it is now.
    func bytes(of part: String) throws -> [UInt8] { try changed[part] ?? package.bytes(of: part) }

    /// Puts another part in the place of one.
    mutating func replace(_ part: String, with bytes: [UInt8]) { changed[part] = bytes }

    /// Adds a picture and gives the number of its part.
    mutating func addPicture(_ picture: DeckPicture) throws -> Int {
        lastNumber += 1
        let name = Self.mediaName(lastNumber, picture.format)
        media.append((name, picture))
        try setType("image/\(picture.format.rawValue)", of: name)
        return lastNumber
    }

    /// The ids that references of a part may have which are added to it.
    func freeReferences(of part: String) throws -> Slide.ReferenceIDs {
        let list = OfficePackage.relationshipsName(of: part)
        let ids = contains(list) ? try Self.ids(in: bytes(of: list)) : []
        return Slide.ReferenceIDs(stem: Self.stem, first: Self.lastNumber(in: ids) + 1)
    }

    /// Lets a slide of the package refer to what is shown on it in addition.
    mutating func addReferences(of shown: Slide, to part: String, variant: OfficeVariant) throws {
        for reference in Self.references(of: shown) { try add(reference, to: part, variant: variant) }
    }

    /// Adds a slide behind another one; gives the name of its part and the id by which the presentation refers to it.
    mutating func addSlide(
        _ slide: Slide, _ typography: SlideWriter.Typography, layout: String?, behind previous: String
    ) throws -> (part: String, reference: String) {
        lastNumber += 1
        let name = "ppt/slides/\(Self.stem)\(lastNumber).xml"
        add(name, SlideWriter.part(slide, typography, variant: variant))
        if let layout {
            try add(Reference(id: "rId1", type: "slideLayout", target: "/\(layout)"), to: name, variant: variant)
        }
        try addReferences(of: slide, to: name, variant: variant)
        try setType("application/vnd.openxmlformats-officedocument.presentationml.slide+xml", of: name)
        let ids = try freeReferences(of: presentation)
        let id = "\(ids.stem)\(ids.first)"
        try add(Reference(id: id, type: "slide", target: "/\(name)"), to: presentation, variant: variant)
        let list = try bytes(of: presentation)
        let entry = XMLWriter.fragment(
            "p:sldId",
            [
                "xmlns:p": variant.presentationNamespace, "xmlns:r": variant.relationshipNamespace,
                "id": "\(try Self.nextSlideID(in: list))", "r:id": id,
            ])
        changed[presentation] = try SlideInsertion.insert(entry, behindSlide: previous, into: list)
        return (name, id)
    }
}

extension PackageChanges {
    /// What a part refers to.
    private struct Reference {
        let id: String
        let type: String
        let target: String
    }

    private static func mediaName(_ number: Int, _ format: DeckPicture.Format) -> String {
        "ppt/media/\(stem)\(number).\(format.rawValue)"
    }

    /// What a slide of ours refers to; only pictures, as what goes into the presentations of others leads nowhere else.
    private static func references(of slide: Slide) -> [Reference] {
        slide.identifiedReferences.compactMap { id, reference in
            guard case .media(let number, let format) = reference else { return nil }
            return Reference(id: id, type: "image", target: "/\(mediaName(number, format))")
        }
    }

    private func contains(_ part: String) -> Bool { changed[part] != nil || package.byteCount(of: part) != nil }

    private mutating func add(_ part: String, _ bytes: [UInt8]) {
        added.append(part)
        changed[part] = bytes
    }

    private mutating func add(_ reference: Reference, to part: String, variant: OfficeVariant) throws {
        let list = OfficePackage.relationshipsName(of: part)
        let namespace = Self.packageNamespace + "relationships"
        if !contains(list) { add(list, XMLWriter.document("Relationships", ["xmlns": namespace]) { _ in }) }
        let element = XMLWriter.fragment(
            "Relationship",
            [
                "xmlns": namespace, "Id": reference.id, "Type": "\(variant.relationshipNamespace)/\(reference.type)",
                "Target": reference.target,
            ])
        changed[list] = try SlideInsertion.append(element, toRootOf: bytes(of: list))
    }

    private mutating func setType(_ type: String, of part: String) throws {
        let override = XMLWriter.fragment(
            "Override",
            ["xmlns": Self.packageNamespace + "content-types", "PartName": "/\(part)", "ContentType": type])
        changed[Self.contentTypes] = try SlideInsertion.append(override, toRootOf: bytes(of: Self.contentTypes))
    }

    /// The greatest number behind our stem in some names; 0 if there is none.
    private static func lastNumber(in names: [String]) -> Int {
        names.compactMap { name in
            let file = name.split(separator: "/").last ?? ""
            guard file.hasPrefix(stem) else { return nil }
            // A number without end is none of ours, and could not be counted on from.
            return Int(file.dropFirst(stem.count).prefix(while: \.isNumber).prefix(9))
        }.max() ?? 0
    }

    /// The ids of all references of a list, of those that lead out of the file, too.
    private static func ids(in list: [UInt8]) throws -> [String] {
        let reader = try XMLReader(list)
        var ids: [String] = []
        while let node = try reader.next() {
            if case .start(let element) = node, let id = element["Id"] { ids.append(id) }
        }
        return ids
    }

    private static func nextSlideID(in presentation: [UInt8]) throws -> Int {
        let reader = try XMLReader(presentation)
        // Slides have the ids from 256 on.
        var highest = 255
        while let node = try reader.next() {
            guard case .start(let element) = node, element.name == "sldId" else { continue }
            let id = element.attributes.first { $0.name == "id" && $0.namespace.isEmpty }?.value
            highest = max(highest, id.flatMap { Int($0) } ?? 0)
        }
        return highest + 1
    }
}
