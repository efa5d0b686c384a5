//! The `intake` program: see `intake --help`.

/// A record is read, assessed and written in thousands of small pieces, on every processor at a time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    intake::cli::main()
}
