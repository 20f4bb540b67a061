// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Benchmarks",
    dependencies: [.package(name: "AimageSupervision", path: "..")],
    targets: [
        .target(name: "CAllocations"),
        .executableTarget(
            name: "engine",
            dependencies: [
                "CAllocations",
                .product(name: "GraphQL", package: "AimageSupervision"),
                .product(name: "JSON", package: "AimageSupervision"),
            ],
            path: "Sources/engine",
            swiftSettings: [.swiftLanguageMode(.v6)]),
        .executableTarget(
            name: "adversarial",
            dependencies: [
                .product(name: "GraphQL", package: "AimageSupervision"),
                .product(name: "JSON", package: "AimageSupervision"),
            ],
            path: "Sources/adversarial",
            swiftSettings: [.swiftLanguageMode(.v6)]),
    ]
)
