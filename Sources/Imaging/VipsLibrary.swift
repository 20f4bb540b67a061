import CVips

// Process-wide state of libvips: initialised once, tuned once, its error text taken from one place.

/// The C library's global state.
enum VipsLibrary {
    /// Starts libvips once per process; throws the same error at every later call when that failed.
    ///
    /// libvips counts its own threads per operation; we run several operations at once on the blocking pool, so one
    /// thread each is right. The operation cache is off: our pictures are in memory and never looked up twice.
    static func start() throws {
        guard let message = failure else { return }
        throw ImagingError(.libraryUnavailable, message)
    }

    /// Takes and clears libvips' error text; it is shared by all threads, so it may hold a neighbour's line too.
    static func takeErrorMessage() -> String {
        guard let text = vips_error_buffer_copy() else { return "no message" }
        defer { cvips_free(text) }
        let lines = String(cString: text).split(whereSeparator: \.isNewline)
        return lines.isEmpty ? "no message" : lines.joined(separator: "; ")
    }

    /// Loaders that may run; every other one is blocked, so a disguised file cannot reach it.
    private static let allowedLoaders = [
        "VipsForeignLoadPng", "VipsForeignLoadJpeg", "VipsForeignLoadWebp", "VipsForeignLoadNsgif",
        "VipsForeignLoadTiff",
    ]

    /// Nil when libvips runs; a `static let` is initialised exactly once, whatever thread comes first.
    private static let failure: String? = {
        guard cvips_init("aimage") == 0 else { return takeErrorMessage() }
        vips_concurrency_set(1)
        vips_cache_set_max(0)
        // Off: the resize kernels that libvips compiles at run time come from liborc, whose code allocator (0.4.33) is not
        // safe on several threads. Two resizes at once crashed in orc_code_allocate_codemem, found by AddressSanitizer.
        vips_vector_set_enabled(0)
        vips_operation_block_set("VipsForeignLoad", 1)
        // Warnings of damaged files would go to standard error; the failures among them reach the caller as errors.
        g_log_set_handler("VIPS", G_LOG_LEVEL_WARNING, { _, _, _, _ in }, nil)
        for loader in allowedLoaders { vips_operation_block_set(loader, 0) }
        return nil
    }()
}
