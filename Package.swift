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
        .systemLibrary(name: "CVips", pkgConfig: "vips", providers: [.apt(["libvips-dev"])]),

        // Leaves: each may be used alone.
        .target(name: "JSON"),
        .target(name: "Imaging", dependencies: ["CVips"]),
        .target(name: "EventLoop", dependencies: ["CLibUV"]),

        // Any GraphQL server, any Postgres program.
        .target(name: "GraphQL", dependencies: ["JSON"]),

        // Tests mirror the targets.
        .testTarget(name: "ArchitectureTests"),
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
