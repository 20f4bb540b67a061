// The table of DESIGN §2: which target may import what. Package.swift lists the same.

/// The arrows that imports may follow.
enum Arrows {
    /// Our targets and the modules of ours that each may import, the lowest first.
    static let modules: [(target: String, mayImport: Set<String>)] = [
        ("JSON", []),
        ("Hashing", ["COpenSSL"]),
        ("Imaging", ["CVips"]),
        ("Archive", ["CLibZip"]),
        ("XML", ["CLibXML2"]),
        ("EventLoop", ["CLibUV"]),
        ("GraphQL", ["JSON"]),
        ("Database", ["EventLoop", "Hashing", "CLibPQ"]),
        ("Schema", ["GraphQL", "JSON"]),
        ("Clients", ["EventLoop", "JSON", "Hashing", "Imaging", "CLibCurl"]),
        ("Migrations", ["Database", "CMigrations"]),
        ("Workflows", ["Database", "Clients", "EventLoop", "Imaging", "Archive", "XML", "Hashing", "JSON"]),
        ("Resolvers", ["Schema", "GraphQL", "Workflows", "Clients", "Database", "JSON"]),
        (
            "Server",
            ["Resolvers", "Schema", "GraphQL", "EventLoop", "Hashing", "JSON", "CLibWebSockets", "COpenSSL", "CZlib"]
        ),
        ("SchemaGenerator", ["GraphQL"]),
        ("SchemaPlugin", []),
        (
            "aimage",
            [
                "JSON", "Hashing", "Imaging", "Archive", "EventLoop", "GraphQL", "Database", "Schema", "Clients",
                "Migrations", "Workflows", "Resolvers", "Server",
            ]
        ),
    ]

    /// Modules of the toolchain that any target may import.
    static let common: Set<String> = ["Glibc", "Synchronization"]

    /// Modules of packages and of the toolchain, and the targets that may import them.
    static let foreign: [String: Set<String>] = [
        "Foundation": withFoundation,
        "FoundationEssentials": withFoundation,
        "Logging": [
            "EventLoop", "Database", "Clients", "Migrations", "Workflows", "Resolvers", "Server", "aimage",
        ],
        "CoreMetrics": ["Server"],
        "Tracing": ["Clients", "Workflows", "Server", "aimage"],
        "JWTKit": ["Server"],
        "ArgumentParser": ["aimage"],
        // Signals arrive over it before there is a loop.
        "Dispatch": ["aimage"],
        "PackagePlugin": ["SchemaPlugin"],
    ]

    /// Everything but the two leaves that promise to do without.
    private static let withFoundation = targets.subtracting(["JSON", "GraphQL"])

    /// The targets of ours, without the C libraries.
    static let targets = Set(modules.map(\.target))

    /// Why `target` may not import `module`; nil when it may.
    static func objection(to module: String, in target: String) -> String? {
        guard let row = modules.first(where: { $0.target == target }) else { return "\(target) is not in the table" }
        if row.mayImport.contains(module) || common.contains(module) { return nil }
        if foreign[module]?.contains(target) == true { return nil }
        return "\(target) may not import \(module)"
    }
}
