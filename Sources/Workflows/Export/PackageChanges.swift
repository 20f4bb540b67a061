// A package of others with a few parts changed and a few more: what is not named here is copied byte for byte.

import Archive
import XML

/// Which parts of a package are other ones now, and which it has more.
struct PackageChanges {
    /// A part as it is written.
    struct Part {
        let name: String
        let bytes: () throws -> [UInt8]
    }

    private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let package = "http://schemas.openxmlformats.org/package/2006/"
    private static let contentTypes = "[Content_Types].xml"

    /// The parts that are other ones, by name.
    var replaced: [String: [UInt8]] = [:]
    private var added: [(name: String, bytes: [UInt8])] = []

    /// All parts: those of the package in their order, then the new ones.
    func parts(of package: OfficePackage) -> [Part] {
        let own = package.entries.filter { !$0.isDirectory }.map { entry in
            Part(name: entry.name) { try replaced[entry.name] ?? package.bytes(of: entry.name) }
        }
        return own + added.map { part in Part(name: part.name) { part.bytes } }
    }

    /// Adds a slide behind another one, and gives the name of its part; the `page`th behind it stands after those before.
    mutating func addSlide(
        _ slide: [UInt8], layout: String?, behind reference: String, page: Int, presentation: String,
        of package: OfficePackage
    ) throws -> String {
        let number = added.count / 2 + 1
        let id = "aimage\(number)"
        let previous = page == 1 ? reference : "aimage\(number - 1)"
        let name = "ppt/slides/aimage\(number).xml"
        func bytes(_ part: String) throws -> [UInt8] { try replaced[part] ?? package.bytes(of: part) }
        let targets = layout.map { [("slideLayout", "/\($0)")] } ?? []
        added.append((name, slide))
        added.append(("ppt/slides/_rels/aimage\(number).xml.rels", Self.relationships(targets)))
        let list = Self.relationshipsName(of: presentation)
        let relationship = XMLWriter.fragment(
            "Relationship",
            ["xmlns": Self.package + "relationships", "Id": id, "Type": "\(Self.office)/slide", "Target": "/\(name)"])
        replaced[list] = try SlideInsertion.append(relationship, toRootOf: bytes(list))
        let type = "application/vnd.openxmlformats-officedocument.presentationml.slide+xml"
        let override = XMLWriter.fragment(
            "Override", ["xmlns": Self.package + "content-types", "PartName": "/\(name)", "ContentType": type])
        replaced[Self.contentTypes] = try SlideInsertion.append(override, toRootOf: bytes(Self.contentTypes))
        let entry = XMLWriter.fragment(
            "p:sldId",
            [
                "xmlns:p": "http://schemas.openxmlformats.org/presentationml/2006/main", "xmlns:r": Self.office,
                "id": "\(try Self.nextSlideID(in: bytes(presentation)))", "r:id": id,
            ])
        replaced[presentation] = try SlideInsertion.insert(
            entry, behindSlide: previous, into: bytes(presentation))
        return name
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

    private static func relationshipsName(of part: String) -> String {
        var folder = part.split(separator: "/")
        let file = folder.popLast() ?? ""
        return (folder + ["_rels", "\(file).rels"]).joined(separator: "/")
    }

    private static func relationships(_ targets: [(type: String, target: String)]) -> [UInt8] {
        XMLWriter.document("Relationships", ["xmlns": package + "relationships"]) { xml in
            for (index, relation) in targets.enumerated() {
                xml.empty(
                    "Relationship",
                    ["Id": "rId\(index + 1)", "Type": "\(office)/\(relation.type)", "Target": relation.target])
            }
        }
    }
}
