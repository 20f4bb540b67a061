// swift-tools-version: 6.2

import PackageDescription

// An import goes to a lower level, along these arrows only. ArchitectureTests holds the same table and reads the
// import lines; scripts/test also builds with --explicit-target-dependency-import-check error.
let package = Package(
    name: "aimage-supervision",
    products: [
        .library(name: "JSON", targets: ["JSON"]),
        .library(name: "GraphQL", targets: ["GraphQL"]),
    ],
    targets: [
        // C libraries of the system: a module map and shims, no logic.
        .systemLibrary(name: "CLibUV", pkgConfig: "libuv", providers: [.apt(["libuv1-dev"])]),
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CLibZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        // vips.pc asks for -pthread, which SwiftPM refuses with a warning; its only flags that matter are GLib's.
        .systemLibrary(name: "CVips", pkgConfig: "gobject-2.0", providers: [.apt(["libvips-dev"])]),

        // Leaves: each may be used alone.
        .target(name: "JSON"),
        .target(name: "Hashing", dependencies: ["COpenSSL"]),
        .target(name: "Imaging", dependencies: ["CVips"]),
        .target(name: "Archive", dependencies: ["CLibZip"]),
        .target(name: "EventLoop", dependencies: ["CLibUV"]),

        // Any GraphQL server, any Postgres program.
        .target(name: "GraphQL", dependencies: ["JSON"]),
        .target(name: "Database", dependencies: ["EventLoop", "Hashing", "CLibPQ"]),

        // What the system does, and who may see it.
        .target(name: "Workflows", dependencies: ["Database", "EventLoop", "Imaging", "Archive", "Hashing", "JSON"]),

        // Build time only: schema.graphql becomes Swift.
        .executableTarget(name: "SchemaGenerator", dependencies: ["GraphQL"]),

        // Tests mirror the targets.
        .testTarget(name: "ArchitectureTests"),
        .testTarget(name: "ArchiveTests", dependencies: ["Archive"]),
        .testTarget(name: "EventLoopTests", dependencies: ["EventLoop"]),
        .testTarget(name: "HashingTests", dependencies: ["Hashing"]),
        .testTarget(name: "ImagingTests", dependencies: ["Imaging"]),
        .testTarget(name: "JSONTests", dependencies: ["JSON"]),
    ]
)

// The same settings for every target of ours; a plugin and a system library take none.
for target in package.targets where target.type != .system && target.type != .plugin {
    target.swiftSettings = [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .treatAllWarnings(as: .error),
    ]
}
