// swift-tools-version: 6.2

import PackageDescription

// An import goes to a lower level, along these arrows only. ArchitectureTests holds the same table and reads the
// import lines; scripts/test also builds with --explicit-target-dependency-import-check error.
let package = Package(
    name: "aimage-supervision",
    products: [
        .library(name: "JSON", targets: ["JSON"]),
        .library(name: "GraphQL", targets: ["GraphQL"]),
        .executable(name: "aimage", targets: ["aimage"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.3"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    ],
    targets: [
        // C libraries of the system: a module map and shims, no logic.
        .systemLibrary(name: "CLibUV", pkgConfig: "libuv", providers: [.apt(["libuv1-dev"])]),
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CLibCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CLibWebSockets", pkgConfig: "libwebsockets", providers: [.apt(["libwebsockets-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CLibZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        // vips.pc asks for -pthread, which SwiftPM refuses with a warning; its only flags that matter are GLib's.
        .systemLibrary(name: "CVips", pkgConfig: "gobject-2.0", providers: [.apt(["libvips-dev"])]),

        // Leaves: each may be used alone.
        .target(name: "JSON"),
        .target(name: "Hashing", dependencies: ["COpenSSL"]),
        .target(name: "Imaging", dependencies: ["CVips"]),
        .target(name: "Archive", dependencies: ["CLibZip"]),
        .target(name: "XML", dependencies: ["CLibXML2"]),
        .target(name: "EventLoop", dependencies: ["CLibUV"]),

        // Any GraphQL server, any Postgres program.
        .target(name: "GraphQL", dependencies: ["JSON"]),
        .target(name: "Database", dependencies: ["EventLoop", "Hashing", "CLibPQ"]),

        // The API's types, the outside services, the tables.
        .target(name: "Schema", dependencies: ["GraphQL", "JSON"], plugins: ["SchemaPlugin"]),
        .target(
            name: "Clients",
            dependencies: [
                "EventLoop", "JSON", "Hashing", "Imaging", "CLibCurl",
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ]
        ),
        .target(name: "CMigrations"),
        .target(name: "Migrations", dependencies: ["Database", "CMigrations"], exclude: ["SQL"]),

        // What the system does, and who may see it.
        .target(
            name: "Workflows",
            dependencies: [
                "Database", "Clients", "EventLoop", "Imaging", "Archive", "XML", "Hashing", "JSON",
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ]
        ),
        .target(
            name: "Resolvers",
            dependencies: [
                "Schema", "GraphQL", "Workflows", "Clients", "Database", "JSON",
                .product(name: "Logging", package: "swift-log"),
            ]
        ),

        // How bytes come and go.
        .target(
            name: "Server",
            dependencies: [
                "Resolvers", "Schema", "GraphQL", "EventLoop", "Hashing", "JSON", "CLibWebSockets", "COpenSSL", "CZlib",
                .product(name: "Logging", package: "swift-log"), .product(name: "JWTKit", package: "jwt-kit"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ]
        ),

        // The program.
        .executableTarget(
            name: "aimage",
            dependencies: [
                "Server", "Resolvers", "Schema", "GraphQL", "Workflows", "Clients", "Migrations", "Database",
                "EventLoop", "Imaging", "Hashing", "JSON",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ]
        ),

        // Build time only: schema.graphql becomes Swift.
        .executableTarget(name: "SchemaGenerator", dependencies: ["GraphQL"]),
        .plugin(
            name: "SchemaPlugin", capability: .buildTool(), dependencies: ["SchemaGenerator"],
            path: "Sources/SchemaPlugin"
        ),

        // Tests mirror the targets.
        .target(
            name: "TestSupport", dependencies: ["Clients", "Imaging", "Database", "EventLoop"],
            path: "Tests/TestSupport"
        ),
        .testTarget(name: "ArchitectureTests"),
        .testTarget(name: "ArchiveTests", dependencies: ["Archive"]),
        .testTarget(
            name: "ClientsTests",
            dependencies: [
                "Clients", "Imaging", "EventLoop", "JSON", "TestSupport",
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ]
        ),
        .testTarget(name: "DatabaseTests", dependencies: ["Database", "EventLoop", "TestSupport"]),
        .testTarget(name: "EventLoopTests", dependencies: ["EventLoop"]),
        .testTarget(name: "GraphQLTests", dependencies: ["GraphQL", "JSON"]),
        // Answers Tests/Differential's questions.
        .executableTarget(name: "EngineProbe", dependencies: ["GraphQL", "JSON"], path: "Tests/EngineProbe"),
        .testTarget(name: "HashingTests", dependencies: ["Hashing"]),
        .testTarget(name: "ImagingTests", dependencies: ["Imaging", "TestSupport"]),
        .testTarget(name: "JSONTests", dependencies: ["JSON"]),
        .testTarget(name: "MigrationsTests", dependencies: ["Migrations", "Database", "EventLoop", "TestSupport"]),
        .testTarget(
            name: "ResolversTests",
            dependencies: [
                "Resolvers", "Schema", "GraphQL", "Workflows", "Clients", "Migrations", "Database", "EventLoop",
                "Imaging", "JSON", "TestSupport", .product(name: "Logging", package: "swift-log"),
            ],
            exclude: ["Operations"]
        ),
        .testTarget(
            name: "SchemaGeneratorTests", dependencies: ["Schema", "GraphQL", "SchemaGenerator"],
            exclude: ["Reference"]
        ),
        .testTarget(name: "SchemaTests", dependencies: ["Schema", "GraphQL", "JSON"]),
        .testTarget(
            name: "ServerTests",
            dependencies: [
                "Server", "Resolvers", "EventLoop", "GraphQL", "JSON",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "JWTKit", package: "jwt-kit"),
            ]
        ),
        .testTarget(
            name: "WorkflowsTests",
            dependencies: [
                "Workflows", "Clients", "Migrations", "Database", "JSON", "Hashing", "Imaging", "Archive", "XML",
                "EventLoop", "TestSupport",
            ]
        ),
        .testTarget(name: "XMLTests", dependencies: ["XML"]),
    ]
)

// The same settings for every target of ours; a plugin, a system library and C files take none.
for target in package.targets
where target.type != .system && target.type != .plugin && target.name != "CMigrations" {
    target.swiftSettings = [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .treatAllWarnings(as: .error),
    ]
}

// Pixel loops are ten times slower without the optimiser, and the tests review and draw hundreds of pictures.
for target in package.targets where ["Imaging", "Clients"].contains(target.name) {
    target.swiftSettings?.append(.unsafeFlags(["-O"], .when(configuration: .debug)))
}
